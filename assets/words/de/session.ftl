# Die Spalte neben der Szene: wie eine Sitzung endete, die Entscheidung, was sie kostete, Verläufe, Schritte, Schleifen,
# das Zertifikat.

# Wie die letzte Sitzung endete.
session-ended-stopped = Auf Wunsch beendet, { $steps }
session-ended-finished = Die Episode ist vorbei, { $steps }
session-ended-goal-reached = Das Ziel ist erreicht, { $steps }
session-ended-limit-reached = Die Grenze ist erreicht, { $steps }
session-ended-failed = Die Sitzung ist gescheitert, { $steps }
session-ended-with-score = { $ended }, Punktestand { $score }
session-show-last = Letzte Sitzung zeigen
session-prepare-next = Nächste Sitzung planen
session-written = Der Bericht liegt in { $place }
session-nothing-sent = Nichts hat diesen Rechner verlassen
session-sent = { $requests ->
    [one] An { $host } gesendet von { $purpose }: { $sent } in 1 Anfrage
   *[other] An { $host } gesendet von { $purpose }: { $sent } in { $requests } Anfragen
}
session-spent = Ausgegeben: { $spent }
session-decisions-cost = Die Entscheidungen: { $cost }

# Die Entscheidung.
session-decision = Entscheidung
session-no-decision = Hier erscheint die erste Entscheidung
session-decided-at = Schritt { $step }, { $took }
session-decided-after = nach { $took }
session-no-reason = Kein Grund angegeben
session-decided-by = Entschieden durch { $by }
session-followed = Rat, der befolgt wurde
session-not-followed = Rat, der nicht befolgt wurde
session-proposal = { $title }: { $proposed }
session-why = Warum?
session-why-step = Warum Schritt { $step }?
session-why-later = Die Gründe sind da, sobald sie ausgeführt ist

# Was eingeklappt werden kann.
session-cost = Was es kostete
session-being-judged = Die erste Entscheidung wird noch bewertet
session-courses = Verläufe
session-courses-time = Schritte aneinandergereiht, ohne Pausen
session-course-score = Punktestand
session-course-points = Punkte
session-course-time = Zeit für einen Schritt
session-steps = Schritte
session-step-refused = abgelehnt: { $action }
session-step-failed = gescheitert: { $action }
session-step-unclear = unklar: { $action }
session-loops = Schleifen
session-loop-working = arbeitet, Durchlauf { $cycles }
session-loop-waiting = wartet, Durchlauf { $cycles }
session-loop-ended = beendet, Durchlauf { $cycles }
session-loop-perception = Wahrnehmung
session-loop-reasoning = Denken
session-loop-action = Handeln
session-loop-reflex = Reflex
session-loop-exploration = Erkundung nebenher
session-loop-learning = Lernen
session-loop-narration = Erzählen

# Das Zertifikat.
session-certificate = Zertifikat
session-all-closed = alles beendet nach { $ms } ms
session-proof-complete = Alles ist beendet
session-proof-partial = Hier ist alles beendet; was markiert ist, ließ sich nicht prüfen
session-proof-broken = Nicht alles endete, wie es sollte
session-gate = Nach { $ms } ms konnte nichts Neues mehr beginnen
session-still-open = Noch offen: { $loops ->
    [one] 1 Schleife
   *[other] { $loops } Schleifen
}, { $requests ->
    [one] 1 Anfrage
   *[other] { $requests } Anfragen
}, { $connections ->
    [one] 1 Verbindung
   *[other] { $connections } Verbindungen
}, { $processes ->
    [one] 1 Kindprozess
   *[other] { $processes } Kindprozesse
}, { $keys ->
    [one] 1 Taste
   *[other] { $keys } Tasten
}
session-still-open-uncounted = Noch offen: { $loops ->
    [one] 1 Schleife
   *[other] { $loops } Schleifen
}, { $requests ->
    [one] 1 Anfrage
   *[other] { $requests } Anfragen
}, Verbindungen hier nicht gezählt, { $processes ->
    [one] 1 Kindprozess
   *[other] { $processes } Kindprozesse
}, { $keys ->
    [one] 1 Taste
   *[other] { $keys } Tasten
}
session-item-closed = beendet, { $ms } ms
session-item-aborted = abgebrochen, { $ms } ms
session-item-failed = gescheitert, { $ms } ms
session-item-not-verifiable = nicht prüfbar, { $ms } ms
session-item-loop = Schleife { $name }
session-item-request = Anfrage { $name }
session-item-environment = Umgebung { $name }
session-item-key = Taste { $name }
session-item-child = Kindprozess { $name }
session-item-client = Client { $name }
session-item-journal = Aufzeichnung { $name }
