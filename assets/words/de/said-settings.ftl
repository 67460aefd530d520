# Was die Einstellungen sagen: Warnungen beim Lesen, der Schlüsselbund, Vorlagen.

# Die Datei
said-settings-unread = Die Einstellungen konnten nicht gelesen werden, es gelten die Vorgaben: { $error }
said-settings-not-toml = Die Datei mit den Einstellungen ist kein TOML, es gelten die Vorgaben: { $error }
said-settings-newer = Die Einstellungen stammen von einer neueren Version ({ $found } statt { $known }); was bekannt ist, gilt
said-settings-unknown-section = Die Einstellungen haben einen Abschnitt [{ $name }], der hier nicht bekannt ist
said-settings-bad-section = Der Abschnitt [{ $name }] der Einstellungen ist nicht brauchbar, seine Vorgaben bleiben: { $error }
said-settings-kept-beside = Die ursprünglichen Einstellungen liegen neben den neuen, als settings.toml.kept
said-settings-not-kept = Die ursprünglichen Einstellungen konnten nicht aufbewahrt werden: { $error }
said-settings-no-folder = kein Ordner für Einstellungen ist bekannt; SINGULARIS_HOME auf einen setzen

# Unbrauchbare Werte
said-settings-zoom = Ein Zoom von { $zoom } liegt nicht zwischen 0,75 und 2,5, es gilt 1
said-settings-window = Ein Fenster von { $width } mal { $height } bei { $left }, { $top } lässt sich nicht zeigen, sein Ort wird vergessen
said-settings-limit = Die Grenze { $name } = { $value } ist nicht brauchbar, es gelten { $seconds } Sekunden
said-settings-role-endpoint = Die Rolle { $name } nennt den Endpunkt { $endpoint }, den es nicht gibt; es gilt { $instead }
said-settings-narrate = narrate_every_s muss zwischen 0 und einem Tag liegen, es gelten 10 Sekunden
said-settings-budget = Ein Budget von { $usd } US-Dollar ist nicht brauchbar, es gilt { $instead }
said-settings-warn-at = warn_at muss zwischen 0 und 1 liegen, es gilt { $instead }
said-settings-price = Der Preis von { $model } ist nicht brauchbar und wird weggelassen
said-settings-at-once = at_once = { $value } ist nicht brauchbar, es gilt 10
said-settings-seconds-range = { $name } muss zwischen { $least } und einem Tag liegen, es gelten { $seconds } Sekunden
said-settings-percent = { $name } ist ein Anteil von hundert, es gilt { $instead }
said-settings-goal-when = goal_when ist nicht brauchbar, also kann nur ein Mensch sagen, wann das Ziel erreicht ist: { $why }
said-settings-breaker = Die Sicherung { $name } braucht mindestens { $least }, es gilt { $used }
said-settings-range = { $name } muss zwischen { $least } und { $most } liegen, es gilt { $instead }
said-settings-most-px = most_px muss zwischen 128 und 4096 liegen, es gilt { $instead }
said-settings-updates = Die Adresse unter [updates] lässt sich nicht verwenden und wird vergessen; sie muss mit https beginnen
said-settings-hands-off = hands_off_s muss zwischen 0 und 60 liegen, es gilt { $instead }

# Bedingungen von Zielen
said-settings-condition-form = so schreiben: /relic = home, mit =, !=, >=, <= oder contains
said-settings-no-comparison = es fehlt ein Vergleich; { $expected }
said-settings-no-fact = es beginnt nicht mit einem Schrägstrich und dem Namen einer Angabe; { $expected }
said-settings-no-value = es fehlt ein Wert zum Vergleichen; { $expected }
said-settings-only-numbers = nur Zahlen können mehr oder weniger sein; { $expected }

