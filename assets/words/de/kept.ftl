# Was von vergangenen Sitzungen aufbewahrt ist, in Worten: wann sie waren, was aus ihnen wurde, warum etwas getan wurde.

kept-when-unknown = zu unbekannter Zeit
kept-today = heute, { $time }
kept-yesterday = gestern, { $time }
kept-day = { $day }. { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
    } { $year }, { $time }

kept-no-goal = Kein Ziel angegeben
kept-name = { $when }: { $goal }, { $result }
kept-place = { $environment }, Startwert { $seed }
kept-demo = Demo
kept-score = Punktestand { $score }
kept-line = { $when }: { $goal }. { $outcome }, { $result }, { $proof }; { $setting }

kept-running = Läuft gerade
kept-interrupted = Unterbrochen
kept-ended = Beendet
kept-stopped = Auf Wunsch beendet
kept-finished = Episode zu Ende
kept-goal-reached = Ziel erreicht
kept-limit-reached = Grenze erreicht
kept-failed = Gescheitert

kept-clean = Zertifikat sauber
kept-not-clean = Zertifikat nicht sauber
kept-no-certificate = kein Zertifikat

kept-holdings = { $total ->
    [one] 1 Sitzung
   *[other] { $total } Sitzungen
    }, { $room } auf der Festplatte
kept-holdings-found = { $found } von { $total ->
    [one] 1 Sitzung
   *[other] { $total } Sitzungen
    } gefunden, { $room } auf der Festplatte

# Was in einer großen Zahl zwischen je drei Ziffern steht.
kept-thousands = { "." }
kept-keeping = Aufbewahrt: { $days ->
    [one] 1 Tag
   *[other] { $days } Tage
    }, bis zu { $most } MB
kept-keeping-days = Aufbewahrt: { $days ->
    [one] 1 Tag
   *[other] { $days } Tage
    }, so viel es auch ist
kept-keeping-for-ever = Aufbewahrt: für immer, bis zu { $most } MB
kept-keeping-everything = Aufbewahrt: für immer, so viel es auch ist

kept-was-interrupted = Unterbrochene Sitzung: { $when }
kept-child-there = Der Kindprozess { $name } läuft noch
kept-child-gone = Der Kindprozess { $name } ist weg
kept-child-unknown = Der Kindprozess { $name } läuft vielleicht noch; das ist noch nicht bekannt
kept-model-there = Das geladene Modell { $name } ist noch da
kept-model-gone = Das geladene Modell { $name } ist weg
kept-model-unknown = Das geladene Modell { $name } ist vielleicht noch da; das ist noch nicht bekannt

# Kurven: ihre Namen, ihre Linien und ihre Einheiten.
kept-plot-score = Punktestand
kept-plot-cycle-time = Dauer eines Schritts
kept-plot-first-token = Zeit bis zum ersten Token
kept-plot-tokens-a-second = Token pro Sekunde
kept-plot-waiting = Warten in der Schlange
kept-plot-errors = Fehler nach Ursache
kept-course-score = Punktestand
kept-course-decision = Entscheidung
kept-course-local = Lokale Modelle
kept-course-tools = Werkzeug-Server
kept-unit-points = Punkte
kept-unit-events = Ereignisse
kept-unit-rate = Token/s
kept-nothing-yet = noch nichts
kept-plot = { $title }: { $said }
kept-plot-nothing = nichts gemessen
kept-course-nothing = { $name } nichts gemessen
kept-plot-values = niedrigster Wert { $low }, höchster { $high }, letzter { $last }
kept-course-values = { $name } niedrigster Wert { $low }, höchster { $high }, letzter { $last }
kept-plot-count = insgesamt { $count }, zuerst nach { $first }
kept-course-count = { $name } insgesamt { $count }, zuerst nach { $first }
kept-no-marks = { $name }: nichts
kept-marks = { $name }: { $count ->
    [one] 1 Marke
   *[other] { $count } Marken
    }, die letzte nach { $moment }: { $words }
kept-time-runs = Die Zeit läuft von links nach rechts, vom Anfang bis { $end }
kept-plot-at = { $moment }: { $values }

kept-at-step = Bei { $moment }: Schritt { $step }, { $action }
kept-at-start = Bei { $moment }: vor dem ersten Schritt
kept-asked-person = Frage an einen Menschen: Darf das getan werden, { $action }?
kept-went-on = Es ging weiter
kept-went-on-told = Es ging weiter, mit einem Hinweis an die Modelle: { $word }

kept-error-once = { $count ->
    [one] 1-mal
   *[other] { $count }-mal
    }, nach { $first }
kept-error-once-seen = { $count ->
    [one] 1-mal
   *[other] { $count }-mal
    }, nach { $first }; gesehen von { $by }
kept-error = { $count ->
    [one] 1-mal
   *[other] { $count }-mal
    }, zuerst nach { $first }, zuletzt nach { $last }
kept-error-seen = { $count ->
    [one] 1-mal
   *[other] { $count }-mal
    }, zuerst nach { $first }, zuletzt nach { $last }; gesehen von { $by }

kept-unknown = unbekannt
kept-expert = { $title }, { $model }: { $answered } von { $asked } beantwortet, { $failed } gescheitert, { $broken_off } abgebrochen, { $followed }; im Mittel erstes Token nach { $first }, insgesamt { $total }, { $rate } Token/s; { $tokens } Token
kept-decides = entscheidet
kept-followed = { $count ->
    [one] 1-mal befolgt
   *[other] { $count }-mal befolgt
    }
kept-times = { $count ->
    [one] 1-mal
   *[other] { $count }-mal
    }

kept-look = Blick { $look }, Runde { $turn }, Szene { $scene }
kept-scene-town = Stadt
kept-scene-exploration = Erkundung
kept-scene-combat = Kampf
kept-scene-dialogue = Gespräch
kept-scene-puzzle = Rätsel
kept-scene-menu = Menü
kept-scene-end = Ende
kept-scene-unknown = unbekannt

kept-called = { $model }, bei { $place }
kept-called-as = { $model }, geantwortet hat { $other }, bei { $place }
kept-call-under-way = Unterwegs
kept-call-answered = Beantwortet
kept-call-failed = Gescheitert
kept-call-broken-off = Abgebrochen
kept-waited = gewartet { $time }
kept-never-left = nie abgeschickt
kept-first-token = erstes Token nach { $time }
kept-no-token = kein Token kam
kept-took = Dauer { $time }
kept-no-end = das Ende ist nicht bekannt
kept-rate = { $rate } Token/s
kept-tokens = Token der Anfrage { $prompt }, der Antwort { $answer }
kept-cost = Kosten { $cost }

kept-no-person = Kein Mensch musste gefragt werden
kept-person-asked = Ein Mensch wurde gefragt nach { $action } ({ $risk }): { $answer }
kept-no-answer = Keine Antwort bekannt
kept-approved-for-ever = Erlaubt für diesen Server, in jeder Sitzung
kept-approved-for-session = Erlaubt für die ganze Sitzung
kept-approved = Erlaubt
kept-rejected = Abgelehnt
kept-rejected-because = Abgelehnt: { $word }
kept-unanswered = Niemand hat geantwortet

kept-loop-perception = Wahrnehmung
kept-loop-reasoning = Denken
kept-loop-action = Handeln
kept-loop-reflex = Reflex
kept-loop-exploration = Erkundung nebenher
kept-loop-learning = Lernen
kept-loop-narration = Erzählen
