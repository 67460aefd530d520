# Vergangene Sitzungen: die Liste, eine davon, ihre Gründe, zwei nebeneinander, unterbrochene und ihre Wiedergabe.

# Die Liste.
sessions-search = Suchen
sessions-search-hint = ein Ziel, eine Umgebung, ein Wort
sessions-list-being-read = Die Liste wird gelesen
sessions-none-yet = Noch keine Sitzung
sessions-what-is-kept = Jede Sitzung wird vom ersten Schritt an aufbewahrt: was gesehen wurde, wer was vorschlug, was getan wurde und was daraus wurde. Sobald eine läuft, steht sie hier und lässt sich ansehen, noch einmal abspielen und vergleichen
sessions-open-run = Zum Lauf
sessions-none-found = Keine Sitzung gefunden für { $search }
sessions-show-all = Alle Sitzungen zeigen
sessions-keep-days = Tage; 0 heißt für immer
sessions-keep-megabytes = MB höchstens; 0 heißt ohne Grenze
sessions-what-goes = Was älter ist oder mehr Platz braucht, wird beim nächsten Start des Programms entfernt, die ältesten Sitzungen zuerst

# Eine Sitzung.
sessions-choose = Eine Sitzung wählen, um Schritt für Schritt zu sehen, was sie tat und warum
sessions-back-to-list = Zurück zur Liste
sessions-back-to-it = Zurück zur Sitzung
sessions-being-read = Die Sitzung wird gelesen
sessions-not-read = Das konnte nicht gelesen werden; der Grund steht oben
sessions-took = Dauer { $time }
sessions-demo = Die Demo hat geantwortet, kein Sprachmodell
sessions-replay = Abspielen
sessions-replay-hint = Spielt sie auf dem Lauf-Bildschirm ab; kein Modell wird gefragt
sessions-replay-later = Solange eine Sitzung läuft, kann keine abgespielt werden
sessions-compare = Vergleichen mit…
sessions-remove = Entfernen
sessions-still-running = Sie läuft noch
sessions-export-as = Exportieren als
sessions-export-as-format = Exportieren als { $format }…
sessions-web-page = Webseite
sessions-tell = In Worten erzählen
sessions-tell-hint = Das Modell des Erzählers wird um eine Zusammenfassung gebeten
sessions-being-told = Wird erzählt
sessions-removing = Alles, was von dieser Sitzung aufbewahrt ist, geht für immer verloren
sessions-remove-for-good = Endgültig entfernen
sessions-keep-it = Behalten
sessions-summing-up = Das Modell des Erzählers fasst sie zusammen
sessions-in-words = In Worten
sessions-by-narrator = Das hat der Erzähler geschrieben; die Zahlen darunter stammen aus dem Journal

# Ihre Teile.
sessions-timeline = Verlauf
sessions-steps = Schritte
sessions-experts = Experten
sessions-errors = Fehler
sessions-certificate = Zertifikat
sessions-timeline-of-it = Verlauf dieser Sitzung
sessions-steps-of-it = Schritte dieser Sitzung
sessions-experts-of-it = Experten dieser Sitzung
sessions-errors-of-it = Fehler dieser Sitzung
sessions-certificate-of-it = Zertifikat dieser Sitzung

sessions-nothing-measured = Sie endete, bevor etwas gemessen werden konnte
sessions-moment = Zeitpunkt der Sitzung
sessions-what-happened = Was geschah
sessions-last-mark = Zuletzt, nach { $moment }: { $words }
sessions-step-before = Vorheriger Schritt
sessions-step-after = Nächster Schritt
sessions-why-that = Warum geschah das?

sessions-worth-reading = Lesenswert
sessions-worth-step = Schritt { $step }: { $why }
sessions-worth-question = Frage { $question }: { $why }
sessions-nothing-done = In dieser Sitzung wurde nichts getan
sessions-step-hint = Nach { $moment }, durch { $by }: { $effect }
sessions-why = Warum?
sessions-why-step = Warum Schritt { $step }?

sessions-who-was-asked = Wer gefragt wurde
sessions-nobody-asked = In dieser Sitzung wurde kein Modell gefragt
sessions-expert = Experte
sessions-model = Modell
sessions-answered = Beantwortet
sessions-followed = Befolgt
sessions-first-token = Erstes Token
sessions-in-all = Insgesamt
sessions-rate = Token/s
sessions-tokens = Token
sessions-answered-of = { $answered } von { $asked }
sessions-failed = { $failed } gescheitert, { $broken_off } abgebrochen
sessions-in-the-middle = Erstes Token, Gesamtzeit und Token pro Sekunde sind die mittleren Werte aller Antworten
sessions-spent = Ausgegeben: { $spent }
sessions-what-went-wrong = Was schiefging
sessions-no-error = In dieser Sitzung trat kein Fehler auf
sessions-without-cause = Ein Fehler ohne bekannte Ursache
sessions-nothing-sent = Nichts hat diesen Rechner verlassen
sessions-sent = { $requests ->
    [one] Gesendet an { $host } durch { $purpose }: { $bytes } in 1 Anfrage
   *[other] Gesendet an { $host } durch { $purpose }: { $bytes } in { $requests } Anfragen
    }
