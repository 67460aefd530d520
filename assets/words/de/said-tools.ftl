# Was Werkzeug-Server und Umgebungen sagen; erkannt wird es am englischen Text.

# Was mit einem Werkzeug-Server schiefging.
said-tools-no-program = Das Programm { $program } für den Werkzeug-Server { $name } gibt es nicht
said-tools-no-folder = Den Ordner { $folder } für den Werkzeug-Server { $name } gibt es nicht
said-tools-not-allowed = { $program } darf für den Werkzeug-Server { $name } nicht ausgeführt werden
said-tools-not-started = Der Werkzeug-Server { $name } konnte nicht gestartet werden
said-tools-needs-variable = Der Werkzeug-Server { $name } braucht die Variable { $variable }, die nicht gesetzt ist
said-tools-needs-secret = Der Werkzeug-Server { $name } braucht das Geheimnis { $secret }, das der Schlüsselbund nicht herausgab
said-tools-ended-at-once = Der Werkzeug-Server { $name } endete { $exit }, bevor er geantwortet hatte
said-tools-silent = Der Werkzeug-Server { $name } sagte { $time } lang nichts
said-tools-garbage = Was { $name } ausführt, spricht nicht wie ein Werkzeug-Server
said-tools-half-line = Der Werkzeug-Server { $name } begann eine Nachricht und beendete sie nie
said-tools-too-long = Der Werkzeug-Server { $name } schickte eine Nachricht, die zu lang zum Lesen ist
said-tools-protocol = Der Werkzeug-Server { $name } spricht ein Protokoll, das hier nicht bekannt ist
said-tools-refused = Der Werkzeug-Server { $name } lehnte die Verbindung ab
said-tools-bad-address = Die Adresse des Werkzeug-Servers { $name } ist nicht lesbar
said-tools-status = Der Werkzeug-Server { $name } antwortete mit Status { $status }
said-tools-locked = Der Werkzeug-Server { $name } ist unter { $host }, und Anfragen dürfen jetzt nicht dorthin
said-tools-unreachable = Der Werkzeug-Server { $name } ist nicht erreichbar
said-tools-no-list = Der Werkzeug-Server { $name } nannte seine Werkzeuge nicht
said-tools-died-how = Der Werkzeug-Server { $name } endete { $exit }, während er benutzt wurde
said-tools-died = Der Werkzeug-Server { $name } endete, während er benutzt wurde
said-tools-hung-up = Der Werkzeug-Server { $name } schloss die Verbindung

# Was davon zu sehen war.
said-tools-because = Grund: { $why }
said-tools-it-wrote = Er schrieb: { $line }
said-tools-wrote-one-line = Er schrieb eine Zeile, die keine Nachricht ist: { $line }
said-tools-wrote-lines = Er schrieb { $lines } Zeilen, die keine Nachrichten sind; die erste war: { $line }
said-tools-bytes-without-end = { $bytes } Bytes kamen ohne Zeilenende
said-tools-many-without-end = Mehr als { $size } MiB kamen ohne Zeilenende
said-tools-looked-on-path = Gesucht wurde im Pfad dieses Programms und in dem der Anmelde-Shell
said-tools-command = Befehl: { $command }
said-tools-address = Adresse: { $address }
said-tools-on-its-output = { $line } (in seiner Ausgabe)
said-tools-no-command = es ist kein Befehl angegeben
said-tools-no-pipes = Ein- und Ausgabe ließen sich nicht öffnen
said-tools-no-interpreter = { $program } ist da, aber nicht das Programm, von dem es nach seiner ersten Zeile ausgeführt werden will
said-tools-everything-ends = alles wird gerade beendet
said-tools-speaks = er spricht { $versions }
said-tools-wants-version = er verlangt Version { $version }
said-tools-no-answer-to-greeting = er schickte { $count }, aber keine Antwort auf die Begrüßung; die erste war { $message }
said-tools-no-answer-within = innerhalb von { $time } kam keine Antwort
said-tools-stopped-first = es wurde vorher gestoppt
said-tools-no-list-of-tools = die Antwort ist keine Liste von Werkzeugen
said-tools-waited = { $time } ms gewartet auf: { $what }
said-tools-forgot-session = der Server hat die Sitzung vergessen
said-tools-web-page = er antwortete mit einer Webseite
said-tools-no-address = { $address } ist keine Adresse: { $why }

