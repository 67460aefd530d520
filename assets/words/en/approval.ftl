# An action that waits for a person, and a session that stands still.

approval-question = May this be done?
# What is told at once to whoever hears the screen.
approval-announced = May this be done: { $action }. { $risk }
approval-server = A tool of { $server }
approval-waits = Without an answer it counts as rejected after { $stretch }

approval-approve = Approve
approval-for-session = Approve for this session
approval-for-session-meaning = Actions of this name are not asked about again in this session
approval-for-ever = Always allow
approval-for-ever-meaning = { $action } of { $server } is not asked about again, in any session
approval-reject = Reject
approval-why-not = Why not? The models are told
approval-may-stay-empty = may stay empty

# The banner of a session that stands still, and the ways on.
approval-paused = The session is paused
approval-pause-go-on = Go on
approval-pause-go-on-meaning = Goes on as before
approval-pause-step = Step
approval-pause-step-meaning = Lets one decision through, then pauses again
approval-pause-change = Change the plan…
approval-pause-change-meaning = Goes on with a word to the models

approval-pause-tell = Tell the models what to do differently
approval-pause-go-on-with = Go on with this
approval-pause-keep = Keep the plan
