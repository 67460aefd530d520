# Werkzeug-Server: ihre Seite und was anderswo von ihnen gesagt wird.

servers-none-yet = Noch kein Werkzeug-Server
servers-add-one = Werkzeug-Server hinzufügen
servers-what-one-is = Ein Werkzeug-Server (MCP) bietet Werkzeuge an: einen Browser, Dateien, einen Laden. Ist er hinzugefügt und geprüft, können Sitzungen ihn als Umgebung wählen; seine Werkzeuge sind dann, was der Agent tun kann
servers-own-program = Eigenes Programm…
servers-own-address = Adresse…
servers-look-elsewhere = In anderen Programmen suchen
servers-known = Bekannte Server
servers-add = { $name } hinzufügen
servers-say-first = Zuerst angeben, was er braucht
servers-add-a-server = Server hinzufügen…
servers-back = Zurück
servers-all = Alle Server

servers-playwright = Öffnet Webseiten in einem eigenen Browser, liest sie, klickt und tippt. Braucht Node.js. Bilder und Downloads landen in dem Ordner, in dem er gestartet wird.
servers-files = Dateien
servers-files-about = Liest und schreibt Dateien in einem Ordner und allem, was darunter liegt. Braucht Node.js.
servers-files-needs = Der Ordner, den er benutzen darf
servers-memory = Gedächtnis
servers-memory-about = Behält Tatsachen und ihre Zusammenhänge in einer Datei, auch zwischen Sitzungen. Braucht Node.js.
servers-memory-needs = Die Datei, in der er sich erinnert
servers-git = Liest und ändert ein Git-Repository. Braucht Git und uv, das ihn holt.
servers-git-needs = Der Ordner des Repositorys
servers-fetch = Holt Webseiten als Text. Braucht uv, das ihn holt.

servers-test = Prüfen
servers-is-tested-already = Er wird gerade geprüft
servers-tested-while-idle = Server werden geprüft, solange keine Sitzung läuft
servers-last-test-failed = Die letzte Prüfung ist gescheitert
servers-being-tested = Wird geprüft
servers-not-tested = Noch nicht geprüft
servers-answered = { $tools ->
    [one] 1 Werkzeug, Antwort nach { $took }
   *[other] { $tools } Werkzeuge, Antwort nach { $took }
}
servers-switched-off = Ausgeschaltet
servers-may-be-used = Sitzungen dürfen { $name } benutzen

servers-started-in = Gestartet in { $folder }
servers-its-variables = Variablen: { $names }
servers-its-headers = Kopfzeilen: { $names }
servers-in-keychain = { $name } (im Schlüsselbund)
servers-edit = Bearbeiten
servers-remove = Entfernen
servers-use = In der nächsten Sitzung benutzen
servers-is-used = Die nächste Sitzung benutzt ihn
servers-is-off = Er ist ausgeschaltet
servers-will-be-forgotten = „{ $name }“ und was der Schlüsselbund dafür aufbewahrt, wird hier vergessen
servers-remove-it = „{ $name }“ entfernen
servers-keep-it = Behalten
servers-allowed = Für immer erlaubt
servers-allowed-means = Sitzungen rufen sie auf, ohne einen Menschen zu fragen
servers-ask-again = Bei { $tool } wieder fragen

