# Wie Kindprozesse beginnen und enden, was der Wächter sagt, und warum das Journal nicht nutzbar ist.

# Ein Prozess, der nicht begann.
said-process-not-started = { $name } konnte nicht gestartet werden
said-process-no-program = Ein Programm { $program } gibt es nicht
said-process-install-it = Es installieren oder den Befehl in den Einstellungen berichtigen
said-process-no-folder = Einen Ordner { $folder } gibt es nicht
said-process-correct-the-folder = Den Ordner in den Einstellungen berichtigen
said-process-may-not-run = { $program } darf nicht ausgeführt werden
said-process-make-executable = Die Datei ausführbar machen oder den Befehl berichtigen
said-process-try-in-a-terminal = Nachsehen, ob der Befehl in einem Terminal läuft
said-process-everything-ends = Alles wird gerade beendet
said-process-start-a-new-session = Eine neue Sitzung starten
said-process-no-number = das System gab ihm keine Nummer
said-process-no-number-of = { $program }: das System gab ihm keine Nummer
said-process-asked-to-end = der Prozess wurde gebeten zu enden

# Wie ein Prozess endete, und was dahinter in derselben Zeile stehen kann.
said-process-let-go = wurde gewaltsam beendet, weil ihn niemand mehr brauchte
said-process-let-go-and = wurde gewaltsam beendet, weil ihn niemand mehr brauchte; { $more }
said-process-had-ended = war von selbst beendet
said-process-had-ended-plainly-and = war von selbst beendet; { $more }
said-process-had-ended-how = war von selbst beendet, { $how }
said-process-had-ended-how-and = war von selbst beendet, { $how }; { $more }
said-process-rest-asked = war von selbst beendet, { $how }; was er gestartet hatte, endete auf Bitte
said-process-rest-asked-and = war von selbst beendet, { $how }; was er gestartet hatte, endete auf Bitte; { $more }
said-process-rest-forced = war von selbst beendet, { $how }; was er gestartet hatte, { $forced }
said-process-input-closed = endete, als seine Eingabe geschlossen wurde
said-process-input-closed-and = endete, als seine Eingabe geschlossen wurde; { $more }
said-process-ended-when-asked = endete auf Bitte
said-process-ended-when-asked-and = endete auf Bitte; { $more }
said-process-ignored = reagierte auf keine Bitte und wurde nach { $seconds } s gewaltsam beendet
said-process-ignored-and = reagierte auf keine Bitte und wurde nach { $seconds } s gewaltsam beendet; { $more }
said-process-ignored-hurry = reagierte auf keine Bitte und wurde, weil die Zeit knapp war, schon nach { $seconds } s gewaltsam beendet
said-process-ignored-hurry-and = reagierte auf keine Bitte und wurde, weil die Zeit knapp war, schon nach { $seconds } s gewaltsam beendet; { $more }
said-process-not-asked = wurde ohne Bitte gewaltsam beendet, weil dafür Zeit oder Mittel fehlten
said-process-not-asked-and = wurde ohne Bitte gewaltsam beendet, weil dafür Zeit oder Mittel fehlten; { $more }
said-process-with-code = mit Code { $code }
said-process-by-signal = durch Signal { $signal }
said-process-untold-how = auf eine Weise, die das System nicht nennt
said-process-last-words = seine letzten Worte: { $words }
said-process-last-words-and = seine letzten Worte: { $words }; { $more }
said-process-left-behind = zurückgelassen und gewaltsam beendet: { $names }
said-process-left-behind-and = zurückgelassen und gewaltsam beendet: { $names }; { $more }
said-process-unread = { $size } seiner Ausgabe hat niemand gelesen
said-process-unread-and = { $size } seiner Ausgabe hat niemand gelesen; { $more }
said-process-still-there = noch da: { $names }
said-process-still-there-and = noch da: { $names }; { $more }
said-process-still-there-number = noch da: Prozess { $number }
said-process-still-there-number-and = noch da: Prozess { $number }; { $more }
said-process-group-untold = ob etwas seine Gruppe verlassen hat, ist hier nicht festzustellen
said-process-kin = { $program } (Prozess { $number })
said-process-kin-and = { $program } (Prozess { $number }), { $more }
said-process-nameless = ein Programm ohne Namen
said-process-nameless-kin = ein Programm ohne Namen (Prozess { $number })

