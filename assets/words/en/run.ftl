# The run screen: its first line, the steps under the scene, the experts.

run-goal = Goal: { $goal }
run-no-goal = No goal was given
run-narrator-dropped = { $times ->
    [one] Not asked 1 time, because others were busy
   *[other] Not asked { $times } times, because others were busy
}

# The least time between two decisions.
run-pace = Time between decisions
run-pace-later = From the next session on
run-pace-meaning = The least time between two decisions, so that one can follow; a session keeps the one it began with
run-pace-none = no wait
run-pace-seconds = { $seconds } s

# The steps under the scene.
run-steps = Steps of this session
run-no-step = The first step will appear here
run-step-done = Step { $step }: { $action }, done, { $took }
run-step-refused = Step { $step }: { $action }, refused, { $took }
run-step-failed = Step { $step }: { $action }, failed, { $took }
run-step-unclear = Step { $step }: { $action }, unclear, { $took }

# The experts.
run-experts = What the experts say
run-experts-busy = { $busy ->
    [0] Nobody is busy
   *[other] { $busy } of { $count } are busy
}
run-expert = Expert { $title }, { $state }: { $said }
run-expert-idle = idle
run-expert-queued = waiting for its turn
run-expert-asked = waiting for the first token
run-expert-thinking = thinking
run-expert-answering = answering
run-expert-done = done
run-expert-broken-off = broken off
run-expert-failed = failed
run-expert-speed = first token { $first } ms, { $rate } tokens/s
run-expert-speed-short = { $first } ms, { $rate } tokens/s
run-expert-first-token = first token { $first } ms
