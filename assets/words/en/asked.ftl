# What a person is asked, what stops the agent for breath, how it thinks, and the desktop in a few words.

# Why a session stands still. What a budget, a breaker or the recording says itself comes after "Paused:".
asked-paused = Paused on request
asked-paused-why = Paused: { $why }
asked-paused-by-person = Somebody pressed Pause
asked-paused-one-decision = One decision has been carried out
asked-paused-budget = The budget is used up
asked-paused-yielded = You have taken mouse or keyboard

asked-breaker-same-action = The same action was tried again and again, without effect
asked-breaker-no-change = Many steps in a row have changed nothing
asked-breaker-same-error = The same error came again and again
asked-breaker-time = The time that was granted is over

# What going on means after a pause.
asked-outlook = Nothing new is asked or done until it goes on
asked-outlook-budget = Nothing new is asked or done until it goes on; going on grants as much again
asked-outlook-breaker = Nothing new is asked or done until it goes on; a change of plan tells the models what to try instead
asked-outlook-not-recorded = Nothing new is asked or done until it goes on; what is not kept yet is held in memory and tried again
asked-outlook-yielded = Every key and button was let go; nothing new is asked or done until it goes on, so take your time

# How much harm an action can do.
asked-risk-read-only = Only looks
asked-risk-safe = Changes only this environment
asked-risk-destructive = Can lose something for good
asked-risk-open-world = Reaches beyond this environment

# Who wants an action done, and why.
asked-wanted = Decided by { $by }, ordered by the { $ordered_by } loop: { $because }
asked-wanted-without-reason = Decided by { $by }, ordered by the { $ordered_by } loop: no reason was given

asked-loop-perception = perception
asked-loop-reasoning = reasoning
asked-loop-action = action
asked-loop-reflex = reflex
asked-loop-exploration = auxiliary exploration
asked-loop-learning = learning
asked-loop-narration = narration

# Behind "Ask before".
asked-from-everything = every action, even one that only looks
asked-from-changes = whatever changes anything
asked-from-destructive = what can lose something for good, or reaches beyond the environment
asked-from-open-world = only what reaches beyond the environment
asked-from-nothing = nothing: the agent acts on its own

# Ways of thinking.
asked-way-single = One model
asked-way-local-experts = Local experts
asked-way-self-experts = One model, several minds
asked-way-cloud-experts = Cloud experts
asked-way-hybrid = Hybrid
asked-way-parallel = Parallel
asked-way-heuristic = Rules only

asked-difficulty-easy = Easy: { $turns } turns
asked-difficulty-normal = Normal: { $turns } turns
asked-difficulty-hard = Hard: { $turns } turns

# Before an action that was not simply done.
asked-effect-rejected = { "refused: " }
asked-effect-failed = { "failed: " }
asked-effect-uncertain = { "unclear: " }

# The desktop.
asked-desktop-screen = The whole screen
asked-desktop-monitor-gone = Monitor { $name }, not seen now
asked-desktop-window-gone = The window with { $title } in its title, not seen now
asked-desktop-no-profile = None: every key may be used
asked-desktop-profile-gone = { $name }, not there now
asked-desktop-aimed = { $hit } of { $targets } targets hit, { $off } px off
asked-desktop-dry = Dry run: nothing is sent
asked-desktop-live = Live: keys and mouse are really used
asked-desktop-live-stop = Live: keys and mouse are really used; { $stop } stops it
asked-desktop-looks = { $looks ->
    [one] 1 look, { $changes } showed something new
   *[other] { $looks } looks, { $changes } showed something new
}
asked-desktop-changed = { $share } of the last one
asked-desktop-keys-of = keys of { $profile }

# What a live session does before it begins.
asked-desktop-before = Keys and mouse are really used after a calibration
asked-desktop-before-stop = Keys and mouse are really used after a calibration; { $stop } stops it
asked-desktop-before-countdown = Keys and mouse are really used after a calibration and a count-down of { $seconds } s
asked-desktop-before-countdown-stop = Keys and mouse are really used after a calibration and a count-down of { $seconds } s; { $stop } stops it
