# What the loops of the agent say. The English is the pattern by which a sentence is known again.

# What a loop is called and what it is about
said-agent-perception = perception
said-agent-reasoning = reasoning
said-agent-action = action
said-agent-reflex = reflex
said-agent-exploration = auxiliary exploration
said-agent-learning = learning
said-agent-narration = narration
said-agent-is-asking = asking the mind
said-agent-is-acting = acting
said-agent-looks = looking
said-agent-looks-seldom = looking less often, reasoning is behind
said-agent-watches-thinking = watching the models think
said-agent-watches-health = watching health
said-agent-is-telling = telling what is going on
said-agent-stopped-cleanly = { $name } stopped cleanly at cycle { $cycles }

# What came of an action
said-agent-overtaken = { $action } was decided for a moment that is gone
said-agent-not-allowed = A person did not allow it
said-agent-not-allowed-because = A person did not allow it: { $word }
said-agent-unanswered = Nobody answered whether it may be done, so it was not
said-agent-word-on-action = { $action } was not allowed: { $word }
said-agent-no-such-action = There is no action "{ $name }"; the actions are { $names }
said-agent-arguments-unfit = The arguments of { $name } do not fit: { $misfits }

# What stops an agent that does not get on
said-agent-same-action = { $action } was done { $times } times in a row without effect
said-agent-same-error = { $times } times in a row { $error }
said-agent-was-refused = { $name } was refused
said-agent-has-failed = { $name } failed
said-agent-was-unclear = it stayed unclear whether { $name } happened
said-agent-no-change = { $steps } steps in a row changed nothing
said-agent-seconds-over = The { $count } seconds that were granted are over
said-agent-minute-over = The minute that was granted is over
said-agent-minutes-over = The { $count } minutes that were granted are over

# Decided without a model
said-agent-something-new = The models are still thinking, and this leads to something new
said-agent-health-low = Health is below the threshold
said-agent-health-low-so = Health is below the threshold: { $action }
said-agent-enemies-near = Too many enemies are near
said-agent-enemies-near-so = Too many enemies are near: { $action }
said-agent-stamina-low = Stamina is below the threshold
said-agent-stamina-low-so = Stamina is below the threshold: { $action }
said-agent-rules-in-row = Rules decided { $times } times in a row: { $why }
said-agent-rules-in-row-unusable = Rules decided { $times } times in a row: The models answered, but named no action that is possible now
said-agent-rules-decided = The models named nothing that is possible, so rules decided

# The course and the end
said-agent-too-slow = The models are slower than the world: their decisions come too late. Let the world wait while they think, or choose a quicker way of thinking
said-agent-goal-reached = the goal is reached: { $goal }
said-agent-goal-was-reached = Goal reached: { $words }
said-agent-goal-reached-plain = Goal reached
said-agent-episode-over = the episode is over: { $how }
said-agent-cycles-done = { $cycles } cycles are done
said-agent-time-over = the time is over after { $cycles } cycles
said-agent-place-gone = The environment can no longer be used
said-agent-other-place = Start a new session; if it happens again, choose another environment
