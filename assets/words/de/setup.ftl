# Die Einrichtung: wie es steht, die Prüfungen, die Verbindung. Und die Knöpfe, die etwas beheben, auf jedem Bildschirm.

# Wie es steht, in einem Satz.
setup-unchecked = Noch wurde nichts geprüft
setup-checking = Verbindung wird geprüft: Prüfung { $number }, { $took }
setup-checking-of = Verbindung wird geprüft: Prüfung { $number } von etwa { $total }, { $took }
setup-healthy = { $who } läuft, alles ist bereit
setup-both-healthy = { $first } und { $second } laufen, alles ist bereit
setup-usable = { $who } ist nutzbar, mit Hinweisen
setup-both-usable = { $first } und { $second } sind nutzbar, mit Hinweisen
setup-failed = Die Prüfung ist gescheitert
setup-who-demo = Die eingebaute Demo
setup-who-unknown = Ein OpenAI-kompatibler Server

# Was als Nächstes möglich ist.
setup-open-run = Zum Lauf
setup-start = „Starten“ oben rechts beginnt eine Sitzung
setup-start-demo = „Starten“ oben rechts beginnt eine Sitzung mit der Demo
setup-why-demo = Die Demo braucht nichts als dieses Programm

# Die Prüfungen.
setup-checks = Prüfungen
setup-prove = Fähigkeiten prüfen
setup-took = in { $ms } ms
setup-endpoint = Endpunkt { $name }
setup-no-findings = Die erste Prüfung beginnt sofort; ihre Befunde erscheinen hier nacheinander
setup-skipped = Übersprungen wegen: { $check }
setup-check-address = Adresse
setup-check-name = Hostname
setup-check-port = Port
setup-check-identity = Server
setup-check-token = Token
setup-check-proxy = Proxy
setup-check-tls = Verschlüsselung
setup-check-models = Modelle
setup-check-loaded = Geladen
setup-check-role = Modell für { $role }
setup-check-generation = Probeantwort von { $model }
setup-check-capacity = Gleichzeitig auf { $model }
setup-check-together = Modelle zusammen
setup-check-truth = Kann { $what }

# Das Zeichen vor einer Prüfung, für alle, die es nicht sehen.
setup-passed = Bestanden
setup-warned = Bestanden, mit einem Hinweis
setup-failed-check = Nicht bestanden
setup-not-checked = Nicht geprüft

# Die Verbindung.
setup-connection = Verbindung
setup-demo-answers = Die eingebaute Demo antwortet: ein Skript, kein Sprachmodell. Nichts verlässt diesen Rechner
setup-address = Serveradresse
setup-use-address = Übernehmen
setup-address-hint = wird von selbst gefunden, etwa { $example }
setup-address-empty = Bleibt das Feld leer, wird LM Studio von selbst gefunden: über seine eigene Konfiguration, sonst auf Port { $port }
setup-where = Wo Modelle laufen
setup-cloud-only = Nur Cloud
setup-means-local-only = Aus: Nur dieser Server wird gefragt. An: Kein lokaler Server wird gefragt; was der Agent sieht, geht an Gemini und Claude
setup-means-local-first = Dieser Server wird zuerst gefragt. Fällt er aus, geht mit den hinterlegten Schlüsseln an Gemini und Claude, was der Agent sieht; die Statusleiste sagt das vorher
setup-means-cloud-first = Was der Agent sieht, geht mit den hinterlegten Schlüsseln an Gemini und Claude. Fallen sie aus, wird dieser Server gefragt
setup-means-cloud-only = Kein lokaler Server wird gefragt. Was der Agent sieht, geht mit den hinterlegten Schlüsseln an Gemini und Claude

# Die Knöpfe, die etwas beheben.
setup-mend-address = { $url } verwenden
setup-mend-model = { $model } verwenden
setup-mend-load = { $model } laden
setup-mend-load-with = { $model } mit { $length } Token Kontext laden
setup-mend-unload = { $instance } entladen
setup-mend-start-server = LM-Studio-Server auf Port { $port } starten
setup-mend-open = LM Studio öffnen
setup-mend-bypass = { $host } ohne Proxy ansprechen
setup-mend-token = Token einfügen…
setup-mend-patiently = Erneut prüfen und länger warten
setup-mend-copy = Bericht kopieren
setup-mend-try-demo = Demo ausprobieren
setup-mend-leave-demo = Demo verlassen
setup-mend-check-again = Erneut prüfen