servers-column-tool = Werkzeug
servers-column-harm = Schaden
servers-column-sessions = Sitzungen
servers-column-does = Was es tut
servers-protocol = Protokoll { $protocol }; neben Werkzeugen: { $can }
servers-nothing = nichts
servers-took = Verbunden nach { $connected }, Werkzeuge genannt nach { $listed }, beendet nach { $closed }
servers-tools-offered = Werkzeuge ({ $offered } von { $all } angeboten)
servers-worst-is-thought = Sagt ein Werkzeug nicht, wie viel Schaden es anrichten kann, wird das Schlimmste angenommen
servers-left-out = Ausgelassen: { $what }
servers-offered = angeboten
servers-not-offered = nicht angeboten
servers-last-errors = Letzte Zeilen seiner Fehlerausgabe
servers-risk-looks = sieht nur hin
servers-risk-changes = ändert etwas
servers-risk-loses = kann etwas verlieren
servers-risk-beyond = reicht nach außen
servers-risk-unsaid = { $risk } (nicht gesagt)
servers-tool-offered = { $name }, { $risk }, wird Sitzungen angeboten
servers-tool-kept-back = { $name }, { $risk }, wird nicht angeboten
servers-tool-offered-unsaid = { $name }, { $risk }, weil der Server nicht sagt, was es kann, wird Sitzungen angeboten
servers-tool-kept-back-unsaid = { $name }, { $risk }, weil der Server nicht sagt, was es kann, wird nicht angeboten
servers-tool-about = { $tool }: { $about }

servers-of-others = Server anderer Programme
servers-look-again = Erneut suchen
servers-only-read = Ihre Dateien werden nur gelesen; was hinzukommt, wird in eine Datei dieses Programms kopiert
servers-looking = Wird gesucht
servers-not-looked = Noch nicht gesucht
servers-none-elsewhere = Kein anderes Programm hat hier eine Datei mit Werkzeug-Servern. Von Hand lässt sich einer hinzufügen
servers-none-there = Es hat keine Werkzeug-Server
servers-there-already = schon da

servers-edit-it = { $name } bearbeiten
servers-one-of-your-own = Eigener Werkzeug-Server
servers-name = Name
servers-name-hint = wie Sitzungen ihn nennen
servers-program = Ein Programm auf diesem Rechner
servers-program-means = Es wird für jede Sitzung gestartet und mit ihr beendet
servers-address = Eine Adresse
servers-address-means = Der Server läuft schon, hier oder anderswo, und wird über HTTP angesprochen
servers-command = Befehl
servers-folder = Ordner, in dem er gestartet wird
servers-folder-hint = der eigene Ordner
servers-variables = Variablen
servers-variables-hint = NAME=WERT, eine je Zeile
servers-url = Adresse
servers-headers = Kopfzeilen
servers-headers-hint = Name: Wert, eine je Zeile
servers-value-in-keychain = { $name }: im Schlüsselbund
servers-kept-safe = Ein Wert, der wie ein Geheimnis aussieht, etwa ein Schlüssel oder Token, kommt in den Schlüsselbund dieses Systems und in keine Datei; { $variable } steht für eine Umgebungsvariable dieses Programms
servers-save-and-test = Speichern und prüfen
servers-still-missing = Es fehlt noch etwas
servers-save = Speichern
servers-cancel = Abbrechen
servers-several-lines = (mehrere Zeilen, bleiben, wie sie sind)

servers-as-an-environment = Als Umgebung
servers-extras-may-stay = Hier darf alles bleiben, wie es ist: Dann werden alle Werkzeuge angeboten, und gesehen wird das letzte Ergebnis
servers-look-tool = Werkzeug zum Hinsehen
servers-look-arguments = Argumente zum Hinsehen
servers-begin-tool = Werkzeug zum Beginnen
servers-begin-arguments = Argumente zum Beginnen
servers-tool-hint = sein Name; leer für keines
servers-arguments-hint = ein JSON-Objekt; leer für keine
servers-score-stands = Wo der Punktestand steht
servers-end-stands = Wo steht, dass es vorbei ist
servers-actions-stand = Wo die möglichen Aktionen stehen
servers-action-tool = Werkzeug für eine mögliche Aktion
servers-empty-for-whole-calls = leer, wenn jede ein ganzer Aufruf ist
servers-action-argument = Sein Argument
servers-only-tools = Nur diese Werkzeuge
servers-never-tools = Diese Werkzeuge nie
servers-names-with-commas = Namen, durch Kommas getrennt
servers-ask-before = Fragen vor
servers-greeting = Erstes Wort
servers-greeting-initialize = eine Begrüßung, wie fast alle Server sie wollen
servers-greeting-discover = die Frage, was er spricht, für das neueste Protokoll
servers-answers-with-defaults = Seine Fragen mit deren eigenen Vorgaben beantworten
servers-answers-otherwise = Hat eine Frage nicht für alles Nötige eine Vorgabe oder ist dies aus, wird sie abgelehnt: Niemand stimmt an Stelle eines Menschen zu
servers-seconds-to-start = Sekunden, bis er gestartet ist und seine Werkzeuge genannt hat
servers-seconds-without-a-sign = Sekunden ohne Lebenszeichen während eines Aufrufs
servers-seconds-for-a-call = Sekunden für einen ganzen Aufruf
servers-letters-of-a-result = Zeichen eines Ergebnisses für die Modelle

