# How child processes begin and end, what the guardian says, and why the journal cannot be used.

# A child that did not begin (process/error.rs, children.rs, input.rs)
said-process-not-started = { $name } could not be started
said-process-no-program = There is no program { $program }
said-process-install-it = Install it, or correct the command in the settings
said-process-no-folder = There is no folder { $folder }
said-process-correct-the-folder = Correct the folder in the settings
said-process-may-not-run = { $program } may not be run
said-process-make-executable = Make the file executable, or correct the command
said-process-try-in-a-terminal = See whether the command runs in a terminal
said-process-everything-ends = Everything is being ended
said-process-start-a-new-session = Start a new session
said-process-no-number = the system gave it no number
said-process-no-number-of = { $program }: the system gave it no number
said-process-asked-to-end = the child was asked to end

# How a child ended, and what may follow that in the same line (process/ending/words.rs, exit.rs)
said-process-let-go = was killed, because whoever started it let go of it
said-process-let-go-and = was killed, because whoever started it let go of it; { $more }
said-process-had-ended = had ended by itself
said-process-had-ended-plainly-and = had ended by itself; { $more }
said-process-had-ended-how = had ended by itself { $how }
said-process-had-ended-how-and = had ended by itself { $how }; { $more }
said-process-rest-asked = had ended by itself { $how }; what it had started ended when asked
said-process-rest-asked-and = had ended by itself { $how }; what it had started ended when asked; { $more }
said-process-rest-forced = had ended by itself { $how }; what it had started { $forced }
said-process-input-closed = ended when its input was closed
said-process-input-closed-and = ended when its input was closed; { $more }
said-process-ended-when-asked = ended when asked
said-process-ended-when-asked-and = ended when asked; { $more }
said-process-ignored = ignored the request to end, killed after { $seconds } s
said-process-ignored-and = ignored the request to end, killed after { $seconds } s; { $more }
said-process-ignored-hurry = ignored the request to end, killed after { $seconds } s, since time was short
said-process-ignored-hurry-and = ignored the request to end, killed after { $seconds } s, since time was short; { $more }
said-process-not-asked = was killed without being asked, because there was no time or no way to ask
said-process-not-asked-and = was killed without being asked, because there was no time or no way to ask; { $more }
said-process-with-code = with code { $code }
said-process-by-signal = by signal { $signal }
said-process-untold-how = in a way the system does not tell
said-process-last-words = its last words: { $words }
said-process-last-words-and = its last words: { $words }; { $more }
said-process-left-behind = left behind { $names }, killed
said-process-left-behind-and = left behind { $names }, killed; { $more }
said-process-unread = nobody read { $size } of its output
said-process-unread-and = nobody read { $size } of its output; { $more }
said-process-still-there = still there: { $names }
said-process-still-there-and = still there: { $names }; { $more }
said-process-still-there-number = still there: process { $number }
said-process-still-there-number-and = still there: process { $number }; { $more }
said-process-group-untold = whether anything left its group cannot be told here
said-process-kin = { $program } (process { $number })
said-process-kin-and = { $program } (process { $number }), { $more }
said-process-nameless = a program without a name
said-process-nameless-kin = a program without a name (process { $number })

# What an earlier run has left behind (process/left.rs) and the guardian
said-process-no-mark = it was not written down how it can be recognised
said-process-there-after-killing = still there after it was killed: { $names }
said-process-same-untold = this system does not tell whether process { $number } is still the one that was started; look for it and end it
said-process-not-by-itself = it did not end by itself
said-process-does-not-listen = it does not listen any more
said-process-key-still-down = { $key } is still down: { $why }
said-process-release-panicked = letting go of it panicked
said-process-may-still-run = { $name } may still run: { $why }

# The journal, in a title (journal/error.rs)
said-process-journal-unusable = The journal cannot be used
said-process-journal-unusable-advice = Look whether the disk is well and the file is where it should be, then start Singularis again
said-process-journal-full = There is no space left for the journal
said-process-journal-full-advice = Free some space on the disk that holds it; what was written before is kept
said-process-journal-read-only = The journal cannot be written
said-process-journal-read-only-advice = Make the file and its folder writable, or set SINGULARIS_HOME to a folder that is
said-process-journal-locked = Another program holds the journal
said-process-journal-locked-advice = Close the other program, such as a second Singularis or a database viewer, and try again
said-process-journal-damaged = The journal is damaged or is no journal
said-process-journal-damaged-advice = Move the file away to begin a new one, or put a copy back that is well; it was left as it is
said-process-journal-newer = The journal was written by a newer version of Singularis
said-process-journal-newer-detail = it has version { $found }, and up to { $known } is known here
said-process-journal-newer-advice = Use the newer Singularis, or set SINGULARIS_HOME to another folder; the file was left as it is
said-process-journal-missing = There is no journal yet
said-process-journal-missing-advice = Run a session; everything that happens in it is kept there
said-process-journal-older = The journal was written by an older version of Singularis
said-process-journal-older-detail = it has version { $found }, and { $known } is needed here
said-process-journal-older-advice = Close every older Singularis and open the panel once; that brings the journal up to date
said-process-journal-ambiguous = Several sessions begin like this
said-process-journal-ambiguous-advice = Give more letters of the session's name
said-process-journal-no-session = The journal has no such session
said-process-journal-no-session-advice = Look at the list of sessions; it may have been removed to make room
said-process-journal-no-answer = The journal does not answer
said-process-journal-no-answer-detail = nothing came back within { $seconds } s
said-process-journal-no-answer-advice = Look whether the disk that holds it is well; what happens meanwhile is held and written later
said-process-journal-closed = The journal is closed, so nothing was read or written
said-process-journal-closed-advice = Start Singularis again to go on remembering
said-process-journal-sqlite-code = { $words } (SQLite code { $code })

# The same inside a sentence, as in the certificate
said-process-journal-unusable-file = the journal cannot be used: { $words }: { $path }
said-process-journal-full-file = there is no space left for the journal: { $words }: { $path }
said-process-journal-read-only-file = the journal cannot be written: { $words }: { $path }
said-process-journal-locked-file = another program holds the journal: { $words }: { $path }
said-process-journal-damaged-file = the journal is damaged or is no journal: { $words }: { $path }
said-process-journal-newer-file = the journal was written by a newer version ({ $found } instead of { $known }): { $path }
said-process-journal-missing-file = there is no journal yet: { $path }
said-process-journal-older-file = the journal was written by an older version ({ $found } instead of { $known }): { $path }
said-process-journal-ambiguous-name = several sessions begin with { $beginning }
said-process-journal-no-session-name = the journal has no session { $session }
said-process-journal-no-answer-within = the journal did not answer within { $seconds } s
said-process-journal-is-closed = the journal is closed
