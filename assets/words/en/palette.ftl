# The command palette, and what commands and keys are called.

palette-title = Commands
palette-field = What is to be done?
palette-field-hint = a few letters of a command
palette-nothing = No command has these letters in its name; fewer letters find more
palette-key-control = Ctrl
palette-key-command = Cmd
palette-key-enter = Enter

# The session.

palette-start = Start a session
palette-stop = Stop the session
palette-pause = Pause the session
palette-go-on = Go on
palette-step = Step: let one decision through
palette-approve = Approve what waits
palette-approve-for-session = Approve what waits, for this session
palette-reject = Reject what waits
palette-change-plan = Change the plan…
palette-prepare-next = Prepare the next session
palette-replay-play = Replay: play
palette-replay-pause = Replay: pause
palette-replay-back = Replay: previous step
palette-replay-on = Replay: next step
palette-replay-close = Close the replay

# The window.

palette-show = Go to { $screen }
palette-show-messages = Show the messages
palette-show-palette = Show all commands
palette-theme-system = Colours: like the system
palette-theme-dark = Colours: dark
palette-theme-light = Colours: light
palette-language-system = Language: like the system
palette-language-english = Language: English
palette-language-german = Language: Deutsch
palette-move = Movement: on
palette-do-not-move = Movement: off
palette-notify = Notifications of the system: on
palette-do-not-notify = Notifications of the system: off
palette-zoom-in = Zoom in
palette-zoom-out = Zoom out
palette-zoom-back = Zoom to 100 %

# Servers, models and the desktop.

palette-check-again = Check again
palette-check-patiently = Check patiently, with more time for answers
palette-prove-abilities = Prove every ability of the models
palette-copy-report = Copy the report of the check
palette-try-demo = Try the demo
palette-leave-demo = Leave the demo
palette-refresh-models = Refresh the lists of models
palette-cancel-load = Cancel the loading of the model
palette-find-servers = Look for tool servers of other programs
palette-test-server = Test the server { $server }
palette-look-at-desktop = Look at the desktop again
palette-calibrate = Calibrate the mouse
palette-prepare-diagnostics = Prepare diagnostics for asking for help