servers-wrong-no-name = Es fehlt ein Name
servers-wrong-long-name = So kann er nicht heißen: Der Name hat mehr als { $letters } Zeichen
servers-wrong-unseen-name = So kann er nicht heißen: Der Name hat Zeichen, die man nicht sieht
servers-wrong-name-taken = Einen Server namens { $name } gibt es schon; anderen Namen wählen
servers-wrong-no-command = Es fehlt der Befehl, der ihn startet
servers-wrong-open-quotation = Ein Anführungszeichen im Befehl ist nicht geschlossen
servers-wrong-address = Es fehlt eine Adresse, die mit http:// oder https:// beginnt
servers-wrong-variable = Zeile { $line } der Variablen hat nicht die Form NAME=WERT
servers-wrong-header = Zeile { $line } der Kopfzeilen hat nicht die Form Name: Wert
servers-wrong-variable-twice = Zeile { $line } der Variablen nennt { $name } noch einmal
servers-wrong-header-twice = Zeile { $line } der Kopfzeilen nennt { $name } noch einmal
servers-wrong-score = Wo der Punktestand steht, wird so geschrieben: /{ $pointer }
servers-wrong-end = Wo das Ende steht, wird so geschrieben: /{ $pointer }
servers-wrong-actions = Wo die möglichen Aktionen stehen, wird so geschrieben: /{ $pointer }
servers-wrong-look = Die Argumente des Aufrufs zum Hinsehen sind kein JSON-Objekt
servers-wrong-begin = Die Argumente des Aufrufs zum Beginnen sind kein JSON-Objekt
servers-wrong-kept-elsewhere = { $names } liegt unter dem alten Namen im Schlüsselbund; hier neu eingeben
servers-no-object = Das ist kein JSON-Objekt wie { $example }: { $why }

servers-call-under-way = läuft
servers-call-done = erledigt
servers-call-rejected = abgelehnt, nichts ist geschehen
servers-call-failed = gescheitert
servers-call-uncertain = unklar, vielleicht ist es geschehen
servers-letters-more = { $letters ->
    [one] und 1 weiteres Zeichen; alles wird mit der Sitzung aufbewahrt
   *[other] und { $letters } weitere Zeichen; alles wird mit der Sitzung aufbewahrt
}
servers-the-world = Eingebaute Welt
servers-the-desktop = Desktop
servers-tools-of = Werkzeuge von { $name }
servers-start-in-the-world = „Starten“: Der Agent bricht in der eingebauten Welt auf
servers-start-live = „Starten“: Nach Kalibrierung und Countdown nutzt der Agent Tasten und Maus
servers-start-dry = „Starten“: Der Agent sieht den Bildschirm an und zeigt, was er tun würde
servers-start-with-tools = „Starten“: Der Agent arbeitet mit den Werkzeugen von { $name }
servers-tools = { $tools ->
    [one] 1 Werkzeug
   *[other] { $tools } Werkzeuge
}
servers-score = Punktestand { $score }