# Der Schlüsselbund
said-settings-keychain-absent = es gibt keinen Schlüsselbund: { $why }
said-settings-keychain-refused = der Schlüsselbund hat abgelehnt: { $why }
said-settings-keychain-unreadable = was der Schlüsselbund unter „{ $service }“ hält, ist nicht lesbar und bleibt, wie es ist: { $why }
said-settings-no-list = es ist keine Liste von Schlüsseln
said-settings-no-key = was er für { $provider } hält, ist kein Schlüssel
said-settings-no-service = kein Dienst für Geheimnisse wie GNOME Keyring, KWallet oder KeePassXC antwortet ({ $evidence })
said-settings-locked = er ist gesperrt oder hat noch keinen Platz für Schlüssel ({ $why })
said-settings-entry-gone = der Eintrag ist inzwischen verschwunden
said-settings-too-long = die Schlüssel zusammen sind länger als seine Grenze von { $limit } Bytes
said-settings-such-entries = es gibt { $count } solche Einträge
said-settings-no-text = es ist kein Text
said-settings-none-found = es wurde keiner gefunden
said-settings-cannot-do = das kann er nicht
said-settings-none-used = in diesem Lauf wird keiner benutzt

# Was aus Texten herausgenommen wird
said-settings-taken-keys = API-Schlüssel
said-settings-taken-own = benutzte Schlüssel
said-settings-taken-named = Werte, die Schlüssel oder Passwort heißen
said-settings-taken-in-addresses = Passwörter in Adressen
said-settings-taken-sign-in = Anmelde-Token
said-settings-taken-private = private Schlüssel

# Werkzeug-Server
said-settings-server-seconds = { $name } des Werkzeug-Servers { $server } ist nicht brauchbar, es gelten { $seconds } Sekunden
said-settings-server-chars = result_chars des Werkzeug-Servers { $server } ist nicht brauchbar, es gilt { $instead }
said-settings-no-object = seine Beschreibung ist kein Objekt
said-settings-extras-no-object = „{ $name }“ darin ist kein Objekt
said-settings-both = er hat einen Befehl und zugleich eine Adresse
said-settings-neither = er hat weder einen Befehl noch eine Adresse
said-settings-empty-command = sein Befehl ist leer
said-settings-no-web-address = seine Adresse beginnt nicht mit http:// oder https://
said-settings-wrong-kind = „{ $name }“ darin ist von der falschen Art
said-settings-value-wrong-kind = ein Wert unter „{ $name }“ darin ist von der falschen Art
said-settings-servers-unusable = Die Datei mit den Werkzeug-Servern ist nicht brauchbar, es gibt keine: { $why }
said-settings-servers-unread = Die Datei mit den Werkzeug-Servern konnte nicht gelesen werden: { $error }
said-settings-servers-kept-beside = Die ursprüngliche Datei mit den Werkzeug-Servern liegt neben der neuen, als { $file }
said-settings-servers-not-kept = Die ursprüngliche Datei mit den Werkzeug-Servern konnte nicht aufbewahrt werden: { $error }
said-settings-servers-twice = Es gibt zwei Werkzeug-Server namens { $name }; der erste gilt
said-settings-server-unusable = Der Werkzeug-Server { $name } ist nicht brauchbar: { $why }
said-settings-file-unusable = Die Datei ist nicht brauchbar: { $why }
said-settings-file-unread = Die Datei konnte nicht gelesen werden: { $error }
said-settings-asked-there = { $server } bekommt dort { $name } auf Nachfrage; nach dem Übernehmen eintragen
said-settings-no-file = es ist keine Datei
said-settings-file-too-long = sie ist zu lang
said-settings-broken-at = { $what } (Zeile { $line }, Spalte { $column })
said-settings-no-servers-there = wo Server stehen sollten, steht etwas anderes
said-settings-no-json = sie ist kein JSON
said-settings-no-name = er hat keinen Namen
said-settings-long-name = sein Name hat mehr als 60 Zeichen
said-settings-unseen-name = sein Name hat Zeichen, die man nicht sieht

# Bekannte Server
said-settings-playwright = Öffnet Webseiten in einem eigenen Browser, liest sie, klickt und tippt. Braucht Node.js. Bilder und Downloads landen in dem Ordner, in dem er gestartet wird.
said-settings-files = Dateien
said-settings-files-about = Liest und schreibt Dateien in einem Ordner und allem, was darunter liegt. Braucht Node.js.
said-settings-files-needs = Der Ordner, den er benutzen darf
said-settings-memory = Gedächtnis
said-settings-memory-about = Behält Tatsachen und ihre Zusammenhänge in einer Datei, auch zwischen Sitzungen. Braucht Node.js.
said-settings-memory-needs = Die Datei, in der er sich erinnert
said-settings-git = Liest und ändert ein Git-Repository. Braucht Git und uv, das ihn holt.
said-settings-git-needs = Der Ordner des Repositorys
said-settings-fetch = Holt Webseiten als Text. Braucht uv, das ihn holt.

