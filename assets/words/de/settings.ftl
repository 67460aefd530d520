# Die Seite mit allen Einstellungen, die nicht dort gewählt werden, wo man sie braucht.

settings-search = Suchen
settings-search-hint = Zoom, Sekunden, Taste…
settings-kept-at-once = Jede Änderung gilt sofort. Was Sitzungen betrifft, gilt ab der nächsten
settings-nothing-found = Keine Einstellung enthält alle diese Wörter: { $words }
settings-show-all = Alle Einstellungen zeigen

settings-section-window = Fenster
settings-section-session = Sitzung
settings-section-reflex = Reflex
settings-section-breakers = Wenn es nicht vorangeht
settings-section-limits = Grenzen
settings-section-money = Geld
settings-section-desktop = Desktop
settings-section-past = Frühere Sitzungen
settings-section-network = Netzwerk
settings-section-updates = Updates

settings-usual = Zurücksetzen
settings-usual-of = Üblicher Wert von { $name }: { $value }
settings-usually = üblich { $value }
settings-stays-in-use = { $value } gilt weiter
settings-range = { $least } bis { $most }
settings-counted = { $figure } { $unit }
settings-zero-never = 0 für nie
settings-zero-no-limit = 0 für keine Grenze
settings-zero-for-ever = 0 für immer
settings-zero-no-pause = 0 für so schnell wie möglich

settings-unit-days = Tage
settings-unit-tokens = Token
settings-unit-questions = Fragen
settings-unit-times = Mal
settings-unit-steps = Schritte
settings-unit-enemies = Gegner
settings-unit-opinions = Meinungen

settings-no-number = Das ist keine Zahl
settings-not-whole = Hier gilt nur eine ganze Zahl
settings-outside = Möglich: { $range }
settings-no-host = { $host } ist kein Name eines Hosts; ohne http:// und ohne Port schreiben
settings-key-missing = Es fehlt eine Taste; Beispiel: ctrl+alt+q
settings-no-key = { $key } gibt es nicht als letzte Taste; Beispiel: ctrl+alt+q
settings-not-held = { $key } wird nicht mit anderen Tasten gehalten; das gilt nur für shift, ctrl, alt und super

settings-on = an
settings-off = aus
settings-no-hosts = keine
settings-as-the-system = Wie das System
settings-dark = Dunkel
settings-light = Hell
settings-english = English
settings-german = Deutsch

settings-theme = Farben
settings-theme-about = Dunkel oder hell oder wie im System
settings-language = Sprache
settings-language-about = Was dieses Fenster spricht; was Server und Modelle sagen, bleibt, wie es ist
settings-zoom = Zoom
settings-zoom-about = Wie groß alles ist
settings-motion = Bewegung
settings-motion-about = Eine Zehntelsekunde lang darf sich bewegen, was dem Auge hilft
settings-notify = Mitteilungen
settings-notify-about = Das System meldet ein Ende oder eine wartende Aktion, solange das Fenster nicht vorn ist

settings-pace = Tempo
settings-pace-about = Mindestzeit zwischen zwei Entscheidungen, damit ein Mensch folgen kann
settings-narrator = Erzähler spricht alle
settings-narrator-about = Wie oft der Erzähler sagt, was geschieht
settings-world-waits = Die Welt wartet
settings-world-waits-about = Die eingebaute Welt steht still, während die Modelle nachdenken
settings-turn = Dauer einer Runde
settings-turn-about = Wie lange eine Runde dauert, wenn die Welt nicht wartet
settings-patience = Geduld der Erkundung
settings-patience-about = Wie lange die Modelle nachdenken dürfen, bevor ein harmloser Schritt getan wird
settings-ask-from = Fragen vor
settings-ask-from-about = Welche Aktionen auf einen Menschen warten; jeder Werkzeug-Server hat dafür eine eigene Wahl
settings-approval = Warten auf Erlaubnis
settings-approval-about = Wie lange eine Aktion auf einen Menschen wartet
settings-learning = Aus Sitzungen lernen
settings-learning-about = Der Wert von Aktionen wird gelernt und den Modellen als Hinweis gezeigt

settings-reflex-health = Handelt unter dieser Gesundheit
settings-reflex-health-about = Der Anteil an Gesundheit, unter dem der Reflex von selbst handelt
settings-reflex-enemies = Rückzug ab
settings-reflex-enemies-about = Bei so vielen Gegnern in der Nähe zieht sich der Reflex zurück
settings-reflex-stamina = Rastet unter dieser Ausdauer
settings-reflex-stamina-about = Der Anteil an Ausdauer, unter dem der Reflex rastet
settings-reflex-preempts = Bricht Fragen ab
settings-reflex-preempts-about = Handelt der Reflex, wird eine laufende Frage abgebrochen: Ihr Augenblick ist vorbei

