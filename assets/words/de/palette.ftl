# Die Befehlsliste, und wie Befehle und Tasten heißen.

palette-title = Befehle
palette-field = Was soll geschehen?
palette-field-hint = ein paar Buchstaben eines Befehls
palette-nothing = Kein Befehl enthält diese Buchstaben; weniger Buchstaben finden mehr
palette-key-control = Strg
palette-key-command = Cmd
palette-key-enter = Eingabe

# The session.

palette-start = Sitzung starten
palette-stop = Sitzung beenden
palette-pause = Sitzung pausieren
palette-go-on = Sitzung fortsetzen
palette-step = Schritt: eine Entscheidung zulassen
palette-approve = Wartende Aktion erlauben
palette-approve-for-session = Wartende Aktion für diese Sitzung erlauben
palette-reject = Wartende Aktion ablehnen
palette-change-plan = Plan ändern …
palette-prepare-next = Nächste Sitzung planen
palette-replay-play = Wiedergabe: abspielen
palette-replay-pause = Wiedergabe: anhalten
palette-replay-back = Wiedergabe: voriger Schritt
palette-replay-on = Wiedergabe: nächster Schritt
palette-replay-close = Wiedergabe schließen

# The window.

palette-show = Wechseln zu: { $screen }
palette-show-messages = Meldungen zeigen
palette-show-palette = Alle Befehle zeigen
palette-theme-system = Farben: wie im System
palette-theme-dark = Farben: dunkel
palette-theme-light = Farben: hell
palette-language-system = Sprache: wie im System
palette-language-english = Sprache: English
palette-language-german = Sprache: Deutsch
palette-move = Bewegung: ein
palette-do-not-move = Bewegung: aus
palette-notify = Benachrichtigungen des Systems: ein
palette-do-not-notify = Benachrichtigungen des Systems: aus
palette-zoom-in = Ansicht vergrößern
palette-zoom-out = Ansicht verkleinern
palette-zoom-back = Ansicht auf 100 %

# Servers, models and the desktop.

palette-check-again = Erneut prüfen
palette-check-patiently = Geduldig prüfen, mit mehr Zeit für Antworten
palette-prove-abilities = Alle Fähigkeiten der Modelle prüfen
palette-copy-report = Bericht der Prüfung kopieren
palette-try-demo = Demo ausprobieren
palette-leave-demo = Demo verlassen
palette-refresh-models = Modelllisten aktualisieren
palette-cancel-load = Laden des Modells abbrechen
palette-find-servers = Werkzeug-Server anderer Programme suchen
palette-test-server = Server { $server } prüfen
palette-look-at-desktop = Bildschirm erneut ansehen
palette-calibrate = Maus kalibrieren
palette-prepare-diagnostics = Diagnose für Hilfesuchende vorbereiten
