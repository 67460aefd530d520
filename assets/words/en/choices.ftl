# What is chosen before a session.

choices-next = Next session
choices-open-setup = Open Setup
choices-not-ready = Not ready: { $why }
choices-not-ready-setup = Not ready: { $why }. Setup says more, and offers the demo
choices-not-ready-read-only = Not ready: this window only shows what is kept
# Behind "Not ready:".
choices-obstacle-server-gone = The tool server that was chosen is not there any more
choices-obstacle-server-off = The tool server that was chosen is switched off
choices-obstacle-no-goal = The agent has not been told what to do

choices-environment = Environment
choices-environment-add = Add a server…

# The goal, and when it is reached.
choices-goal-pick = Pick a goal
choices-goal-own = a goal of your own
choices-goal-points = As many points as possible
choices-goal-relic = Bring the relic home
choices-goal-land = See the whole land
choices-goal-gate = Open the Barrow gate
choices-goal-enemies = Fell every enemy
choices-goal-gold = Get rich
choices-goal-screen = Say what is on the screen
choices-goal-movement = Find what moves something
choices-goal-game = Explore a game
choices-goal-tools = Look around
choices-goal-page = Read a page
choices-goal-files = Describe the folder
choices-goal-memory = Tidy the memory
choices-goal-commits = Sum up the last commits
choices-goal = Goal
choices-reached = Reached when
choices-reached-open = Nothing is compared: the session goes on until its episode is over or somebody stops it
choices-reached-means = The session ends with success as soon as { $when } holds
choices-reached-form = A fact, a comparison and a value, such as { $example }
choices-reached-not-saved = Not saved: { $why }

# The ways of thinking, each in one short line.
choices-ways = Way of thinking
choices-way-single = One model reads the observation and decides
choices-way-local-experts = Experts answer side by side, a synthesizer decides
choices-way-self-experts = The synthesizer's model gives several opinions, then decides over them
choices-way-cloud-experts = Six experts of Gemini and three of Claude, and Claude decides
choices-way-hybrid = Gemini sees, Claude reasons, local models behind them
choices-way-parallel = Cloud experts and the hybrid at once; their votes weigh 0.6 and 0.4
choices-way-heuristic = Fixed rules decide, no model is asked

# The built-in world.
choices-world = World
choices-seed = Seed
choices-seed-meaning = The same seed gives the same world
choices-difficulty = Difficulty
choices-world-waits = The world waits while the models think
choices-turn = seconds for a turn, and for a decision
choices-turn-meaning = What is decided too late counts for nothing, and its turns are lost

# The desktop.
choices-desktop = Desktop
choices-desktop-look-again = Look again
choices-desktop-looking = The screen is being looked for
choices-desktop-source = Looks at
choices-desktop-show = Show the screen to the models
choices-desktop-show-meaning = Off: they read about it in words. On: the synthesizer and the experts get pictures; their models must be able to see, and Setup then checks that they can
choices-desktop-profile = Key profile
choices-desktop-dry = Dry run
choices-desktop-dry-meaning = Nothing is sent: what the agent would do is only shown
choices-desktop-live = Live
choices-desktop-countdown = seconds are counted down before that
choices-desktop-calibrate = Calibrate now
choices-desktop-calibrate-meaning = Shows targets, clicks them and reads the clicks back; keep your hands off for a moment
choices-desktop-is-calibrated = It is being calibrated
choices-desktop-not-usable = It needs a desktop that can be used
choices-desktop-targets = Targets are shown and clicked
choices-desktop-calibrates-itself = A live session calibrates by itself before it begins; this only shows beforehand how well it aims

# A tool server.
choices-tools = Tools
choices-tools-gone = It is not there any more; choose another environment, or add it again
choices-tools-open-servers = Open the servers
choices-tools-open = Open { $server }

# Learning, questions to a person, and what stops an agent that does not get on.
choices-care = Learning and care
choices-learn = Learn what actions are worth
choices-learn-meaning = What was learnt is kept between sessions and shown to the models as a hint
choices-ask-before = Ask before
choices-breakers = When it does not get on
choices-breakers-meaning = So often in a row, and the session pauses; 0 for never
choices-breaker-same-action = times the same action, without effect
choices-breaker-no-change = steps that change nothing
choices-breaker-same-error = times the same kind of error
choices-breaker-time = minutes in all, then it pauses
