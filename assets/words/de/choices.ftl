# Was vor einer Sitzung gewählt wird.

choices-next = Nächste Sitzung
choices-open-setup = Einrichtung öffnen
choices-not-ready = Nicht bereit: { $why }
choices-not-ready-setup = Nicht bereit: { $why }. Unter „Einrichtung“ steht mehr, auch eine Demo
choices-not-ready-read-only = Nicht bereit: Dieses Fenster zeigt nur, was aufbewahrt ist
# Hinter „Nicht bereit:“.
choices-obstacle-server-gone = Den gewählten Werkzeug-Server gibt es nicht mehr
choices-obstacle-server-off = Der gewählte Werkzeug-Server ist ausgeschaltet
choices-obstacle-no-goal = Dem Agenten wurde nicht gesagt, was er tun soll

choices-environment = Umgebung
choices-environment-add = Server hinzufügen…

# Das Ziel, und wann es erreicht ist.
choices-goal-pick = Ziel auswählen
choices-goal-own = ein eigenes Ziel
choices-goal-points = So viele Punkte wie möglich
choices-goal-relic = Das Relikt nach Hause bringen
choices-goal-land = Das ganze Land sehen
choices-goal-gate = Das Tor „Barrow gate“ öffnen
choices-goal-enemies = Alle Feinde besiegen
choices-goal-gold = Reich werden
choices-goal-screen = Sagen, was auf dem Bildschirm ist
choices-goal-movement = Finden, was etwas bewegt
choices-goal-game = Ein Spiel erkunden
choices-goal-tools = Sich umsehen
choices-goal-page = Eine Seite lesen
choices-goal-files = Den Ordner beschreiben
choices-goal-memory = Das Gedächtnis aufräumen
choices-goal-commits = Die letzten Commits zusammenfassen
choices-goal = Ziel
choices-reached = Erreicht, wenn
choices-reached-open = Nichts wird verglichen: Die Sitzung läuft, bis ihre Episode vorbei ist oder jemand sie beendet
choices-reached-means = Die Sitzung endet mit Erfolg, sobald { $when } gilt
choices-reached-form = Eine Angabe, ein Vergleich und ein Wert, zum Beispiel { $example }
choices-reached-not-saved = Nicht gespeichert: { $why }

# Die Denkweisen, jede in einer kurzen Zeile.
choices-ways = Denkweise
choices-way-single = Ein Modell liest die Beobachtung und entscheidet
choices-way-local-experts = Experten antworten nebeneinander, ein Synthesizer entscheidet
choices-way-self-experts = Das Modell des Synthesizers äußert mehrere Meinungen und entscheidet dann
choices-way-cloud-experts = Sechs Experten von Gemini, drei von Claude; Claude entscheidet
choices-way-hybrid = Gemini sieht, Claude denkt, lokale Modelle stehen dahinter
choices-way-parallel = Cloud-Experten und Hybrid zugleich, mit Gewicht 0,6 und 0,4
choices-way-heuristic = Feste Regeln entscheiden, kein Modell wird gefragt

# Die eingebaute Welt.
choices-world = Welt
choices-seed = Startwert
choices-seed-meaning = Gleicher Startwert, gleiche Welt
choices-difficulty = Schwierigkeit
choices-world-waits = Die Welt wartet, während die Modelle denken
choices-turn = Sekunden für eine Runde und für eine Entscheidung
choices-turn-meaning = Was zu spät entschieden wird, zählt nicht, und die Runden sind verloren

# Der Desktop.
choices-desktop = Desktop
choices-desktop-look-again = Erneut hinsehen
choices-desktop-looking = Der Bildschirm wird gesucht
choices-desktop-source = Sieht auf
choices-desktop-show = Den Modellen den Bildschirm zeigen
choices-desktop-show-meaning = Aus: Sie lesen über ihn in Worten. Ein: Synthesizer und Experten bekommen Bilder; ihre Modelle müssen sehen können, und die Einrichtung prüft das dann
choices-desktop-profile = Tastenprofil
choices-desktop-dry = Probelauf
choices-desktop-dry-meaning = Nichts wird gesendet: Was der Agent tun würde, wird nur gezeigt
choices-desktop-live = Live
choices-desktop-countdown = Sekunden Countdown davor
choices-desktop-calibrate = Jetzt kalibrieren
choices-desktop-calibrate-meaning = Zeigt Ziele, klickt sie an und liest die Klicks zurück; solange nichts berühren
choices-desktop-is-calibrated = Es wird gerade kalibriert
choices-desktop-not-usable = Dafür ist ein Desktop nötig, der benutzt werden kann
choices-desktop-targets = Ziele werden gezeigt und angeklickt
choices-desktop-calibrates-itself = Eine Live-Sitzung kalibriert selbst, bevor sie beginnt; dies zeigt nur vorab, wie gut sie zielt

# Ein Werkzeug-Server.
choices-tools = Werkzeuge
choices-tools-gone = Es gibt ihn nicht mehr; eine andere Umgebung wählen oder ihn wieder hinzufügen
choices-tools-open-servers = Server öffnen
choices-tools-open = { $server } öffnen

# Lernen, Fragen an Menschen, und was einen Agenten anhält, der nicht vorankommt.
choices-care = Lernen und Vorsicht
choices-learn = Lernen, was Aktionen wert sind
choices-learn-meaning = Das Gelernte bleibt zwischen Sitzungen erhalten und wird den Modellen als Hinweis gezeigt
choices-ask-before = Vorher fragen
choices-breakers = Wenn es nicht vorangeht
choices-breakers-meaning = So oft nacheinander, und die Sitzung pausiert; 0 für nie
choices-breaker-same-action = mal dieselbe Aktion, ohne Wirkung
choices-breaker-no-change = Schritte, die nichts ändern
choices-breaker-same-error = mal dieselbe Art Fehler
choices-breaker-time = Minuten insgesamt, dann pausiert es
