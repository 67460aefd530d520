# Was das Journal über aufbewahrte Sitzungen sagt.

# Was im Gang war, als eine Sitzung abbrach
said-journal-had-not-answered = { $model }, gefragt als { $role }, hatte nicht geantwortet
said-journal-had-begun = { $action } war begonnen, und was daraus wurde, ist nicht bekannt
said-journal-was-waiting = { $action } wartete auf ein Ja oder Nein

# Was nicht aufbewahrt ist
said-journal-end-not-kept = das Ende der Sitzung ist nicht aufgezeichnet: { $why }
said-journal-record-not-kept = 1 Aufzeichnung der Sitzung ist nicht aufbewahrt: { $why }
said-journal-records-not-kept = { $count } Aufzeichnungen der Sitzung sind nicht aufbewahrt: { $why }
said-journal-record-lost = { $why }; 1 Aufzeichnung ist verloren
said-journal-records-lost = { $why }; { $count } Aufzeichnungen sind verloren
said-journal-held-up = ein anderes Programm liest oder schreibt es, deshalb steht ein Teil noch daneben in der Datei, die auf -wal endet

# Fehler einer Sitzung
said-journal-call-failed = Der Aufruf ist gescheitert
said-journal-refused-because = { $action } wurde abgelehnt: { $why }
said-journal-failed-because = { $action } ist gescheitert: { $why }
said-journal-other-calls = Andere gescheiterte Aufrufe
said-journal-other-problems = Andere Probleme
said-journal-refused-actions = Abgelehnte Aktionen
said-journal-failed-actions = Gescheiterte Aktionen

# Verläufe
said-journal-plot-score = Punktestand
said-journal-plot-cycle = Dauer eines Schritts
said-journal-plot-first-token = Zeit bis zum ersten Token
said-journal-plot-tokens = Token pro Sekunde
said-journal-plot-waiting = Warten in der Schlange
said-journal-plot-errors = Fehler nach Ursache

# Warum eine Entscheidung lesenswert ist; mehrere Gründe stehen hintereinander
said-journal-dearest = die teuerste Entscheidung: { $points } Punkte
said-journal-dearest-searched = die teuerste Entscheidung: { $points } Punkte, soweit gesucht wurde
said-journal-dearest-and = die teuerste Entscheidung: { $points } Punkte; { $more }
said-journal-dearest-searched-and = die teuerste Entscheidung: { $points } Punkte, soweit gesucht wurde; { $more }
said-journal-second = die zweitteuerste Entscheidung: { $points } Punkte
said-journal-second-searched = die zweitteuerste Entscheidung: { $points } Punkte, soweit gesucht wurde
said-journal-second-and = die zweitteuerste Entscheidung: { $points } Punkte; { $more }
said-journal-second-searched-and = die zweitteuerste Entscheidung: { $points } Punkte, soweit gesucht wurde; { $more }
said-journal-third = die drittteuerste Entscheidung: { $points } Punkte
said-journal-third-searched = die drittteuerste Entscheidung: { $points } Punkte, soweit gesucht wurde
said-journal-third-and = die drittteuerste Entscheidung: { $points } Punkte; { $more }
said-journal-third-searched-and = die drittteuerste Entscheidung: { $points } Punkte, soweit gesucht wurde; { $more }
said-journal-said-no = ein Mensch hat Nein gesagt
said-journal-said-no-and = ein Mensch hat Nein gesagt; { $more }
said-journal-said-no-word = ein Mensch hat Nein gesagt: { $word }
said-journal-said-no-word-and = ein Mensch hat Nein gesagt: { $word }; { $more }
said-journal-only = die einzige Entscheidung
said-journal-only-and = die einzige Entscheidung; { $more }
said-journal-first = die erste Entscheidung
said-journal-first-and = die erste Entscheidung; { $more }
said-journal-last = die letzte Entscheidung vor dem Ende
said-journal-last-and = die letzte Entscheidung vor dem Ende; { $more }
said-journal-by-rules = kein Modell nannte etwas Mögliches, also entschieden Regeln
said-journal-by-rules-and = kein Modell nannte etwas Mögliches, also entschieden Regeln; { $more }
said-journal-divided = die Experten waren uneinig und nannten { $count } verschiedene Aktionen
