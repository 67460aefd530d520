# Die Schale: Leiste, Kopf, Statuszeile, Meldungen.

# The rail.

shell-setup = Einrichtung
shell-run = Lauf
shell-experts = Experten
shell-learning = Lernen
shell-models = Modelle
shell-servers = Server
shell-sessions = Sitzungen
shell-logs = Protokoll
shell-settings = Einstellungen
shell-colours-system = Farben wie im System
shell-colours-dark = Farben sind dunkel
shell-colours-light = Farben sind hell
shell-hint = { $meaning } ({ $keys })

# The header.

shell-start = Starten
shell-start-means = Startet eine Sitzung mit dieser Auswahl
shell-stop = Stopp
shell-stop-means = Beendet die Sitzung und alles, was sie begonnen hat
shell-pause = Pause
shell-pause-means = Nichts Neues wird gefragt oder getan, bis es weitergeht
shell-step = Schritt
shell-stopping = Wird gestoppt
shell-past-session = Eine frühere Sitzung wird gezeigt, nichts läuft
shell-only-shows = Dieses Fenster zeigt nur, was aufbewahrt ist
shell-starting = Startet: Es wird geprüft, ob alles da ist
shell-stopping-for = Wird gestoppt, es fehlt noch: { $names }
shell-demo-runs = Schritt { $step }, { $seconds } s, die Demo antwortet, kein Sprachmodell
shell-runs = Schritt { $step }, { $seconds } s, läuft
shell-paused = Schritt { $step }, { $seconds } s

# Why nothing can be started.

shell-not-idle = Eine Sitzung läuft, oder eine frühere wird gezeigt
shell-not-checked = Die Verbindung wurde noch nicht geprüft
shell-check-runs = Die Prüfung läuft noch

# What stands over every screen.

shell-read-only = Hier kann keine Sitzung gestartet werden: { $why }
shell-not-recorded = Diese Sitzung wird nicht aufgezeichnet: { $why }
shell-refused = Abgelehnt: { $what }
shell-under-way = { $words }, { $took }
shell-close-refusal = Diese Meldung schließen
shell-busy = Das Programm ist beschäftigt
shell-busy-advice = Gleich noch einmal versuchen
shell-not-carried-out = Nicht ausgeführt: { $order }

# The status bar.

shell-checking = Die Verbindung wird geprüft
shell-trouble = Störung: { $trouble }
shell-unchecked = Noch nicht geprüft
shell-answers-well = { $who } antwortet unter { $place }: alles in Ordnung
shell-answers-somehow = { $who } antwortet unter { $place }: eingeschränkt
shell-not-ready = Nicht bereit: { $place }
shell-not-recorded-shortly = Nicht aufgezeichnet: { $why }
shell-sent = An andere Rechner gesendet: { $bytes }
shell-spent = Ausgegeben: { $sum }
shell-waiting = Wartend: { $count }
shell-tokens = { $tokens } Token/s
shell-loading = { $model } wird geladen, { $seconds } s
shell-open-requests = Offene Anfragen: { $count }
shell-last-good-now = Letzte gute Antwort vor weniger als einer Minute
shell-last-good-seconds = Letzte gute Antwort vor { $seconds } s
shell-last-good-minutes = Letzte gute Antwort vor { $minutes } min
shell-commands = Befehle

# Messages.

shell-messages = Meldungen
shell-messages-new = Meldungen, { $count } neu
shell-messages-none = Noch keine Meldungen; Warnungen, Absagen und Bestätigungen stehen dann hier, bis das Programm endet
shell-messages-older = Ältere Meldungen
shell-messages-close = Meldungen schließen
shell-message-again = { $at }, { $count }-mal
shell-times = { $count }-mal
shell-toasts-more = { $count } weitere
shell-toast-more = Einzelheiten
shell-toast-close = Diese Meldung ausblenden
shell-saved-as = Gespeichert als { $place }
shell-copied = In die Zwischenablage kopiert
shell-session-stopped = { $count ->
    [one] Die Sitzung wurde beendet, nach 1 Schritt
   *[other] Die Sitzung wurde beendet, nach { $count } Schritten
}
shell-session-finished = { $count ->
    [one] Die Episode ist vorbei, nach 1 Schritt
   *[other] Die Episode ist vorbei, nach { $count } Schritten
}
shell-session-reached = { $count ->
    [one] Das Ziel ist erreicht, nach 1 Schritt
   *[other] Das Ziel ist erreicht, nach { $count } Schritten
}
shell-session-limited = { $count ->
    [one] Die Grenze ist erreicht, nach 1 Schritt
   *[other] Die Grenze ist erreicht, nach { $count } Schritten
}
shell-session-failed = { $count ->
    [one] Die Sitzung ist gescheitert, nach 1 Schritt
   *[other] Die Sitzung ist gescheitert, nach { $count } Schritten
}