# Was dagegen zu tun ist.
said-tools-advice-package = Den Namen des Pakets in den Argumenten berichtigen: Sein Verzeichnis kennt ihn nicht
said-tools-advice-network = Prüfen, ob dieser Rechner ins Netz kommt: Der Server musste geholt werden, und das gelang nicht
said-tools-advice-module = Das Modul installieren, das seine letzten Zeilen nennen, oder den Server dort starten, wo er installiert ist
said-tools-advice-missing = Die Datei installieren oder berichtigen, die seine letzten Zeilen nennen
said-tools-advice-permission = Ihm erlauben, zu lesen oder zu schreiben, was seine letzten Zeilen nennen
said-tools-advice-variable = Die Variable, nach der seine letzten Zeilen fragen, in den Variablen des Servers setzen
said-tools-advice-lines = Seine letzten Zeilen lesen und den Befehl in einem Terminal ausführen
said-tools-advice-folder = Den Ordner anlegen oder in den Einstellungen des Servers berichtigen
said-tools-advice-terminal = Den Befehl in einem Terminal ausführen und sehen, was er sagt
said-tools-advice-set = { $variable } in der Umgebung setzen, in der dieses Programm gestartet wird
said-tools-advice-keychain = Oder stattdessen ${ $secret } schreiben und den Wert im Schlüsselbund aufbewahren
said-tools-advice-unlock = Ist der Schlüsselbund gesperrt: entsperren und dieses Programm neu starten
said-tools-advice-secret = Sonst das Geheimnis auf der Seite „Server“ angeben; der Schlüsselbund bewahrt es auf
said-tools-advice-stdio = Prüfen, ob der Befehl einen Werkzeug-Server startet; viele sprechen nur dann über ihre Ausgabe, wenn ein Argument wie stdio es verlangt
said-tools-advice-for-network = Ist es ein Server für das Netz: seine Adresse statt des Befehls angeben
said-tools-advice-line-break = Erneut prüfen; bleibt es so, den Herstellern sagen, dass eine Nachricht mit einem Zeilenumbruch enden muss
said-tools-advice-less = Weniger auf einmal verlangen, etwa kleinere Bilder oder weniger Zeilen
said-tools-advice-update = Den Server aktualisieren
said-tools-advice-update-this = Ist er der neueste: dieses Programm aktualisieren
said-tools-advice-its-words = Tun, was seine Worte verlangen; oft fehlt ein Argument oder eine Variable
said-tools-advice-whole-address = Die ganze Adresse schreiben, etwa { $example }
said-tools-advice-here = Einen Server auf diesem Rechner benutzen
said-tools-advice-own-hosts = Oder in den Einstellungen den Host bei den eigenen nennen oder Anfragen nach außen erlauben
said-tools-advice-start = Den Server starten
said-tools-advice-correct-address = Beim Server „Bearbeiten“ drücken und die Adresse berichtigen
said-tools-advice-test-or-update = Den Server erneut prüfen und aktualisieren, wenn es so bleibt
said-tools-advice-session-again = Seine letzten Zeilen lesen und die Sitzung neu starten
said-tools-advice-own-log = Ihn neu starten; sein eigenes Protokoll sagt vielleicht, warum er die Verbindung schloss
said-tools-advice-waits-on-input = In einem Terminal prüfen, ob der Befehl einen Werkzeug-Server startet, der auf seiner Eingabe auf Nachrichten wartet
said-tools-advice-longer = Braucht er nur länger, weil er erst geholt wird: in den Einstellungen die Zeit zum Verbinden erhöhen
said-tools-advice-works = Prüfen, ob der Server arbeitet, und ihn neu starten
said-tools-advice-raise-time = In den Einstellungen die Zeit zum Verbinden erhöhen
said-tools-advice-install-it = Es installieren oder im Befehl des Servers den ganzen Pfad schreiben
said-tools-advice-install = { $maker } installieren oder im Befehl des Servers den ganzen Pfad von { $program } schreiben
said-tools-advice-token = Das verlangte Token als Kopfzeile in den Einstellungen des Servers angeben
said-tools-advice-mcp = Die Adresse berichtigen; bei vielen Servern endet sie auf /mcp
said-tools-advice-streamable = Prüfen, ob der Server „Streamable HTTP“ spricht; die ältere Art mit zwei Adressen wird hier nicht gesprochen
said-tools-advice-moment = Kurz warten und erneut prüfen
said-tools-advice-look-in-log = In das Protokoll des Servers sehen und ihn neu starten
said-tools-advice-headers = Die Adresse oder die Kopfzeilen in den Einstellungen des Servers berichtigen

