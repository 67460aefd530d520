# Was die Prüfungen von Servern und Konten ergeben.

# Woher die Adresse kommt; danach kann stehen, was an ihr geändert wurde.
said-health-from-settings = { $address }, aus den Einstellungen
said-health-from-settings-and = { $address }, aus den Einstellungen; { $changes }
said-health-from-its-configuration = { $address }, aus der Konfiguration von LM Studio
said-health-from-its-configuration-and = { $address }, aus der Konfiguration von LM Studio; { $changes }
said-health-usual-port = { $address }, der übliche Port von LM Studio
said-health-usual-port-and = { $address }, der übliche Port von LM Studio; { $changes }
said-health-of-the-demo = { $address }, die eingebaute Demo
said-health-of-the-demo-and = { $address }, die eingebaute Demo; { $changes }
said-health-bad-address = Die Adresse ist nicht zu verstehen
said-health-write-it-like-this = So schreiben: http://127.0.0.1:1234
said-health-server-at = Server: { $place }
said-health-skipped = Übersprungen wegen: { $check }

# Ob man durchkommt.
said-health-an-address-already = Schon eine Adresse
said-health-localhost-is = localhost ist { $address }
said-health-localhost-is-two = localhost ist { $first } und { $second }
said-health-name-server-silent = der Namensserver hat nicht geantwortet
said-health-takes-connections = { $address } nimmt auf Port { $port } Verbindungen an
said-health-takes-connections-but = { $address } nimmt auf Port { $port } Verbindungen an ({ $others } nicht)
said-health-take-connections = { $addresses } nehmen auf Port { $port } Verbindungen an
said-health-take-connections-two = { $first } und { $second } nehmen auf Port { $port } Verbindungen an
said-health-take-connections-but = { $addresses } nehmen auf Port { $port } Verbindungen an ({ $others } nicht)
said-health-take-connections-two-but = { $first } und { $second } nehmen auf Port { $port } Verbindungen an ({ $others } nicht)
said-health-not-directly = Nicht direkt ({ $why }); gefragt wird der Proxy
said-health-answers-elsewhere = { $name } antwortet unter { $place }
said-health-jan = Jan (dem Port nach)
said-health-a-model-server = Ein Modell-Server
said-health-but-lm-studio-answers = { $what }, aber LM Studio antwortet unter { $place }
said-health-installed-at = LM Studio ist installiert ({ $place }) und läuft nicht
said-health-installed = LM Studio ist installiert und läuft nicht
said-health-install-it = LM Studio von lmstudio.ai installieren oder die Demo verwenden
said-health-https = https, wie die Adresse es sagt
said-health-plain-http = Einfaches http, wie die Adresse es sagt
said-health-proxy-not-for-this = Es gibt einen, für diesen Rechner wird er nicht gefragt
said-health-proxy-as-chosen = Es gibt einen, dieser Host wird wie gewählt ohne ihn gefragt
said-health-proxy-is-asked = Anfragen an diesen Host gehen durch den Proxy dieses Rechners
said-health-no-proxy = Keiner steht dazwischen
said-health-no-language-model = { $who }, kein Sprachmodell
said-health-demo-of-version = Die eingebaute Demo { $version }
said-health-unknown-server = Ein Server unbekannter Art
said-health-not-lm-studio = { $who }, nicht LM Studio; es geht trotzdem
said-health-no-program-known = sein Ordner sagt nicht, wo das Programm liegt
said-health-tool-not-run = Das Befehlszeilenprogramm von LM Studio konnte nicht laufen: { $error }
said-health-tool-too-slow = Das Befehlszeilenprogramm von LM Studio war nach { $seconds } Sekunden noch nicht fertig
said-health-tool-ended-with = es endete mit { $status }

# Token und Modelle.
said-health-nobody-asked-for-one = Niemand hat danach gefragt
said-health-token-accepted = Angenommen, oder nicht nötig
said-health-token-not-needed = Keins ist nötig
said-health-lists = Der Server führt { $what } auf
said-health-lists-no-models = Der Server führt keine Modelle auf
said-health-lists-embeddings-only = Der Server führt nur Einbettungsmodelle auf
said-health-download-and-load = In LM Studio ein Sprachmodell herunterladen und laden
said-health-download-then-load = In LM Studio ein Sprachmodell herunterladen, dann laden
said-health-listed = Aufgeführt: { $count }
said-health-listed-and-embeddings = Aufgeführt: { $count }, dazu für Einbettungen: { $others }
said-health-and-more = { $names } und { $count } weitere
said-health-loaded-untold = Dieser Server sagt nicht, was geladen und was nur heruntergeladen ist
said-health-none-loaded = Kein Sprachmodell ist geladen
said-health-are-downloaded = Heruntergeladen: { $count }
said-health-downloaded-none-loaded = Heruntergeladene Modelle: { $count }; keins davon ist geladen
said-health-none-loaded-yet = Noch keins; der Server kann sie laden, wenn gefragt wird
said-health-will-evict = Die Modelle der Rollen verdrängen einander aus dem Speicher
said-health-will-evict-shortly = Sie verdrängen einander
said-health-loaded-one-by-one = { $names }: wird vor einer Sitzung nacheinander geladen, damit keins ein anderes verdrängt
said-health-loaded-when-asked = { $names }: wird bei der ersten Frage geladen; LM Studio behält laut Einstellung, was geladen ist
said-health-load-them-before = Vorher laden: lms load { $names }
said-health-switch-off-keep-last = Oder in LM Studio auf der Seite „Developer“ „Only keep last JIT loaded model“ ausschalten
said-health-loaded-only-when-asked = Erst geladen, wenn gefragt wird: { $names }
said-health-keeps-one = LM Studio behält ein Modell, das bei Bedarf geladen wurde; jede Frage würde ihr Modell neu laden

