# The log, and the diagnostics that can be made of it.

logs-title = Log
logs-pause = Pause the log
logs-go-on = Go on
logs-copy = Copy what is shown
logs-follow = Follow the newest
logs-level = Level
logs-module = Module
logs-search = Search
logs-search-hint = in the text and the module
logs-all-levels = All levels
logs-information = Information and worse
logs-warnings = Warnings and errors
logs-errors = Errors only
logs-all-modules = All modules
logs-lines = { $lines ->
    [one] 1 line
   *[other] { $lines } lines
    }
logs-matches = { $matches ->
    [one] 1 match
   *[other] { $matches } matches
    } of { $lines ->
    [one] 1 line
   *[other] { $lines } lines
    }
logs-paused = Paused, { $lines ->
    [one] 1 new line
   *[other] { $lines } new lines
    } meanwhile
logs-copied = { $lines ->
    [one] 1 line is in the clipboard
   *[other] { $lines } lines are in the clipboard
    }
logs-skipped = { $lines ->
    [one] 1 line skipped
   *[other] { $lines } lines skipped
    }
logs-nothing-yet = What the program says of itself will appear here: what it connects to, what it notices, and what went wrong. Keys and passwords are taken out before
logs-looking = All lines are being looked at
logs-no-match = No line is like that
logs-show-all = Show all lines

# How bad a line is; at most seven letters, they make a column.
logs-error = Error
logs-warning = Warning
logs-info = Info
logs-debug = Debug
logs-trace = Trace

logs-diagnostics = Diagnostics for asking for help
logs-prepare = Prepare
logs-preparing = It is being put together
logs-offer = One text that can be posted in public: versions, this machine, the settings, what the health check found, the last errors and the end of the log. It is shown here first, and nothing is sent anywhere
logs-save = Save…
logs-copy-diagnostics = Copy the diagnostics
logs-close = Close
logs-promise = Prompts, keys and the addresses of other machines are not in it
logs-read-it = Read it before you post it: a program cannot know everything that is nobody's business
logs-text-of = Text of { $file }
logs-nothing-taken-out = Nothing had to be taken out
logs-taken-out = Taken out
logs-taken = { $times ->
    [one] { $what }: 1 time; { $instead } stands there instead
   *[other] { $what }: { $times } times; { $instead } stands there instead
    }
