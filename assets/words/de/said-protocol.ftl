# Namen und Titel: Ursachen, Prüfungen, Server, wie eine Sitzung endet, das Zertifikat.

# Ursachen.
said-protocol-server-not-running = Der Server läuft nicht
said-protocol-server-switched-off = LM Studio läuft, aber sein Server ist ausgeschaltet
said-protocol-wrong-host = Der Hostname führt nirgendwohin
said-protocol-another-program = An diesem Port antwortet ein anderes Programm
said-protocol-wrong-path = Der Pfad in der Adresse ist falsch
said-protocol-tls-mismatch = Die Adresse beginnt mit https und der Server spricht http, oder umgekehrt
said-protocol-ipv6-localhost = Der Name localhost führte zu IPv6, wo der Server nicht horcht
said-protocol-cannot-be-reached = Der Server ist von hier aus nicht zu erreichen
said-protocol-proxy-answered = Statt des Servers hat ein Proxy geantwortet
said-protocol-wants-a-token = Der Server verlangt ein gültiges Token
said-protocol-account-blocked = Das Konto ist nicht nutzbar
said-protocol-region-blocked = Der Anbieter bedient diese Region nicht
said-protocol-too-many-requests = Im Augenblick zu viele Anfragen
said-protocol-quota-used-up = Das Kontingent ist aufgebraucht
said-protocol-overloaded = Der Server ist überlastet
said-protocol-failed-inside = Im Server ist etwas gescheitert
said-protocol-no-model-loaded = Kein Modell ist geladen
said-protocol-no-such-model = Ein solches Modell gibt es hier nicht
said-protocol-name-mismatch = Der Name des Modells stimmt nicht
said-protocol-model-retired = Der Anbieter bietet dieses Modell nicht mehr an
said-protocol-model-loading = Das Modell wird noch geladen
said-protocol-wrong-kind = Diese Art von Modell kann das nicht
said-protocol-cannot-call-tools = Dieses Modell kann keine Werkzeuge aufrufen
said-protocol-prompt-too-large = Der Prompt ist größer als der geladene Kontext
said-protocol-request-too-large = Die Anfrage ist zu groß
said-protocol-not-enough-memory = Der Speicher reicht nicht, um das Modell zu laden
said-protocol-engine-missing = Die Engine für dieses Modell fehlt
said-protocol-engine-too-old = Die Engine ist zu alt für dieses Modell
said-protocol-model-crashed = Das Modell ist abgestürzt
said-protocol-template-fails = Die Prompt-Vorlage des Modells schlägt fehl
said-protocol-refuses-parameter = Der Server lehnt einen Parameter ab
said-protocol-refuses-format = Der Server lehnt das Format der Antwort ab
said-protocol-refuses-tool-choice = Der Server lehnt diese Art der Werkzeugwahl ab
said-protocol-cannot-read-picture = Der Server kann das Bild nicht lesen
said-protocol-does-not-understand = Der Server versteht die Anfrage nicht
said-protocol-order-refused = Die Reihenfolge der Nachrichten wird abgelehnt
said-protocol-not-in-time = Das Modell hat nicht rechtzeitig geantwortet
said-protocol-not-loaded-in-time = Das Modell wurde noch geladen, als die Zeit um war
said-protocol-answer-stopped = Die Antwort blieb mittendrin stehen
said-protocol-answer-cut-short = Die Antwort wurde abgeschnitten
said-protocol-error-in-the-middle = Der Server meldete mitten in seiner Antwort einen Fehler
said-protocol-server-closed = Der Server hat die Verbindung geschlossen
said-protocol-not-as-promised = Die Antwort ist nicht, was diese Schnittstelle verspricht
said-protocol-tokens-used-up = Die Token waren aufgebraucht, bevor eine Antwort kam
said-protocol-answer-empty = Die Antwort ist leer
said-protocol-filter-refused = Der Filter des Anbieters hat das abgelehnt
said-protocol-cause-unknown = Die Ursache ist nicht bekannt

# Prüfungen, wie in der Einrichtung.
said-protocol-check-address = Adresse
said-protocol-check-name = Hostname
said-protocol-check-tls = Verschlüsselung
said-protocol-check-models = Modelle
said-protocol-check-loaded = Geladen
said-protocol-check-role = Modell für { $role }
said-protocol-check-generation = Probeantwort von { $model }
said-protocol-check-capacity = Gleichzeitig auf { $model }
said-protocol-check-together = Modelle zusammen
said-protocol-check-truth = Kann { $what }

# Server und geladene Kopien.
said-protocol-built-in-demo = Die eingebaute Demo
said-protocol-compatible-server = Ein OpenAI-kompatibler Server
said-protocol-copy-context = { $copy }, { $length } Token Kontext
said-protocol-copy-parallel = { $copy }, { $parallel } gleichzeitig
said-protocol-copy-context-parallel = { $copy }, { $length } Token Kontext, { $parallel } gleichzeitig

# Sitzungen und was mit ihnen endet.
said-protocol-stopped = Auf Wunsch gestoppt
said-protocol-episode-over = Die Episode ist vorbei
said-protocol-goal-reached = Das Ziel ist erreicht
said-protocol-limit-reached = Die Grenze ist erreicht
said-protocol-session-failed = Die Sitzung ist gescheitert
said-protocol-place-with-seed = { $environment }, Startwert { $seed }
said-protocol-one-decision = Eine Entscheidung ist ausgeführt
said-protocol-everything-ended = Alles ist beendet
said-protocol-ended-as-far-as-seen = Hier ist alles beendet; was markiert ist, war nicht nachprüfbar
said-protocol-not-everything-ended = Nicht alles ist beendet, wie es sollte

# Schleifen mit Namen, wo sie in einem Satz stehen.
said-protocol-loop-perception = die Schleife „Wahrnehmung“
said-protocol-loop-reasoning = die Schleife „Denken“
said-protocol-loop-action = die Schleife „Handeln“
said-protocol-loop-reflex = die Schleife „Reflex“
said-protocol-loop-exploration = die Schleife „Erkundung nebenher“
said-protocol-loop-learning = die Schleife „Lernen“
said-protocol-loop-narration = die Schleife „Erzählen“
said-protocol-loop-perception-broke = Die Schleife „Wahrnehmung“ ist abgestürzt
said-protocol-loop-reasoning-broke = Die Schleife „Denken“ ist abgestürzt
said-protocol-loop-action-broke = Die Schleife „Handeln“ ist abgestürzt
said-protocol-loop-reflex-broke = Die Schleife „Reflex“ ist abgestürzt
said-protocol-loop-exploration-broke = Die Schleife „Erkundung nebenher“ ist abgestürzt
said-protocol-loop-learning-broke = Die Schleife „Lernen“ ist abgestürzt
said-protocol-loop-narration-broke = Die Schleife „Erzählen“ ist abgestürzt
