# Woran eine Frage an ein Modell scheitern kann: Ursachen in Worten, Auswege, Grenzen, Budgets, Adressen.

# Was geschehen ist.
said-llm-nothing-answers = Unter { $place } antwortet niemand
said-llm-nothing-answers-anywhere = Unter der Adresse antwortet niemand
said-llm-switched-off = LM Studio läuft, aber sein Server unter { $place } ist ausgeschaltet
said-llm-switched-off-anywhere = LM Studio läuft, aber sein Server unter der Adresse ist ausgeschaltet
said-llm-name-leads-nowhere = Der Name { $host } führt nirgendwohin
said-llm-no-model-server = Was unter { $place } antwortet, ist kein Modell-Server
said-llm-no-model-server-anywhere = Was unter der Adresse antwortet, ist kein Modell-Server
said-llm-says-https = Die Adresse beginnt mit https, aber { $place } spricht es nicht wie erwartet
said-llm-says-http = Die Adresse beginnt mit http, aber { $place } verlangt https
said-llm-says-http-anywhere = Die Adresse beginnt mit http, verlangt wird dort https
said-llm-has-no-model-loaded = { $who } hat kein Modell geladen
said-llm-no-model-called = Ein Modell namens { $model } gibt es unter { $place } nicht
said-llm-no-model-called-quoted = Ein Modell namens „{ $model }“ gibt es unter { $place } nicht
said-llm-no-model-called-quoted-anywhere = Ein Modell namens „{ $model }“ gibt es unter der Adresse nicht
said-llm-no-such-model = Das Modell gibt es unter { $place } nicht
said-llm-no-such-model-anywhere = Das Modell gibt es unter der Adresse nicht
said-llm-another-answered = Gefragt war { $model }, geantwortet hat { $other }
said-llm-another-answered-quoted = Gefragt war „{ $model }“, geantwortet hat { $other }
said-llm-another-answered-unnamed = Geantwortet hat { $other } und nicht das gefragte Modell
said-llm-not-quite-the-name = { $model } ist nicht ganz der Name eines Modells hier
said-llm-not-quite-the-name-quoted = „{ $model }“ ist nicht ganz der Name eines Modells hier
said-llm-not-quite-the-name-unnamed = Der Name des Modells stimmt hier nicht ganz
said-llm-not-the-kind = { $model } ist keine Art von Modell, die das kann
said-llm-not-the-kind-quoted = „{ $model }“ ist keine Art von Modell, die das kann
said-llm-not-the-kind-unnamed = Das Modell ist keine Art von Modell, die das kann
said-llm-does-not-fit = Der Prompt passt nicht in den Kontext, mit dem { $model } geladen ist
said-llm-does-not-fit-quoted = Der Prompt passt nicht in den Kontext, mit dem „{ $model }“ geladen ist
said-llm-does-not-fit-unnamed = Der Prompt passt nicht in den Kontext, mit dem das Modell geladen ist
said-llm-waited = { $time } auf { $what } gewartet (Modell: { $model })
said-llm-waited-quoted = { $time } auf { $what } gewartet (Modell: „{ $model }“)
said-llm-waited-unnamed = { $time } auf { $what } gewartet
said-llm-cut-short = Die Antwort von { $model } brach nach Stück { $pieces } ab
said-llm-cut-short-quoted = Die Antwort von „{ $model }“ brach nach Stück { $pieces } ab
said-llm-cut-short-unnamed = Die Antwort des Modells brach nach Stück { $pieces } ab
said-llm-wants-a-token = { $who } verlangt ein gültiges Token
said-llm-refused-with-status = Der Server lehnte mit Status { $status } ab, aus einem hier nicht bekannten Grund
said-llm-failed-unknown = Die Anfrage scheiterte, aus einem hier nicht bekannten Grund
said-llm-the-server = Der Server

# Worauf gewartet wurde, nach „auf“.
said-llm-a-connection = eine Verbindung
said-llm-an-answer = eine Antwort
said-llm-the-model-to-load = das Laden des Modells
said-llm-the-first-token = das erste Token
said-llm-the-next-token = das nächste Token
said-llm-the-whole-answer = die ganze Antwort

# Die Belege, einer je Zeile.
said-llm-request-to = Anfrage an { $url }
said-llm-asked-for = Gefragtes Modell: { $model }
said-llm-status = Status: { $status }
said-llm-server-says = Der Server sagt: { $words }
said-llm-below-http = Unterhalb von HTTP: { $error }
said-llm-after-seconds = Nach { $seconds } s
said-llm-after-milliseconds = Nach { $time } ms
said-llm-would-fit = Dazu würde auch passen: { $cause }
said-llm-would-fit-two = Dazu würde auch passen: { $first }; { $second }
said-llm-would-fit-three = Dazu würde auch passen: { $first }; { $second }; { $third }
said-llm-would-fit-four = Dazu würde auch passen: { $first }; { $second }; { $third }; { $fourth }
said-llm-answer-too-large = die Antwort ist größer als { $limit } Bytes
said-llm-no-admitted-address = der Name führt zu keiner Adresse, die gefragt werden darf, solange „Nur lokal“ an ist
said-llm-no-admitted-address-after = { $error }: der Name führt zu keiner Adresse, die gefragt werden darf, solange „Nur lokal“ an ist