# Was er anbietet und wofür er nicht taugt.
said-tools-has-none = { $name } hat keine Werkzeuge
said-tools-has-none-usable = { $name } hat keine Werkzeuge, die benutzt werden können
said-tools-advice-documentation = Argumente und Anleitung ansehen, dann erneut prüfen
said-tools-none-offered = Keines der Werkzeuge von { $name } wird angeboten
said-tools-advice-lists = Die Listen der erlaubten und der verbotenen Werkzeuge dieses Servers ändern
said-tools-lacks-preset = { $name } hat kein Werkzeug { $tool }, das { $purpose } aufgerufen werden soll
said-tools-to-look = zum Hinsehen
said-tools-at-the-start = am Anfang
said-tools-its-tools = Seine Werkzeuge: { $names }
said-tools-advice-choose-one = Dafür eines seiner Werkzeuge wählen oder keines
said-tools-reset-failed = { $name } tat nicht, was am Anfang aufgerufen werden soll
said-tools-call = Aufruf: { $call }
said-tools-advice-reset = Den Aufruf am Anfang und seine Argumente bei diesem Server ändern oder weglassen
said-tools-tool-skipped = Werkzeug { $number }: { $why }
said-tools-same-name = es gibt noch eines namens { $name }
said-tools-whatever-after = was nach { $pages } Seiten oder { $tools } Werkzeugen kommt
said-tools-skipped-unnamed = Werkzeug { $number }: es hat keinen Namen
said-tools-long-name = sein Name ist zu lang
said-tools-odd-name = sein Name enthält Leer- oder Steuerzeichen
said-tools-schema-no-object = { $name }: sein Eingabeschema ist kein Objekt
said-tools-schema-missing = { $name }: es hat kein Eingabeschema
said-tools-no-object = { $name }: es ist kein Objekt

# Ein Server in einer Sitzung: wie es um ihn steht, was von ihm gemeldet wird.
said-tools-answers = antwortet
said-tools-answers-again = antwortet, neu gestartet, { $times } von { $most }
said-tools-let-go = losgelassen
said-tools-let-go-again = losgelassen, neu gestartet, { $times } von { $most }
said-tools-does-not-answer = antwortet nicht
said-tools-does-not-answer-again = antwortet nicht, neu gestartet, { $times } von { $most }
said-tools-changed-tools = { $name } hat seine Werkzeuge geändert und nannte sie nicht
said-tools-started-again = { $name } hatte geendet und wurde neu gestartet, { $times } von { $most }: Vielleicht hat er alles vergessen
said-tools-given-up = In dieser Sitzung wurde er { $times }-mal neu gestartet
said-tools-unguarded = Niemand beendet { $name }, wenn dieses Programm gewaltsam beendet wird
said-tools-no-guardian = Der Wächter ließ sich nicht starten: { $why }
said-tools-advice-nothing = Nichts ist zu tun: Was dann übrig ist, wird beim nächsten Start gefunden
said-tools-it-asked = { $server }: Er fragte den Menschen { $question }, und seine eigenen Vorgaben waren die Antwort: { $answer }
said-tools-it-asked-plain = Er fragte den Menschen { $question }, und seine eigenen Vorgaben waren die Antwort: { $answer }
said-tools-yes-nothing-else = ja, und nichts weiter
said-tools-over-by-server = der Server sagt, dass es vorbei ist

