# Past sessions: the list, one of them, its reasons, two beside each other, those that were cut off, and their replay.

# The list.
sessions-search = Search
sessions-search-hint = a goal, an environment, a word
sessions-list-being-read = The list is being read
sessions-none-yet = No session yet
sessions-what-is-kept = Every session is kept from its first step on: what was seen, who proposed what, what was done and what came of it. Once one runs it stands here, and can be looked at, played again and compared
sessions-open-run = Open the run screen
sessions-none-found = No session was found for { $search }
sessions-show-all = Show all sessions
sessions-keep-days = days; 0 for ever
sessions-keep-megabytes = MB at most; 0 for no limit
sessions-what-goes = What is older or takes more goes when the program is started next, the oldest sessions first

# One session.
sessions-choose = Choose a session to see what it did, step by step, and why
sessions-back-to-list = Back to the list
sessions-back-to-it = Back to the session
sessions-being-read = The session is being read
sessions-not-read = It could not be read; why is said above
sessions-took = took { $time }
sessions-demo = The demo answered, not a language model
sessions-replay = Replay
sessions-replay-hint = Plays it on the run screen; no model is asked
sessions-replay-later = While a session runs, none can be played again
sessions-compare = Compare with…
sessions-remove = Remove
sessions-still-running = It is still running
sessions-export-as = Export as
sessions-export-as-format = Export as { $format }…
sessions-web-page = Web page
sessions-tell = Tell it in words
sessions-tell-hint = The narrator's model is asked to sum it up
sessions-being-told = Being told in words
sessions-removing = Everything that was kept of this session will be lost for good
sessions-remove-for-good = Remove it for good
sessions-keep-it = Keep it
sessions-summing-up = The narrator's model is summing it up
sessions-in-words = In words
sessions-by-narrator = The narrator has written this; the figures below are the journal's own

# Its parts.
sessions-timeline = Timeline
sessions-steps = Steps
sessions-experts = Experts
sessions-errors = Errors
sessions-certificate = Certificate
sessions-timeline-of-it = Timeline of this session
sessions-steps-of-it = Steps of this session
sessions-experts-of-it = Experts of this session
sessions-errors-of-it = Errors of this session
sessions-certificate-of-it = Certificate of this session

sessions-nothing-measured = It ended before anything could be measured
sessions-moment = Moment of the session
sessions-what-happened = What happened
sessions-last-mark = Last, after { $moment }: { $words }
sessions-step-before = Step before
sessions-step-after = Step after
sessions-why-that = Why did it do that?

sessions-worth-reading = Worth reading
sessions-worth-step = Step { $step }: { $why }
sessions-worth-question = Question { $question }: { $why }
sessions-nothing-done = Nothing was done in this session
sessions-step-hint = After { $moment }, by { $by }: { $effect }
sessions-why = Why?
sessions-why-step = Why step { $step }?

sessions-who-was-asked = Who was asked
sessions-nobody-asked = No model was asked in this session
sessions-expert = Expert
sessions-model = Model
sessions-answered = Answered
sessions-followed = Followed
sessions-first-token = First token
sessions-in-all = In all
sessions-rate = Tokens/s
sessions-tokens = Tokens
sessions-answered-of = { $answered } of { $asked }
sessions-failed = { $failed } failed, { $broken_off } broken off
sessions-in-the-middle = First token, time in all and tokens a second are those in the middle of all answers
sessions-spent = Spent: { $spent }
sessions-what-went-wrong = What went wrong
sessions-no-error = No error was seen in this session
sessions-without-cause = An error without a known cause
sessions-nothing-sent = Nothing was sent off this machine
sessions-sent = { $requests ->
    [one] Sent to { $host } by { $purpose }: { $bytes } in 1 request
   *[other] Sent to { $host } by { $purpose }: { $bytes } in { $requests } requests
    }