# Was ein früherer Lauf zurückließ, und der Wächter.
said-process-no-mark = es ist nicht aufgeschrieben, woran es zu erkennen ist
said-process-there-after-killing = noch da, obwohl gewaltsam beendet: { $names }
said-process-same-untold = dieses System sagt nicht, ob Prozess { $number } noch der gestartete ist; danach suchen und ihn beenden
said-process-not-by-itself = er endete nicht von selbst
said-process-does-not-listen = er hört nicht mehr zu
said-process-key-still-down = { $key } ist noch gedrückt: { $why }
said-process-release-panicked = das Loslassen brach mit einem Fehler ab
said-process-may-still-run = { $name } läuft vielleicht noch: { $why }

# Das Journal, als Überschrift.
said-process-journal-unusable = Das Journal ist nicht nutzbar
said-process-journal-unusable-advice = Nachsehen, ob mit dem Laufwerk alles stimmt und die Datei an ihrem Platz ist, dann Singularis neu starten
said-process-journal-full = Für das Journal ist kein Platz mehr
said-process-journal-full-advice = Auf dem Laufwerk Platz schaffen; was vorher geschrieben wurde, bleibt erhalten
said-process-journal-read-only = Das Journal kann nicht geschrieben werden
said-process-journal-read-only-advice = Die Datei und ihren Ordner beschreibbar machen oder SINGULARIS_HOME auf einen beschreibbaren Ordner setzen
said-process-journal-locked = Ein anderes Programm hält das Journal fest
said-process-journal-locked-advice = Das andere Programm schließen, etwa ein zweites Singularis oder einen Datenbank-Betrachter, und erneut versuchen
said-process-journal-damaged = Das Journal ist beschädigt oder kein Journal
said-process-journal-damaged-advice = Die Datei wegräumen, um ein neues zu beginnen, oder eine heile Kopie zurücklegen; sie blieb, wie sie war
said-process-journal-newer = Das Journal stammt von einer neueren Version von Singularis
said-process-journal-newer-detail = es hat Version { $found }, bekannt ist hier bis { $known }
said-process-journal-newer-advice = Das neuere Singularis verwenden oder SINGULARIS_HOME auf einen anderen Ordner setzen; die Datei blieb, wie sie ist
said-process-journal-missing = Noch gibt es kein Journal
said-process-journal-missing-advice = Eine Sitzung starten; alles, was darin geschieht, wird dort aufbewahrt
said-process-journal-older = Das Journal stammt von einer älteren Version von Singularis
said-process-journal-older-detail = es hat Version { $found }, nötig ist hier { $known }
said-process-journal-older-advice = Jedes ältere Singularis schließen und dieses Fenster einmal öffnen; das bringt das Journal auf den neuen Stand
said-process-journal-ambiguous = Mehrere Sitzungen beginnen so
said-process-journal-ambiguous-advice = Mehr Buchstaben vom Namen der Sitzung angeben
said-process-journal-no-session = Das Journal hat diese Sitzung nicht
said-process-journal-no-session-advice = In der Liste der Sitzungen nachsehen; vielleicht wurde sie entfernt, um Platz zu schaffen
said-process-journal-no-answer = Das Journal antwortet nicht
said-process-journal-no-answer-detail = innerhalb von { $seconds } s kam nichts zurück
said-process-journal-no-answer-advice = Nachsehen, ob mit dem Laufwerk alles stimmt; was inzwischen geschieht, wird gehalten und später geschrieben
said-process-journal-closed = Das Journal ist geschlossen, also wurde nichts gelesen oder geschrieben
said-process-journal-closed-advice = Singularis neu starten, damit wieder etwas behalten wird
said-process-journal-sqlite-code = { $words } (SQLite-Code { $code })

# Dasselbe in einem Satz, wie im Zertifikat.
said-process-journal-unusable-file = das Journal ist nicht nutzbar: { $words }: { $path }
said-process-journal-full-file = für das Journal ist kein Platz mehr: { $words }: { $path }
said-process-journal-read-only-file = das Journal kann nicht geschrieben werden: { $words }: { $path }
said-process-journal-locked-file = ein anderes Programm hält das Journal fest: { $words }: { $path }
said-process-journal-damaged-file = das Journal ist beschädigt oder kein Journal: { $words }: { $path }
said-process-journal-newer-file = das Journal stammt von einer neueren Version ({ $found } statt { $known }): { $path }
said-process-journal-missing-file = noch gibt es kein Journal: { $path }
said-process-journal-older-file = das Journal stammt von einer älteren Version ({ $found } statt { $known }): { $path }
said-process-journal-ambiguous-name = mehrere Sitzungen beginnen mit { $beginning }
said-process-journal-no-session-name = das Journal hat keine Sitzung { $session }
said-process-journal-no-answer-within = das Journal antwortete nicht innerhalb von { $seconds } s
said-process-journal-is-closed = das Journal ist geschlossen