# Anbieter und Denkweisen
said-settings-local-models = Lokale Modelle
said-settings-tool-servers = Werkzeug-Server
said-settings-single = Ein Modell
said-settings-local-experts = Lokale Experten
said-settings-self-experts = Ein Modell, mehrere Meinungen
said-settings-cloud-experts = Cloud-Experten
said-settings-hybrid = Hybrid
said-settings-parallel = Parallel
said-settings-heuristic = Nur Regeln
said-settings-single-about = Ein Modell liest die Beobachtung und entscheidet
said-settings-local-experts-about = Experten antworten nebeneinander, ein Synthesizer entscheidet
said-settings-self-experts-about = Das Modell des Synthesizers äußert mehrere Meinungen und entscheidet dann
said-settings-cloud-experts-about = Sechs Experten von Gemini, drei von Claude; Claude entscheidet
said-settings-hybrid-about = Gemini sieht, Claude denkt, lokale Modelle stehen dahinter
said-settings-parallel-about = Cloud-Experten und Hybrid zugleich, mit Gewicht 0,6 und 0,4
said-settings-heuristic-about = Feste Regeln entscheiden, kein Modell wird gefragt

# Ziele zur Auswahl
said-settings-goal-points = So viele Punkte wie möglich
said-settings-goal-points-text = Das Relikt lebend nach Hause bringen und so viel vom Land sehen, wie die Zeit erlaubt
said-settings-goal-relic = Das Relikt nach Hause bringen
said-settings-goal-relic-text = Das Relikt aus dem Hügelgrab heim in die Stadt bringen
said-settings-goal-land = Das ganze Land sehen
said-settings-goal-land-text = Alle zehn Orte sehen und am Leben bleiben
said-settings-goal-gate = Das Tor „Barrow gate“ öffnen
said-settings-goal-gate-text = Herausfinden, in welcher Reihenfolge die Hebel im Turm zu ziehen sind, und das Tor „Barrow gate“ öffnen
said-settings-goal-enemies = Alle Feinde besiegen
said-settings-goal-enemies-text = Den Wolf, den Banditen, das Gespenst und den König des Hügelgrabs besiegen und am Leben bleiben
said-settings-goal-gold = Reich werden
said-settings-goal-gold-text = Dreißig Gold sammeln, ohne zu sterben
said-settings-goal-screen = Sagen, was auf dem Bildschirm ist
said-settings-goal-screen-text = Sagen, was auf dem Bildschirm ist und was man damit tun könnte, und nichts ändern
said-settings-goal-movement = Finden, was etwas bewegt
said-settings-goal-movement-text = Eine Taste oder eine Stelle finden, die sichtbar das halbe Bild ändert, ein vorsichtiger Versuch nach dem anderen
said-settings-goal-game = Ein Spiel erkunden
said-settings-goal-game-text = Das Spiel auf dem Bildschirm spielen: so viel wie möglich davon sehen und am Leben bleiben
said-settings-goal-tools = Sich umsehen
said-settings-goal-tools-text = Herausfinden, was da ist und was diese Werkzeuge damit tun könnten, und nichts ändern
said-settings-goal-page = Eine Seite lesen
said-settings-goal-page-text = https://example.org öffnen und sagen, wozu die Seite da ist und wohin ihre Links führen
said-settings-goal-files = Den Ordner beschreiben
said-settings-goal-files-text = Lesen, was im Ordner liegt, und sagen, wozu er da ist und welche Dateien am wichtigsten sind, und nichts ändern
said-settings-goal-memory = Das Gedächtnis aufräumen
said-settings-goal-memory-text = Alles lesen, was gemerkt ist, sagen, was doppelt ist oder sich widerspricht, und das beheben
said-settings-goal-commits = Die letzten Commits zusammenfassen
said-settings-goal-commits-text = In einfachen Worten sagen, was die letzten fünf Commits geändert haben und warum, und nichts ändern