sessions-certificate-later = Es entsteht, sobald die Sitzung beendet ist
sessions-certificate-never = Es gibt keines: Das Programm endete vor der Sitzung
sessions-settings = Einstellungen dieser Sitzung

# Die Gründe eines Schritts.
sessions-step = Schritt { $step }
sessions-step-action = Schritt { $step }: { $action }
sessions-reasons-being-read = Die Gründe werden gelesen
sessions-previous-step = Vorheriger Schritt
sessions-next-step = Nächster Schritt
sessions-seen = Was gesehen wurde
sessions-nothing-seen = Von dem, was vor diesem Schritt gesehen wurde, ist nichts aufbewahrt
sessions-proposed = Was vorgeschlagen wurde
sessions-no-question = Kein Modell wurde gefragt: Es geschah ohne Frage
sessions-no-call = Kein Aufruf eines Modells ist aufbewahrt
sessions-only-decider = Gefragt wurde nur, wer entscheidet
sessions-decided = Was entschieden wurde
sessions-nothing-decided = Nichts wurde entschieden
sessions-by-itself = { $by }, Schleife { $ordered_by }: kein Grund angegeben
sessions-by-itself-because = { $by }, Schleife { $ordered_by }: { $because }
sessions-checked = Was geprüft wurde
sessions-cost-and-possible = { $bound ->
    [searched] { $cost }; das beste gefundene Spiel kam von dort auf { $possible } Punkte
   *[proved] { $cost }; bestes Spiel kam von dort noch auf { $possible } Punkte
}
sessions-not-judged = Was er kostete, wurde nicht bewertet
sessions-came-of-it = Was daraus wurde
sessions-never-carried-out = Er wurde nie ausgeführt, oder die Sitzung endete, bevor das bekannt war
sessions-said-not-kept = Was gesagt wurde, ist nicht aufbewahrt
sessions-said-nothing = Es kam keine Antwort
sessions-show-thought = Gedanken von { $title } zeigen
sessions-show-prompt = Anfrage an { $title } zeigen
sessions-copy-prompt = Anfrage an { $title } kopieren
sessions-prompt-copied = Die Anfrage an { $title } ist in der Zwischenablage
sessions-instruction = Anweisung
sessions-question = Frage
sessions-changed = Etwas hat sich geändert
sessions-nothing-changed = Außer der Zeit hat sich nichts geändert
sessions-look-to-effect = { $time } vom Blick bis zur Wirkung

# Zwei Sitzungen nebeneinander.
sessions-comparison = Vergleich
sessions-end-comparison = Vergleich beenden
sessions-compare-with = Vergleichen mit
sessions-choose-other = Sitzung wählen
sessions-no-other = In der Liste steht keine andere Sitzung zum Vergleichen
sessions-beside-each-other = Beide werden nebeneinander stehen, Wert für Wert
sessions-other-being-read = Die andere Sitzung wird gelesen
sessions-figure = Wert
sessions-this-one = Diese Sitzung
sessions-other-one = Die andere
sessions-difference = Unterschied
sessions-difference-is = Der Unterschied ist der dieser Sitzung zur anderen; Zeiten sind mittlere Werte
sessions-compared = { $name }: diese Sitzung { $one }, die andere { $other }; { $difference }
sessions-this-course = diese Sitzung
sessions-other-course = die andere
sessions-outcome = Ergebnis
sessions-score = Punktestand
sessions-points = Punkte
sessions-time-for-step = Dauer je Schritt
sessions-time-to-token = Erstes Token
sessions-cost = Kosten
sessions-same = gleich
sessions-not-same = nicht gleich
sessions-more = { $apart } mehr
sessions-less = { $apart } weniger
sessions-fewer = { $apart } weniger
sessions-slower = { $apart } langsamer
sessions-quicker = { $apart } schneller
sessions-unknown = unbekannt
sessions-cannot-be-told = lässt sich nicht sagen

# Unterbrochene Sitzungen.
sessions-kept-until = { $goal }: aufbewahrt bis { $result }
sessions-was-under-way = Gerade im Gang: { $what }
sessions-nothing-left = Sie hatte nichts gestartet, das sie überleben könnte
sessions-older-interrupted = { $count ->
    [one] 1 ältere Sitzung wurde ebenfalls unterbrochen und wird nach dieser gezeigt
   *[other] { $count } ältere Sitzungen wurden ebenfalls unterbrochen und werden nach dieser gezeigt
    }
sessions-see-report = Bericht ansehen
sessions-dismiss = Ausblenden
sessions-dismiss-hint = Sie bleibt in der Liste der Sitzungen
sessions-clean-up = Aufräumen
sessions-clean-up-hint = Beendet, was von dieser Sitzung noch da ist
sessions-cleaning-up = Wird aufgeräumt

# Die Leiste über einer Wiedergabe.
sessions-replay-of = Wiedergabe von { $session }
sessions-close-replay = Wiedergabe schließen
sessions-play = Abspielen
sessions-pause = Pause
sessions-replay-moment = Zeitpunkt
sessions-replay-at = { $at } von { $total }
sessions-speed = Tempo
sessions-asked-then = Hier wurde ein Mensch gefragt: Darf das getan werden: { $action }
