# Der Bildschirm einer Sitzung: seine erste Zeile, die Schritte unter der Szene, die Experten.

run-goal = Ziel: { $goal }
run-no-goal = Kein Ziel angegeben
run-narrator-dropped = { $times ->
    [one] 1-mal nicht gefragt, weil andere beschäftigt waren
   *[other] { $times }-mal nicht gefragt, weil andere beschäftigt waren
}

# Die kürzeste Zeit zwischen zwei Entscheidungen.
run-pace = Zeit zwischen Entscheidungen
run-pace-later = Ab der nächsten Sitzung
run-pace-meaning = Die kürzeste Zeit zwischen zwei Entscheidungen, damit man folgen kann; eine Sitzung behält die, mit der sie begann
run-pace-none = ohne Warten
run-pace-seconds = { $seconds } s

# Die Schritte unter der Szene.
run-steps = Schritte dieser Sitzung
run-no-step = Hier erscheint der erste Schritt
run-step-done = Schritt { $step }: { $action }, getan, { $took }
run-step-refused = Schritt { $step }: { $action }, abgelehnt, { $took }
run-step-failed = Schritt { $step }: { $action }, gescheitert, { $took }
run-step-unclear = Schritt { $step }: { $action }, unklar, { $took }

# Die Experten.
run-experts = Was die Experten sagen
run-experts-busy = { $busy ->
    [0] Niemand ist beschäftigt
   *[other] { $busy } von { $count } beschäftigt
}
run-expert = Experte { $title }, { $state }: { $said }
run-expert-idle = untätig
run-expert-queued = wartet, bis er an der Reihe ist
run-expert-asked = wartet auf das erste Token
run-expert-thinking = denkt nach
run-expert-answering = antwortet
run-expert-done = fertig
run-expert-broken-off = abgebrochen
run-expert-failed = gescheitert
run-expert-speed = erstes Token { $first } ms, { $rate } Token/s
run-expert-speed-short = { $first } ms, { $rate } Token/s
run-expert-first-token = erstes Token { $first } ms