sessions-certificate-later = There will be one once the session has ended
sessions-certificate-never = There is none: the program ended before the session did
sessions-settings = Settings it ran with

# The reasons of one step.
sessions-step = Step { $step }
sessions-step-action = Step { $step }: { $action }
sessions-reasons-being-read = Its reasons are being read
sessions-previous-step = Previous step
sessions-next-step = Next step
sessions-seen = What was seen
sessions-nothing-seen = Nothing is kept of what was seen before this step
sessions-proposed = What was proposed
sessions-no-question = No model was asked: it was done without a question
sessions-no-call = No call of a model is kept
sessions-only-decider = Only whoever decides was asked
sessions-decided = What was decided
sessions-nothing-decided = Nothing was decided
sessions-by-itself = { $by }, of the { $ordered_by } loop: no reason was given
sessions-by-itself-because = { $by }, of the { $ordered_by } loop: { $because }
sessions-checked = What was checked
sessions-cost-and-possible = { $bound ->
    [searched] { $cost }; the best play that was found from there reached { $possible }
   *[proved] { $cost }; best play from there still reached { $possible }
}
sessions-not-judged = What it cost was not judged
sessions-came-of-it = What came of it
sessions-never-carried-out = It was never carried out, or the session ended before that was known
sessions-said-not-kept = What was said is not kept
sessions-said-nothing = It said nothing
sessions-show-thought = Show what { $title } thought
sessions-show-prompt = Show the prompt of { $title }
sessions-copy-prompt = Copy the prompt of { $title }
sessions-prompt-copied = The prompt of { $title } is in the clipboard
sessions-instruction = Instruction
sessions-question = Question
sessions-changed = Something has changed
sessions-nothing-changed = Nothing has changed but the time
sessions-look-to-effect = { $time } from the look to the effect

# Two sessions beside each other.
sessions-comparison = Comparison
sessions-end-comparison = End the comparison
sessions-compare-with = Compare with
sessions-choose-other = Choose a session
sessions-no-other = There is no other session in the list to compare it with
sessions-beside-each-other = Both will stand beside each other, figure by figure
sessions-other-being-read = The other session is being read
sessions-figure = Figure
sessions-this-one = This session
sessions-other-one = The other one
sessions-difference = Difference
sessions-difference-is = The difference is that of this session from the other one; times are those in the middle
sessions-compared = { $name }: this session { $one }, the other one { $other }; { $difference }
sessions-this-course = this session
sessions-other-course = the other one
sessions-outcome = Outcome
sessions-score = Score
sessions-points = points
sessions-time-for-step = Time for a step
sessions-time-to-token = Time to first token
sessions-cost = Cost
sessions-same = the same
sessions-not-same = not the same
sessions-more = { $apart } more
sessions-less = { $apart } less
sessions-fewer = { $apart } fewer
sessions-slower = { $apart } slower
sessions-quicker = { $apart } quicker
sessions-unknown = unknown
sessions-cannot-be-told = cannot be told

# Those that were cut off.
sessions-kept-until = { $goal }: kept until { $result }
sessions-was-under-way = Under way: { $what }
sessions-nothing-left = It had started nothing that could outlive it
sessions-older-interrupted = { $count ->
    [one] 1 older session was interrupted too, and will be shown after this one
   *[other] { $count } older sessions were interrupted too, and will be shown after this one
    }
sessions-see-report = See the report
sessions-dismiss = Dismiss
sessions-dismiss-hint = It stays in the list of sessions
sessions-clean-up = Clean up
sessions-clean-up-hint = Ends what is still there of this session
sessions-cleaning-up = Cleaning up

# The bar over a replay.
sessions-replay-of = Replay of { $session }
sessions-close-replay = Close the replay
sessions-play = Play
sessions-pause = Pause
sessions-replay-moment = Moment
sessions-replay-at = { $at } of { $total }
sessions-speed = Speed
sessions-asked-then = Here it asked a person: may this be done: { $action }
