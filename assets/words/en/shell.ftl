# The shell: rail, header, status bar, messages.

# The rail.

shell-setup = Setup
shell-run = Run
shell-experts = Experts
shell-learning = Learning
shell-models = Models
shell-servers = Servers
shell-sessions = Sessions
shell-logs = Logs
shell-settings = Settings
shell-colours-system = Colours follow the system
shell-colours-dark = Colours are dark
shell-colours-light = Colours are light
shell-hint = { $meaning } ({ $keys })

# The header.

shell-start = Start
shell-start-means = Starts a session with these choices
shell-stop = Stop
shell-stop-means = Ends the session, and with it everything that it has begun
shell-pause = Pause
shell-pause-means = Nothing new is asked or done until it goes on
shell-step = Step
shell-stopping = Stopping
shell-past-session = A past session is shown, nothing runs
shell-only-shows = This window only shows what is kept
shell-starting = Starting: checking that everything is there
shell-stopping-for = Stopping: waiting for { $names }
shell-demo-runs = Step { $step }, { $seconds } s, the demo answers, not a language model
shell-runs = Step { $step }, { $seconds } s, running
shell-paused = Step { $step }, { $seconds } s

# Why nothing can be started.

shell-not-idle = A session runs, or a past one is shown
shell-not-checked = The connection has not been checked yet
shell-check-runs = The check is still running

# What stands over every screen.

shell-read-only = No session can be started here: { $why }
shell-not-recorded = This session is not being recorded: { $why }
shell-refused = Refused: { $what }
shell-under-way = { $words }, { $took }
shell-close-refusal = Close this message
shell-busy = The worker is busy
shell-busy-advice = Try again in a moment
shell-not-carried-out = Not carried out: { $order }

# The status bar.

shell-checking = Checking the connection
shell-trouble = Trouble: { $trouble }
shell-unchecked = Not checked yet
shell-answers-well = { $who } answers at { $place }: healthy
shell-answers-somehow = { $who } answers at { $place }: degraded
shell-not-ready = Not ready: { $place }
shell-not-recorded-shortly = Not recorded: { $why }
shell-sent = Sent off this machine: { $bytes }
shell-spent = Spent: { $sum }
shell-waiting = Waiting: { $count }
shell-tokens = { $tokens } tokens/s
shell-loading = Loading { $model }, { $seconds } s
shell-open-requests = Open requests: { $count }
shell-last-good-now = Last good answer less than a minute ago
shell-last-good-seconds = Last good answer { $seconds } s ago
shell-last-good-minutes = Last good answer { $minutes } min ago
shell-commands = Commands

# Messages.

shell-messages = Messages
shell-messages-new = Messages, { $count } new
shell-messages-none = No messages yet; warnings, refusals and confirmations stand here until the program ends
shell-messages-older = Older messages
shell-messages-close = Close the messages
shell-message-again = { $at }, { $count } times
shell-times = { $count } times
shell-toasts-more = { $count } more
shell-toast-more = Details
shell-toast-close = Hide this message
shell-saved-as = Saved as { $place }
shell-copied = It is in the clipboard
shell-session-stopped = { $count ->
    [one] The session was stopped after 1 step
   *[other] The session was stopped after { $count } steps
}
shell-session-finished = { $count ->
    [one] The episode is over after 1 step
   *[other] The episode is over after { $count } steps
}
shell-session-reached = { $count ->
    [one] The goal was reached after 1 step
   *[other] The goal was reached after { $count } steps
}
shell-session-limited = { $count ->
    [one] The limit was reached after 1 step
   *[other] The limit was reached after { $count } steps
}
shell-session-failed = { $count ->
    [one] The session failed after 1 step
   *[other] The session failed after { $count } steps
}
