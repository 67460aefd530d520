# What the journal says of kept sessions. The English is the pattern by which a sentence is known again.

# What was under way when a session was cut off
said-journal-had-not-answered = { $model }, asked as { $role }, had not answered
said-journal-had-begun = { $action } had been begun, and what came of it is not known
said-journal-was-waiting = { $action } was waiting for a yes or no

# What is not kept
said-journal-end-not-kept = the end of the session is not recorded: { $why }
said-journal-record-not-kept = 1 record of the session is not kept: { $why }
said-journal-records-not-kept = { $count } records of the session are not kept: { $why }
said-journal-record-lost = { $why }; 1 record is lost
said-journal-records-lost = { $why }; { $count } records are lost
said-journal-held-up = another program reads or writes it, so a part still stands in the file ending in -wal beside it

# Errors of a session
said-journal-call-failed = The call failed
said-journal-refused-because = { $action } was refused: { $why }
said-journal-failed-because = { $action } failed: { $why }
said-journal-other-calls = Other failed calls
said-journal-other-problems = Other problems
said-journal-refused-actions = Actions refused
said-journal-failed-actions = Actions that failed

# Courses
said-journal-plot-score = Score
said-journal-plot-cycle = Cycle time
said-journal-plot-first-token = Time to first token
said-journal-plot-tokens = Tokens a second
said-journal-plot-waiting = Waiting for its turn
said-journal-plot-errors = Errors by cause

# Why a decision is worth reading; several reasons stand one after the other
said-journal-dearest = the dearest decision: { $points } points
said-journal-dearest-searched = the dearest decision: { $points } points, as far as it was searched
said-journal-dearest-and = the dearest decision: { $points } points; { $more }
said-journal-dearest-searched-and = the dearest decision: { $points } points, as far as it was searched; { $more }
said-journal-second = the second dearest decision: { $points } points
said-journal-second-searched = the second dearest decision: { $points } points, as far as it was searched
said-journal-second-and = the second dearest decision: { $points } points; { $more }
said-journal-second-searched-and = the second dearest decision: { $points } points, as far as it was searched; { $more }
said-journal-third = the third dearest decision: { $points } points
said-journal-third-searched = the third dearest decision: { $points } points, as far as it was searched
said-journal-third-and = the third dearest decision: { $points } points; { $more }
said-journal-third-searched-and = the third dearest decision: { $points } points, as far as it was searched; { $more }
said-journal-said-no = a person said no
said-journal-said-no-and = a person said no; { $more }
said-journal-said-no-word = a person said no: { $word }
said-journal-said-no-word-and = a person said no: { $word }; { $more }
said-journal-only = the only decision
said-journal-only-and = the only decision; { $more }
said-journal-first = the first decision
said-journal-first-and = the first decision; { $more }
said-journal-last = the last decision before the end
said-journal-last-and = the last decision before the end; { $more }
said-journal-by-rules = no model named anything possible, so rules decided
said-journal-by-rules-and = no model named anything possible, so rules decided; { $more }
said-journal-divided = the experts did not agree: they named { $count } different actions