# Was sich tun lässt.
said-llm-start-lm-studio = LM Studio starten und seinen Server einschalten (Seite „Developer“, oder: lms server start)
said-llm-switch-server-on = Den Server in LM Studio auf der Seite „Developer“ einschalten, oder: lms server start
said-llm-correct-host = Den Hostnamen berichtigen; für LM Studio auf diesem Rechner ist er 127.0.0.1
said-llm-use-shown-port = Den Port verwenden, den LM Studio auf seiner Seite „Developer“ zeigt
said-llm-without-a-path = Die Adresse ohne Pfad angeben, etwa http://127.0.0.1:1234
said-llm-serve-on-network = Auf dem Rechner, auf dem LM Studio läuft, „Serve on Local Network“ einschalten
said-llm-open-the-firewall = Den Port in der Firewall jenes Rechners freigeben
said-llm-right-kind-for-role = Für diese Rolle ein Modell der passenden Art wählen
said-llm-wait-until-loaded = Warten, bis das Modell geladen ist
said-llm-raise-this-limit = In den Einstellungen länger warten lassen oder ein kleineres Modell wählen
said-llm-look-if-it-works = In LM Studio nachsehen, ob das Modell noch arbeitet
said-llm-smaller-or-shorter = Ein kleineres Modell wählen oder es mit kürzerem Kontext laden
said-llm-memory-guardrail = Die Speicherbremse von LM Studio steht in seinen Einstellungen beim Laden von Modellen
said-llm-wait-a-little = Etwas warten und erneut versuchen
said-llm-look-at-the-console = In der Konsole des Anbieters nachsehen oder lokale Modelle verwenden
said-llm-install-the-runtime = Die Laufzeit in LM Studio installieren oder aktualisieren
said-llm-load-it-again = Das Modell neu laden; mehr steht im Server-Protokoll von LM Studio
said-llm-another-build = Eine andere Fassung dieses Modells verwenden, etwa von lmstudio-community
said-llm-model-that-calls-tools = Ein Modell wählen, das Werkzeuge aufrufen kann
said-llm-raise-answer-tokens = Mehr Token für eine Antwort erlauben oder ein Modell wählen, das weniger nachdenkt
said-llm-png-or-jpeg = Bilder als PNG oder JPEG senden, eingebettet und nicht als Link
said-llm-smaller-picture = Ein kleineres Bild oder einen kürzeren Prompt verwenden
said-llm-if-it-happens-again = Geschieht es noch einmal, steht der Grund im Server-Protokoll von LM Studio
said-llm-fault-of-this-program = Das ist ein Fehler dieses Programms; bitte mit den Einzelheiten oben melden
said-llm-servers-log-says-more = Mehr steht im Protokoll des Servers
said-llm-use-a-local-model = Dafür ein lokales Modell verwenden
said-llm-all-that-is-known = Mehr als die Einzelheiten oben ist nicht bekannt
said-llm-leave-out-of-proxy = Oder diesen Host vom Proxy ausnehmen (NO_PROXY), dann erneut prüfen
said-llm-make-a-key = In der Konsole von { $provider } einen Schlüssel anlegen und hier eingeben
said-llm-where-tokens-are-made = Ein Token lässt sich in LM Studio unter „Developer“, „Server Settings“ erzeugen; auch LM_API_TOKEN kann eines enthalten
said-llm-https-is-a-gateway = LM Studio selbst spricht http; https kommt von einem Gateway davor
said-llm-load-a-model = Ein Modell in LM Studio laden, oder mit: lms load
said-llm-choose-one-of = Eines davon wählen: { $names }
said-llm-download-if-meant = Das Modell in LM Studio herunterladen, wenn es dieses sein soll
said-llm-larger-context = Das Modell mit größerem Kontext laden oder es an weniger Schritte erinnern

