# The column beside the scene: how a session ended, the decision, what it cost, courses, steps, loops, the certificate.

# How the last session ended.
session-ended-stopped = Stopped on request after { $steps }
session-ended-finished = The episode is over after { $steps }
session-ended-goal-reached = The goal was reached after { $steps }
session-ended-limit-reached = The limit was reached after { $steps }
session-ended-failed = The session failed after { $steps }
session-ended-with-score = { $ended }, score { $score }
session-show-last = Show the last session
session-prepare-next = Prepare the next session
session-written = Its report is in { $place }
session-nothing-sent = Nothing was sent off this machine
session-sent = { $requests ->
    [one] Sent to { $host } by { $purpose }: { $sent } in 1 request
   *[other] Sent to { $host } by { $purpose }: { $sent } in { $requests } requests
}
session-spent = Spent: { $spent }
session-decisions-cost = Its decisions: { $cost }

# The decision.
session-decision = Decision
session-no-decision = The first decision will appear here
session-decided-at = step { $step }, after { $took }
session-decided-after = after { $took }
session-no-reason = No reason was given
session-decided-by = Decided by { $by }
session-followed = Advice that was followed
session-not-followed = Advice that was not followed
session-proposal = { $title }: { $proposed }
session-why = Why?
session-why-step = Why step { $step }?
session-why-later = Its reasons are kept once it has been carried out

# What can be folded away.
session-cost = What it cost
session-being-judged = The first decision is still being judged
session-courses = Courses
session-courses-time = Steps laid end to end, without pauses
session-course-score = Score
session-course-points = points
session-course-time = Time for a step
session-steps = Steps
session-step-refused = refused: { $action }
session-step-failed = failed: { $action }
session-step-unclear = unclear: { $action }
session-loops = Loops
session-loop-working = working, cycle { $cycles }
session-loop-waiting = waiting, cycle { $cycles }
session-loop-ended = ended, cycle { $cycles }
session-loop-perception = perception
session-loop-reasoning = reasoning
session-loop-action = action
session-loop-reflex = reflex
session-loop-exploration = auxiliary exploration
session-loop-learning = learning
session-loop-narration = narration

# The certificate.
session-certificate = Certificate
session-all-closed = all closed after { $ms } ms
session-proof-complete = Everything ended
session-proof-partial = Everything here ended; what is marked could not be verified
session-proof-broken = Not everything ended as it should
session-gate = Nothing new could begin after { $ms } ms
session-still-open = Still open: { $loops ->
    [one] 1 loop
   *[other] { $loops } loops
}, { $requests ->
    [one] 1 request
   *[other] { $requests } requests
}, connections { $connections }, { $processes ->
    [one] 1 child process
   *[other] { $processes } child processes
}, { $keys ->
    [one] 1 key
   *[other] { $keys } keys
}
session-still-open-uncounted = Still open: { $loops ->
    [one] 1 loop
   *[other] { $loops } loops
}, { $requests ->
    [one] 1 request
   *[other] { $requests } requests
}, connections not counted here, { $processes ->
    [one] 1 child process
   *[other] { $processes } child processes
}, { $keys ->
    [one] 1 key
   *[other] { $keys } keys
}
session-item-closed = closed, { $ms } ms
session-item-aborted = aborted, { $ms } ms
session-item-failed = failed, { $ms } ms
session-item-not-verifiable = not verifiable, { $ms } ms
session-item-loop = loop { $name }
session-item-request = request { $name }
session-item-environment = environment { $name }
session-item-key = key { $name }
session-item-child = child process { $name }
session-item-client = client { $name }
session-item-journal = journal { $name }