# Was aus einem Aufruf wurde, wo nicht der Server es sagt.
said-tools-stopped-before = Vor dem Beginn gestoppt; nichts ist geschehen
said-tools-no-such-tool = Ein Werkzeug { $tool } gibt es hier nicht, deshalb wurde nichts aufgerufen
said-tools-look-first = Der Server hatte geendet und wurde neu gestartet; nichts wurde aufgerufen, erst hinsehen
said-tools-ended-under-way = Der Server endete, während dies lief; ob es geschah, ist offen
said-tools-ended-and-restarted = Der Server endete, während dies lief; ob es geschah, ist offen. Der Server wurde neu gestartet und hat vielleicht alles vergessen: erst hinsehen
said-tools-goal-reached = Ziel erreicht: { $report }
said-tools-nothing-reported = nichts wurde berichtet
said-tools-answer-too-long = Er antwortete mit mehr als 16 MiB auf einmal, zu lang zum Lesen. Weniger verlangen, etwa ein kleineres Bild oder weniger Zeilen
said-tools-strange-question = Er fragt nach mehr, als gegeben wurde, auf eine Weise, die hier nicht bekannt ist
said-tools-no-result = Er antwortete mit etwas, das kein Ergebnis eines Werkzeugs ist
said-tools-own-task = Er arbeitet als eigene Aufgabe weiter; darauf wird nicht gewartet
said-tools-stopped-before-again = Gestoppt, bevor er noch einmal aufgerufen wurde
said-tools-stopped-before-sent = Gestoppt, bevor es gesendet wurde
said-tools-stopped-before-answer = Gestoppt, bevor eine Antwort kam
said-tools-no-sign = { $time } lang kam weder eine Antwort noch ein Lebenszeichen
said-tools-no-sign-since = { $time } lang kam weder eine Antwort noch ein Lebenszeichen; zuletzt schrieb er vor { $ago }
said-tools-not-done-after = Nach { $time } war es nicht getan; länger darf ein Aufruf nicht dauern
said-tools-call-status = Er antwortete mit Status { $status } { $said }
said-tools-and-no-words = und ohne Worte
said-tools-and-said = und sagte: { $words }
said-tools-still-asks = Er wurde noch { $times }-mal mit dem aufgerufen, was er verlangte, und fragt immer noch
said-tools-wants-a-model = Er will ein Modell fragen; das wird nicht angeboten
said-tools-elsewhere = Er will, dass ein Mensch anderswo etwas tut, und das tut niemand: { $question }
said-tools-nobody-consents = Er fragt den Menschen { $question }, und niemand darf an dessen Stelle antworten
said-tools-no-default = Er fragt den Menschen { $question } und hat nicht für alles Nötige eine Vorgabe

# Bilder, die nicht gezeigt werden können.
said-tools-neither-png = es ist weder PNG noch JPEG
said-tools-no-size = es hat keine Größe
said-tools-too-large = { $width } × { $height } ist zu groß
said-tools-no-palette = seine Farbtabelle fehlt
said-tools-cut-off = es ist abgeschnitten
said-tools-no-base64 = es ist kein Base64

# Wie er endete, und Namen in einem Zertifikat.
said-tools-title = Werkzeug-Server { $name }
said-tools-after-calls = nach { $count } Aufrufen
said-tools-told-to-end = zum Beenden aufgefordert; wie sein Prozess endete, steht bei diesem
said-tools-not-said-in-time = er sagte nicht rechtzeitig, dass die Sitzung vorbei ist
said-tools-slow-goodbye = der Server brauchte zu lange, um sich zu verabschieden
said-tools-released = der Werkzeug-Server { $name } ist schon losgelassen

# Jede Umgebung, und die eingebaute Welt.
said-tools-environment-gone = die Umgebung ist weg: { $why }
said-tools-environment-late = die Umgebung antwortete nicht innerhalb von { $time }
said-tools-world = Eingebaute Welt, Startwert { $seed }
said-tools-world-closed = die eingebaute Welt ist schon geschlossen
said-tools-world-turn = in Runde { $turn } von { $limit }