# Modelle für Rollen.
said-health-type-embedding = Der Server führt es als Einbettungsmodell auf
said-health-is-embedding = „{ $model }“ ist ein Einbettungsmodell und kann keine Fragen beantworten
said-health-without-vision = Laut Server kann es nicht sehen
said-health-cannot-see = „{ $model }“ kann keine Bilder sehen, und diese Rolle bekommt welche
said-health-no-tool-use = Laut Server ist es nicht für Werkzeuge trainiert
said-health-cannot-call-tools = „{ $model }“ ist nicht dafür trainiert, Werkzeuge aufzurufen, und diese Rolle ruft welche auf
said-health-not-on-this-server = Ein Modell namens „{ $model }“ gibt es auf diesem Server nicht
said-health-server-lists = Der Server führt auf: { $names }
said-health-server-lists-nothing = Der Server führt nichts auf
said-health-right-kind-for-part = Für diese Rolle ein Modell der passenden Art wählen oder eines in LM Studio herunterladen
said-health-several-copies = „{ $model }“ ist { $count }-mal geladen, und einmal genügt
said-health-each-copy-takes-memory = Jede Kopie braucht eigenen Speicher; behalten lohnt sich nur, wenn sie mit Absicht geladen wurde
said-health-downloaded-not-loaded = „{ $model }“ ist heruntergeladen, aber nicht geladen
said-health-first-question-waits = Die erste Frage muss warten, bis es geladen ist
said-health-load-it = In LM Studio laden
said-health-larger-context = Das Modell mit größerem Kontext laden
said-health-small-context = „{ $model }“ ist mit { $length } Token Kontext geladen; diese Rolle kann { $wanted } brauchen
said-health-could-have = Das Modell könnte { $most } haben

# Probeantworten.
said-health-speed = Erstes Token nach { $first } ms, { $rate } Token/s
said-health-speed-still-writing = Erstes Token nach { $first } ms, { $rate } Token/s; nach { $seconds } s schrieb es noch
said-health-first-token = Erstes Token nach { $first } ms
said-health-first-token-still-writing = Erstes Token nach { $first } ms; nach { $seconds } s schrieb es noch
said-health-still-writing = { $speed }; nach { $seconds } s schrieb es noch
said-health-other-answered = { $model } hat geantwortet
said-health-can-be-used = Es ist brauchbar; eine neuere Version des Servers behebt das vielleicht
said-health-not-as-it-should-be = Nicht so, wie es sein sollte: { $what }
said-health-thinks-longer = Es denkt länger nach, als diese Probe erlaubt
said-health-no-time-left = Für eine Probe von „{ $model }“ blieb keine Zeit
said-health-ten-seconds-at-most = Eine Prüfung dauert höchstens zehn Sekunden; die Modelle davor haben sie ganz gebraucht
said-health-may-need-longer = Eine Prüfung wartet keine zehn Sekunden; ein langsames Modell braucht vielleicht nur länger
said-health-experts-will-wait = Experten auf diesem Modell, die aufeinander warten: { $count }
said-health-raise-predictions = Dem Modell in LM Studio mehr gleichzeitige Antworten erlauben, weniger Experten nehmen oder sie auf zwei Modelle verteilen
said-health-measured = { $together } zusammen: { $time } ms, eine allein: { $alone } ms, das { $factor }-Fache der Arbeit
said-health-measured-and-says = { $together } zusammen: { $time } ms, eine allein: { $alone } ms, das { $factor }-Fache der Arbeit; der Server bearbeitet { $parallel } gleichzeitig
said-health-not-measured = Nicht gemessen, das würde länger als zehn Sekunden dauern; gleichzeitig fragen { $together }
said-health-not-measured-and-says = Nicht gemessen, das würde länger als zehn Sekunden dauern; gleichzeitig fragen { $together }; der Server bearbeitet { $parallel } gleichzeitig
said-health-works-on = der Server bearbeitet { $parallel } gleichzeitig

