# What is kept of past sessions, as words: when they were, what became of them, why something was done.

kept-when-unknown = at an unknown time
kept-today = today, { $time }
kept-yesterday = yesterday, { $time }
kept-day = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
    } { $year }, { $time }

kept-no-goal = No goal was given
kept-name = { $when }: { $goal }, { $result }
kept-place = { $environment }, seed { $seed }
kept-demo = demo
kept-score = score { $score }
kept-line = { $when }: { $goal }. { $outcome }, { $result }, { $proof }; { $setting }

kept-running = Running now
kept-interrupted = Interrupted
kept-ended = Ended
kept-stopped = Stopped on request
kept-finished = The episode is over
kept-goal-reached = The goal was reached
kept-limit-reached = The limit was reached
kept-failed = The session failed

kept-clean = certificate clean
kept-not-clean = certificate not clean
kept-no-certificate = no certificate

kept-holdings = { $total ->
    [one] 1 session
   *[other] { $total } sessions
    }, { $room } on the disk
kept-holdings-found = { $found } found of { $total ->
    [one] 1 session
   *[other] { $total } sessions
    }, { $room } on the disk

# What stands between every three digits of a large number.
kept-thousands = ,
kept-keeping = Kept: { $days ->
    [one] 1 day
   *[other] { $days } days
    }, up to { $most } MB
kept-keeping-days = Kept: { $days ->
    [one] 1 day
   *[other] { $days } days
    }, however much it is
kept-keeping-for-ever = Kept: for ever, up to { $most } MB
kept-keeping-everything = Kept: for ever, however much it is

kept-was-interrupted = The session of { $when } was interrupted
kept-child-there = The child process { $name } is still there
kept-child-gone = The child process { $name } is gone
kept-child-unknown = The child process { $name } may still be there; that cannot be told yet
kept-model-there = The loaded model { $name } is still there
kept-model-gone = The loaded model { $name } is gone
kept-model-unknown = The loaded model { $name } may still be there; that cannot be told yet

# Plots: their names, their courses and their units.
kept-plot-score = Score
kept-plot-cycle-time = Cycle time
kept-plot-first-token = Time to first token
kept-plot-tokens-a-second = Tokens a second
kept-plot-waiting = Waiting for its turn
kept-plot-errors = Errors by cause
kept-course-score = score
kept-course-decision = decision
kept-course-local = Local models
kept-course-tools = Tool servers
kept-unit-points = points
kept-unit-events = events
kept-unit-rate = tokens/s
kept-nothing-yet = nothing yet
kept-plot = { $title }: { $said }
kept-plot-nothing = nothing was measured
kept-course-nothing = { $name } nothing was measured
kept-plot-values = lowest { $low }, highest { $high }, last { $last }
kept-course-values = { $name } lowest { $low }, highest { $high }, last { $last }
kept-plot-count = { $count } in all, the first after { $first }
kept-course-count = { $name } { $count } in all, the first after { $first }
kept-no-marks = { $name }: nothing
kept-marks = { $name }: { $count ->
    [one] 1 mark
   *[other] { $count } marks
    }, the last after { $moment }: { $words }
kept-time-runs = Time runs from left to right, from the beginning to { $end }
kept-plot-at = { $moment }: { $values }

kept-at-step = At { $moment }: step { $step }, { $action }
kept-at-start = At { $moment }: before the first step
kept-asked-person = Asked a person: may this be done, { $action }?
kept-went-on = Went on
kept-went-on-told = Went on, and the models were told: { $word }

kept-error-once = { $count ->
    [one] 1 time
   *[other] { $count } times
    }, after { $first }
kept-error-once-seen = { $count ->
    [one] 1 time
   *[other] { $count } times
    }, after { $first }; seen by { $by }
kept-error = { $count ->
    [one] 1 time
   *[other] { $count } times
    }, first after { $first }, last after { $last }
kept-error-seen = { $count ->
    [one] 1 time
   *[other] { $count } times
    }, first after { $first }, last after { $last }; seen by { $by }

kept-unknown = unknown
kept-expert = { $title }, { $model }: answered { $answered } of { $asked }, { $failed } failed, { $broken_off } broken off, { $followed }; in the middle first token after { $first }, { $total } in all, { $rate } tokens/s; { $tokens } tokens
kept-decides = decides
kept-followed = followed { $count ->
    [one] 1 time
   *[other] { $count } times
    }
kept-times = { $count ->
    [one] 1 time
   *[other] { $count } times
    }

kept-look = Look { $look }, turn { $turn }, scene { $scene }
kept-scene-town = town
kept-scene-exploration = exploration
kept-scene-combat = combat
kept-scene-dialogue = dialogue
kept-scene-puzzle = puzzle
kept-scene-menu = menu
kept-scene-end = end
kept-scene-unknown = unknown

kept-called = { $model }, at { $place }
kept-called-as = { $model }, answered as { $other }, at { $place }
kept-call-under-way = Under way
kept-call-answered = Answered
kept-call-failed = Failed
kept-call-broken-off = Broken off
kept-waited = waited { $time }
kept-never-left = never left
kept-first-token = first token after { $time }
kept-no-token = no token came
kept-took = took { $time }
kept-no-end = its end is not known
kept-rate = { $rate } tokens/s
kept-tokens = tokens of the prompt { $prompt }, of the answer { $answer }
kept-cost = cost { $cost }

kept-no-person = No person had to be asked
kept-person-asked = A person was asked about { $action } ({ $risk }): { $answer }
kept-no-answer = No answer is known
kept-approved-for-ever = Approved for this server, in every session
kept-approved-for-session = Approved for the whole session
kept-approved = Approved
kept-rejected = Rejected
kept-rejected-because = Rejected: { $word }
kept-unanswered = Nobody answered

kept-loop-perception = perception
kept-loop-reasoning = reasoning
kept-loop-action = action
kept-loop-reflex = reflex
kept-loop-exploration = auxiliary exploration
kept-loop-learning = learning
kept-loop-narration = narration
