# Was ein Mensch gefragt wird, was den Agenten anhält, wie er denkt, und der Desktop in wenigen Worten.

# Warum eine Sitzung stillsteht. Was ein Budget, eine Bremse oder die Aufzeichnung selbst sagt, steht nach „Pausiert:“.
asked-paused-by-person = Jemand hat auf „Pause“ gedrückt
asked-paused = Auf Wunsch pausiert
asked-paused-why = Pausiert: { $why }
asked-paused-one-decision = Eine Entscheidung ist ausgeführt
asked-paused-budget = Das Budget ist aufgebraucht
asked-paused-yielded = Maus oder Tastatur wurden selbst benutzt

asked-breaker-same-action = Dieselbe Aktion wurde immer wieder versucht, ohne Wirkung
asked-breaker-no-change = Viele Schritte nacheinander haben nichts verändert
asked-breaker-same-error = Derselbe Fehler kam immer wieder
asked-breaker-time = Die gewährte Zeit ist vorbei

# Was das Fortsetzen nach einer Pause heißt.
asked-outlook = Bis es weitergeht, wird nichts Neues gefragt oder getan
asked-outlook-budget = Bis es weitergeht, wird nichts Neues gefragt oder getan; „Weiter“ gewährt noch einmal so viel
asked-outlook-breaker = Bis es weitergeht, wird nichts Neues gefragt oder getan; ein anderer Plan sagt den Modellen, was sie stattdessen versuchen sollen
asked-outlook-not-recorded = Bis es weitergeht, wird nichts Neues gefragt oder getan; was noch nicht gesichert ist, bleibt im Speicher und wird erneut versucht
asked-outlook-yielded = Alle Tasten sind losgelassen; bis es weitergeht, wird nichts Neues gefragt oder getan, es eilt also nicht

# Wie viel Schaden eine Aktion anrichten kann.
asked-risk-read-only = Sieht nur hin
asked-risk-safe = Ändert nur diese Umgebung
asked-risk-destructive = Kann etwas endgültig verlieren
asked-risk-open-world = Reicht über diese Umgebung hinaus

# Wer eine Aktion will, und warum.
asked-wanted = Entschieden durch { $by }, veranlasst von der Schleife „{ $ordered_by }“: { $because }
asked-wanted-without-reason = Entschieden durch { $by }, veranlasst von der Schleife „{ $ordered_by }“; ein Grund wurde nicht genannt

asked-loop-perception = Wahrnehmung
asked-loop-reasoning = Denken
asked-loop-action = Handeln
asked-loop-reflex = Reflex
asked-loop-exploration = Erkundung nebenher
asked-loop-learning = Lernen
asked-loop-narration = Erzählen

# Hinter „Vorher fragen“.
asked-from-everything = bei jeder Aktion, auch wenn sie nur hinsieht
asked-from-changes = bei allem, was etwas ändert
asked-from-destructive = bei Endgültigem und über die Umgebung hinaus
asked-from-open-world = nur bei dem, was über die Umgebung hinausreicht
asked-from-nothing = nie: Der Agent handelt von selbst

# Denkweisen.
asked-way-single = Ein Modell
asked-way-local-experts = Lokale Experten
asked-way-self-experts = Ein Modell, mehrere Meinungen
asked-way-cloud-experts = Cloud-Experten
asked-way-hybrid = Hybrid
asked-way-parallel = Parallel
asked-way-heuristic = Nur Regeln

asked-difficulty-easy = Leicht: { $turns } Runden
asked-difficulty-normal = Normal: { $turns } Runden
asked-difficulty-hard = Schwer: { $turns } Runden

# Vor einer Aktion, die nicht einfach getan wurde.
asked-effect-rejected = { "abgelehnt: " }
asked-effect-failed = { "gescheitert: " }
asked-effect-uncertain = { "unklar: " }

# Der Desktop.
asked-desktop-screen = Der ganze Bildschirm
asked-desktop-monitor-gone = Monitor { $name }, jetzt nicht zu sehen
asked-desktop-window-gone = Das Fenster mit { $title } im Titel, jetzt nicht zu sehen
asked-desktop-no-profile = Keins: Jede Taste darf benutzt werden
asked-desktop-profile-gone = { $name }, jetzt nicht vorhanden
asked-desktop-aimed = { $hit } von { $targets } Zielen getroffen, { $off } px daneben
asked-desktop-dry = Probelauf: Nichts wird gesendet
asked-desktop-live = Live: Tastatur und Maus werden wirklich benutzt
asked-desktop-live-stop = Live: Tastatur und Maus werden wirklich benutzt; { $stop } beendet es
asked-desktop-looks = { $looks ->
    [one] 1 Blick, davon { $changes } mit etwas Neuem
   *[other] { $looks } Blicke, davon { $changes } mit etwas Neuem
}
asked-desktop-changed = { $share } neu beim letzten
asked-desktop-keys-of = Tasten von { $profile }

# Was eine Live-Sitzung tut, bevor sie beginnt.
asked-desktop-before = Tastatur und Maus werden nach einer Kalibrierung wirklich benutzt
asked-desktop-before-stop = Tastatur und Maus werden nach einer Kalibrierung wirklich benutzt; { $stop } beendet es
asked-desktop-before-countdown = Tastatur und Maus werden nach Kalibrierung und Countdown von { $seconds } s wirklich benutzt
asked-desktop-before-countdown-stop = Tastatur und Maus werden nach Kalibrierung und Countdown von { $seconds } s wirklich benutzt; { $stop } beendet es