# Nachweise von Fähigkeiten.
said-health-answers-in-shape = Form einhalten ({ $model })
said-health-calls-tools = Werkzeuge aufrufen ({ $model })
said-health-sees-pictures = Bilder sehen ({ $model })
said-health-reads-its-context = Kontext ganz lesen ({ $model })
said-health-stops-when-asked = aufhören ({ $model })
said-health-has-the-shape = Die Antwort hat die verlangte Form
said-health-called-the-tool = Es rief das Werkzeug mit dem richtigen Kennwort auf
said-health-read-the-word = Es las das Wort { $word }
said-health-found-a-word = Es fand ein Wort kurz vor dem Ende von { $tokens } Token
said-health-silent-after = Still { $time } ms nach dem Ende der Verbindung
said-health-silence-not-verifiable = Die Verbindung ist zu; ob es still ist, ist nicht nachprüfbar: { $why }
said-health-goes-on = Es macht nach dem Ende der Verbindung weiter
said-health-answers-go-on = Antworten, die weiterlaufen, obwohl niemand mehr zuhört: { $count }
said-health-looked-for = { $seconds } s lang nachgesehen
said-health-busy-after-stop = Nach „Stopp“ beschäftigt dieser Server den Prozessor noch eine Weile; das Modell zu entladen beendet das
said-health-answered-instead = { $other } hat statt { $model } geantwortet
said-health-load-the-asked-one = Das gefragte Modell laden
said-health-did-not-show = Es hat das nicht gezeigt
said-health-said-to-be-able = „{ $model }“ soll das können und konnte es nicht
said-health-model-asked = Gefragtes Modell: { $model }
said-health-it-said = Es sagte: { $words }
said-health-small-models-fail = Kleine Modelle scheitern daran hin und wieder; erneut prüfen oder, wo es darauf ankommt, ein anderes Modell verwenden
said-health-demo-silent = die Demo hat es nicht gesagt
said-health-slots-hidden = dieser llama.cpp-Server zeigt seine Plätze nicht
said-health-answers-no-longer = LM Studio antwortet nicht mehr
said-health-elsewhere-does-not-tell = LM Studio auf einem anderen Rechner sagt es nicht
said-health-does-not-tell = dieser Server sagt es nicht
said-health-did-not-say = der Server hat es nicht gesagt
said-health-slots-unreadable = die Liste der Plätze war nicht zu lesen
said-health-lms-not-found = das Befehlszeilenprogramm lms von LM Studio wurde nicht gefunden
said-health-lms-silent = lms hat nicht geantwortet
said-health-lms-unreadable = die Antwort von lms war nicht zu lesen

# Konten in der Cloud.
said-health-key-accepted = Der Schlüssel ist angenommen
said-health-may-be-asked = Erlaubte Modelle: { $count }
said-health-none-was-chosen = { $model }, weil keins gewählt ist
said-health-narrates-instead = Stattdessen erzählt { $model }
said-health-narrator-of = Erzähler von { $provider }
said-health-no-key = Für { $provider } gibt es keinen Schlüssel
said-health-variable-not-set = { $variable } ist nicht gesetzt, und keiner wurde eingegeben
said-health-set-the-variable = Oder { $variable } setzen, bevor das Programm startet
said-health-leave-it-empty = Das Modell in den Einstellungen leer lassen, dann wird eines der Liste genommen
said-health-has-retired = { $provider } hat das Modell „{ $model }“ eingestellt
said-health-lists-no-such = { $provider } führt für dieses Konto kein Modell namens „{ $model }“ auf
said-health-of-the-past = Die Liste des Anbieters nennt es als früheres Modell
said-health-maybe-retired = Vielleicht ist es eingestellt oder für dieses Konto nicht offen

# Was sich ändert, während niemand prüft.
said-health-thrown-out = „{ $model }“ wurde aus dem Speicher verdrängt, als { $other } geladen wurde
said-health-was-unloaded = „{ $model }“ wurde entladen, obwohl es gebraucht wird
said-health-keeps-one-on-demand = LM Studio behält ein Modell, das es bei Bedarf geladen hat; ausdrücklich geladene bleiben
said-health-why-unloaded = Jemand hat es entladen, seine Leerlaufzeit war um oder seine Engine ist beendet; was davon, steht im Protokoll von LM Studio
said-health-it-plays = Seine Rollen: { $roles }
said-health-other-context = „{ $model }“ hat jetzt einen anderen Kontext ({ $change }): { $now } Token statt { $before }
said-health-smaller-context = „{ $model }“ hat jetzt einen kleineren Kontext: { $now } Token statt { $before }
said-health-now-larger-context = „{ $model }“ hat jetzt einen größeren Kontext: { $now } Token statt { $before }
said-health-another-copy = Eine weitere Kopie von „{ $model }“ wurde geladen; jetzt sind es { $count }