# Nichts wurde gesendet.
said-llm-try-after-the-stop = Erneut versuchen, wenn alles gestoppt ist
said-llm-not-one-of-your-own = „Nur lokal“ ist an, und { $host } ist keiner der eigenen Hosts
said-llm-nothing-was-sent = „Nur lokal“ ist an, also wurde nichts an { $host } gesendet
said-llm-allow-other-places = Unter „Einrichtung“ andere Orte für Modelle erlauben oder den Host unter [network] own_hosts als eigenen angeben
said-llm-rests-until = { $provider } ruht bis { $time }: { $why }
said-llm-rests-for-now = { $provider } ruht vorerst: { $why }
said-llm-left-alone-until = { $provider } wird bis { $time } nicht gefragt
said-llm-left-alone-for-now = { $provider } wird vorerst nicht gefragt
said-llm-asked-again-then = Danach wird von selbst wieder gefragt; bis dahin können lokale Modelle oder ein anderer Anbieter antworten, wenn das unter „Einrichtung“ erlaubt ist

# Budgets.
said-llm-price-not-known = Was { $model } kostet, ist nicht bekannt, also gilt das Budget von { $usd } $ dafür nicht; eines für Fragen oder Token gilt
said-llm-budget-nearly-used = Das Budget dieser Sitzung ist fast aufgebraucht: { $used } von { $most }; dann pausiert sie
said-llm-budget-nearly-used-tokens = Das Budget dieser Sitzung ist fast aufgebraucht: { $used } von { $most } Token; dann pausiert sie
said-llm-budget-nearly-used-calls = Das Budget dieser Sitzung ist fast aufgebraucht: { $used } von { $most } Fragen; dann pausiert sie
said-llm-budget-calls-used = Das Budget ist aufgebraucht: Fragen an Modelle, { $calls }
said-llm-budget-tokens-short = Die nächste Frage kann { $tokens } Token brauchen, und von { $budget } im Budget sind { $used } verbraucht
said-llm-budget-usd-used = Das Budget von { $usd } $ ist aufgebraucht
said-llm-budget-usd-short = Die nächste Frage kann { $cost } $ kosten, und von { $budget } $ im Budget sind { $used } $ ausgegeben

# Was anders ging als gewünscht.
said-llm-whole-at-once = der Server gab die ganze Antwort auf einmal, statt sie zu streamen
said-llm-thought-all-the-same = das Modell dachte nach, bevor es antwortete, obwohl es das nicht sollte
said-llm-refuses-shapes = der Server lehnt Antworten in fester Form ab, nur der Prompt bittet darum
said-llm-cannot-be-told-to-think = dem Modell war nicht vorzugeben, wie viel es nachdenkt
said-llm-lets-not-be-told-to-think = das Modell lässt sich nicht vorgeben, wie viel es nachdenkt
said-llm-chooses-temperature = das Modell wählt seine Temperatur selbst
said-llm-refuses-thoughts = der Server lehnt die Gedanken früherer Antworten ab, also wurden sie ausgelassen
said-llm-takes-no-instruction = das Modell nimmt keine eigene Anweisung an, sie steht vor dem Gespräch
said-llm-no-json-arguments = der Aufruf von { $name } hatte Argumente, die kein JSON-Objekt sind
said-llm-cut-off-by-limit = die Antwort brach an der Grenze ihrer Token ab
said-llm-cut-off-by-context = die Antwort brach ab, weil der Kontext des Modells voll war
said-llm-ended-with = die Antwort endete mit { $reason }

# Adressen, wie sie eingegeben werden. Anmerkungen folgen aufeinander, also kann nach jeder noch eine stehen.
said-llm-address-empty = Die Adresse ist leer
said-llm-address-scheme = { $scheme } spricht dieses Programm nicht; http oder https verwenden
said-llm-address-wrong = Das ist keine Adresse: { $reason }
said-llm-address-no-host = es fehlt der Host
said-llm-address-http-added = http:// ergänzt
said-llm-address-http-added-and = http:// ergänzt; { $more }
said-llm-address-port-added = Port { $port } ergänzt
said-llm-address-name-left-out = Name und Passwort weggelassen, stattdessen ein Token verwenden
said-llm-address-name-left-out-and = Name und Passwort weggelassen, stattdessen ein Token verwenden; { $more }
said-llm-address-rest-left-out = was auf den Pfad folgte, weggelassen
said-llm-address-rest-left-out-and = was auf den Pfad folgte, weggelassen; { $more }
said-llm-address-path-left-out = { $path } weggelassen, wird ergänzt, wo es nötig ist
said-llm-address-path-left-out-and = { $path } weggelassen, wird ergänzt, wo es nötig ist; { $more }

# Wer fragt, im Verzeichnis dessen, was wohin ging.
said-llm-by-health-check = Prüfung der Verbindung
said-llm-by-truth-test = Nachweis von Fähigkeiten
said-llm-by-discovery = Suche nach Servern

# Wie eine Anfrage endete, die beim Stoppen offen war.
said-llm-closed-in-mid-answer = Verbindung mitten in der Antwort geschlossen
said-llm-still-open = noch offen