settings-same-action = Gleiche Aktion
settings-same-action-about = Pause, wenn dieselbe Aktion so oft hintereinander wirkungslos war
settings-no-change = Schritte ohne Änderung
settings-no-change-about = Pause nach so vielen Schritten hintereinander, die nichts ändern
settings-same-error = Gleicher Fehler
settings-same-error-about = Pause nach demselben Fehler so oft hintereinander
settings-time = Gewährte Zeit
settings-time-about = Pause, wenn eine Sitzung so lange gedauert hat

settings-connect = Verbinden
settings-connect-about = Wie lange ein Server brauchen darf, um eine Verbindung anzunehmen
settings-load = Modell laden
settings-load-about = Wie lange ein Server dafür brauchen darf
settings-first-token = Erstes Token
settings-first-token-about = Von der Frage bis zum ersten Token; langsame Modelle brauchen für lange Prompts Minuten
settings-between-tokens = Zwischen zwei Token
settings-between-tokens-about = Wie lange eine Antwort stocken darf
settings-total = Ganze Antwort
settings-total-about = Von der Frage bis zum Ende der Antwort
settings-answer-tokens = Länge einer Antwort
settings-answer-tokens-about = Höchstzahl der Token in einer Antwort, Nachdenken eingeschlossen
settings-quorum = Genügend Meinungen
settings-quorum-about = So viele genügen, wenn das Warten auf Experten vorbei ist
settings-experts = Warten auf Experten
settings-experts-about = Wie lange auf die langsameren Experten gewartet wird

settings-calls = Fragen an Modelle
settings-calls-about = Höchstzahl in einer Sitzung; danach Pause
settings-tokens = Token insgesamt
settings-tokens-about = Höchstzahl in einer Sitzung, Prompts und Antworten zusammen; danach Pause
settings-dollars = Kosten
settings-dollars-about = Was eine Sitzung höchstens kosten darf, soweit Preise bekannt sind; danach Pause
settings-warn-at = Warnen bei
settings-warn-at-about = Der Anteil an einer dieser Grenzen, bei dem gewarnt wird

settings-picture-size = Größe der Bilder
settings-picture-size-about = Die längere Seite der Bilder für die Modelle
settings-look-every = Hinsehen alle
settings-look-every-about = Wie oft der Bildschirm angesehen wird
settings-settle = Zeit zum Reagieren
settings-settle-about = Wie viel Zeit der Bildschirm nach einer Aktion bekommt, bevor er angesehen wird
settings-press = Tastendruck
settings-press-about = Wie lange eine Taste unten bleibt, die nur gedrückt wird; kürzere übersehen Spiele
settings-most-hold = Längstes Halten
settings-most-hold-about = Wie lange eine Taste höchstens gehalten werden darf
settings-count-down = Countdown
settings-count-down-about = Was gezählt wird, bevor Tasten und Maus übernommen werden
settings-hands-off = Hände weg
settings-hands-off-about = Wie lange niemand Maus oder Tastatur berührt haben darf, bevor der Agent es tut
settings-stop-key = Stopptaste
settings-stop-key-about = Beendet die Sitzung, wo immer der Fokus ist; Beispiel: ctrl+alt+q

settings-keep-days = Sitzungen behalten für
settings-keep-days-about = Die ältesten gehen zuerst; was gelernt wurde, bleibt für immer
settings-keep-megabytes = Platz für Sitzungen
settings-keep-megabytes-about = Was von beendeten Sitzungen behalten wird, darf höchstens so groß sein

settings-bypass-proxy = Ohne Proxy erreicht
settings-bypass-proxy-about = Hosts, die direkt gefragt werden, welchen Proxy das System auch nennt; durch Kommas getrennt
settings-own-hosts = Eigene Hosts
settings-own-hosts-about = Hosts, die auch bei „Nur lokal“ gefragt werden, weil es eigene sind; durch Kommas getrennt

settings-releases = Nach neueren Versionen sehen
settings-releases-about = Fragt einmal am Tag, ob es eine neuere Version gibt, und verrät nichts über Person oder Rechner; heruntergeladen wird nichts
settings-releases-address = Gefragt wird unter
settings-releases-address-about = Die Adresse, die die neueste Version nennt; leer für die mitgelieferte
settings-releases-usual = die mitgelieferte
settings-releases-no-address = Hier gilt nur eine Adresse, die mit https:// beginnt und keinen Benutzer nennt
settings-releases-nowhere = Es wird nicht gefragt: Dieses Programm kam ohne Adresse, und oben steht keine
settings-releases-demo = Nicht gefragt, solange die Demo antwortet
settings-releases-local = Nicht gefragt, solange „Nur lokal“ gilt
settings-releases-not-yet = Noch nicht gefragt
settings-releases-none = Es gibt keine neuere Version; dies ist { $own }
settings-releases-newer = Version { $version } ist da; dies ist { $own }
settings-releases-open = Seite öffnen
settings-releases-copy = Adresse kopieren
