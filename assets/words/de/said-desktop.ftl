# Was der Desktop sagt; erkannt wird es am englischen Text.

# Was angesehen werden kann.
said-desktop-whole-screen = Der ganze Bildschirm
said-desktop-whole-screen-dry = Der ganze Bildschirm, Probelauf
said-desktop-title-dry = { $title }, Probelauf
said-desktop-system = X11, Anzeige { $display }

# Was mit ihm schiefging.
said-desktop-unusable = Der Desktop ist hier nicht benutzbar
said-desktop-advice-other-environment = Eine andere Umgebung wählen
said-desktop-source-gone = Was angesehen wurde, ist weg
said-desktop-advice-other-source = Ein anderes Fenster, einen anderen Monitor oder den ganzen Bildschirm wählen
said-desktop-refused = Der Desktop lehnte ab
said-desktop-advice-whole-screen = Erneut versuchen; geschieht es wieder, den ganzen Bildschirm ansehen
said-desktop-lost = Die Verbindung zum Desktop ist verloren
said-desktop-advice-new-session = Eine neue Sitzung starten, sobald der Desktop da ist
said-desktop-silent = Der Desktop antwortet nicht
said-desktop-advice-log-in = Erneut versuchen; geschieht es wieder, am Desktop neu anmelden
said-desktop-released = der Desktop ist schon losgelassen
said-desktop-not-there = { $what } ist nicht da
said-desktop-window = Ein Fenster namens „{ $title }“
said-desktop-window-elsewhere = ein Fenster namens { $title }
said-desktop-window-elsewhere-gone = ein Fenster namens { $title } ist nicht da
said-desktop-monitor = Der Monitor { $name }
said-desktop-monitor-elsewhere = der Monitor { $name }
said-desktop-outside = „{ $title }“ liegt außerhalb des Desktops; es
said-desktop-to-be-framed = Was eingerahmt werden soll,
said-desktop-server-refused = der Anzeigeserver lehnte ab: { $why }
said-desktop-server-gone = der Anzeigeserver ist weg: { $why }

# Warum es keinen Desktop gibt, oder nicht alles davon.
said-desktop-wayland = Dieser Desktop läuft mit Wayland; dort sehen und drücken Programme bei anderen nur etwas über Portale, und die sind noch nicht eingebaut. In einer X11-Sitzung anmelden oder eine andere Umgebung wählen
said-desktop-no-display = Hier gibt es keinen Desktop: DISPLAY ist nicht gesetzt. In einer grafischen Sitzung starten
said-desktop-no-screen = Die Anzeige hat keinen Bildschirm { $number }
said-desktop-display-unusable = Die Anzeige :{ $display } ist nicht benutzbar: { $why }
said-desktop-no-input-extension = Der Anzeigeserver meldet nicht, was Tasten und Maus tun: Ihm fehlt Version 2.1 seiner Eingabe-Erweiterung
said-desktop-no-xtest = Der Anzeigeserver lässt kein Programm Tasten drücken: Ihm fehlt seine Erweiterung XTEST
said-desktop-no-shape = Der Anzeigeserver hat keine Fenster, die Klicks durchlassen: Ihm fehlt Version 1.1 seiner Erweiterung SHAPE
said-desktop-no-monitor = kein Monitor ist angeschlossen
said-desktop-no-hands-there = Unter { $system } werden Tasten und Maus noch nicht benutzt: Ziel, Rahmen und das Achten auf die eigenen Hände, die davor kommen, gibt es nur für X11
said-desktop-only-dry = Nur ein Probelauf ist möglich: { $why }

# Was der Anzeigeserver ablehnte.
said-desktop-not-to-front = der Fenstermanager holte „{ $title }“ nicht nach vorn
said-desktop-picture-short = das Bild, das er schickte, ist zu kurz
said-desktop-picture-odd = seine Bilder haben { $what }; das ist hier nicht bekannt
said-desktop-no-colours = keine Schreibweise für Farben
said-desktop-colour-table = eine Farbtabelle
said-desktop-bits = { $bits } Bits je Punkt
said-desktop-picture-not-encoded = sein Bild ließ sich nicht kodieren: { $why }
said-desktop-picture-bytes = ein Bild von { $width }x{ $height } mit { $count } Bytes
said-desktop-stop-key-lacks = dieser Tastatur fehlt eine Taste der Stopptaste
said-desktop-answered-by = { $request } beantwortete er mit { $error }
said-desktop-a-request = eine Anfrage
said-desktop-no-numbers = er hat keine Nummern mehr für Fenster
said-desktop-no-thread = kein Thread, um ihn zu beobachten: { $why }
said-desktop-no-such-key-here = diese Tastatur hat keine Taste { $key }
said-desktop-no-key-number = keine Taste hat die Nummer { $number }
said-desktop-no-letter = { $letter } ist kein Zeichen, das sich tippen ließe
said-desktop-no-key-for = diese Tastatur hat keine Taste für { $letter } und keine übrig
said-desktop-no-answer = er antwortete nicht
said-desktop-no-answer-within = er antwortete nicht innerhalb von { $seconds } s

# Bevor Tasten und Maus übernommen werden.
said-desktop-part-unusable = { $what } sind hier nicht benutzbar
said-desktop-keys-and-mouse = Tasten und Maus
said-desktop-marks = Marken auf dem Bildschirm, ohne die nichts berührt wird,
said-desktop-advice-dry-or-log-in = Den Probelauf wählen, der nur zeigt, was getan würde, oder sich in einer anderen Art von Sitzung anmelden
said-desktop-advice-dry = Den Probelauf wählen, der nur zeigt, was getan würde
said-desktop-unguarded = Niemand ließe Tasten los, wenn dieses Programm gewaltsam beendet würde
said-desktop-program-unknown = es ist nicht bekannt, wo dieses Programm liegt
said-desktop-advice-own-file = Das Programm aus seiner eigenen Datei starten oder den Probelauf wählen
said-desktop-hands-unnoticed = Die eigenen Hände würden hier nicht bemerkt
said-desktop-stop-key-unusable = Die Stopptaste { $key } ist hier nicht benutzbar
said-desktop-stop-key-wrong = die Stopptaste { $key } ist nicht benutzbar: { $why }
said-desktop-not-held-with-others = { $key } wird nicht mit anderen Tasten gehalten
said-desktop-no-stop-key = es gibt keine Stopptaste
said-desktop-stopped-before-taken = Gestoppt, bevor Tasten und Maus übernommen wurden
said-desktop-advice-start-again = Neu starten
said-desktop-counts-down = Singularis übernimmt Maus und Tastatur in { $seconds }…
said-desktop-at-the-controls = Singularis steuert · { $key } beendet es
said-desktop-paused = Singularis pausiert · { $key } beendet es

# Die Kalibrierung.
said-desktop-stopped-before-calibration = Vor der Kalibrierung gestoppt
said-desktop-stopped-in-calibration = Gestoppt, bevor die Kalibrierung vorbei war
said-desktop-used-in-calibration = Maus oder Tastatur wurden während der Kalibrierung benutzt
said-desktop-advice-hands-off = Beide nicht anfassen, bis der Rahmen da ist, und neu starten
said-desktop-target-unseen = Ein Ziel wurde gezeigt und ist nicht im Bild
said-desktop-advice-uncovered = Etwas ansehen, das auf diesem Bildschirm liegt und nicht verdeckt ist, und erneut versuchen
said-desktop-click-missed = Ein Klick auf ein Ziel kam dort nicht an
said-desktop-advice-close-top = Schließen, was obenauf liegt, etwa ein Menü oder einen gesperrten Bildschirm, und erneut versuchen
said-desktop-clicks-off = Klicks kommen { $pixels } Pixel daneben an
said-desktop-advice-scaling = Die Skalierung des Bildschirms auf 100 % stellen oder nur einen Monitor ansehen, und erneut versuchen
said-desktop-target-hit = Ziel bei { $target }: gesehen bei { $seen }, geklickt bei { $clicked }
said-desktop-target-not-clicked = Ziel bei { $target }: gesehen bei { $seen }, nirgends geklickt
said-desktop-target-not-seen = Ziel bei { $target }: nirgends gesehen, geklickt bei { $clicked }
said-desktop-target-lost = Ziel bei { $target }: nirgends gesehen, nirgends geklickt
said-desktop-calibration-slow = Die Kalibrierung dauerte zu lange
said-desktop-longer-than = sie dauerte länger als { $seconds } s
said-desktop-advice-less-going-on = Erneut versuchen, wenn weniger los ist
said-desktop-guardian-gone = Der Wächter über Tasten und Maus ist weg

# Tastenprofile.
said-desktop-first-person = Spiel aus der Ich-Perspektive
said-desktop-first-person-about = Ein Rollenspiel, gesehen mit den Augen des Helden. Tasten zum Gehen werden gehalten, 300 bis 2000 Millisekunden lang; „look“ dreht den Kopf.
said-desktop-nethack-about = NetHack in einem Terminal. Die erste Zeile fragt und erzählt, die letzten beiden zeigen, wie es steht. Immer nur eine Taste; nach --More-- enter drücken; escape verlässt eine Frage. Auf die Frage nach einer Richtung antwortet h j k l y u b n, auf die nach einem Gegenstand sein Buchstabe.
said-desktop-no-profile = Ein Tastenprofil namens { $name } gibt es nicht
said-desktop-there-are = es gibt { $first }, { $others }
said-desktop-advice-profile = Ein anderes Profil wählen oder keines
said-desktop-left-out = { $file } ist ausgelassen: { $why }
said-desktop-left-out-unnamed = { $file } ist ausgelassen: es hat keinen Namen
said-desktop-built-in-profile = ein eingebautes Profil
said-desktop-key-count = es hat { $count } Tasten; es müssen 1 bis { $most } sein
said-desktop-key-twice = die Taste { $key } steht zweimal darin
said-desktop-profile-too-long = es ist zu lang für ein Tastenprofil
said-desktop-no-text = es ist kein Text

# Was eine Aktion tut.
said-desktop-press = { $key } drücken
said-desktop-press-times = { $key } { $times }-mal drücken
said-desktop-hold = { $key } { $time } ms lang halten
said-desktop-press-left = linke Maustaste { $times }-mal drücken
said-desktop-press-middle = mittlere Maustaste { $times }-mal drücken
said-desktop-press-right = rechte Maustaste { $times }-mal drücken
said-desktop-type = „{ $text }“ tippen
said-desktop-click-left = mit linker Maustaste klicken
said-desktop-click-left-at = mit linker Maustaste bei { $place } klicken
said-desktop-double-left = mit linker Maustaste doppelklicken
said-desktop-double-left-at = mit linker Maustaste bei { $place } doppelklicken
said-desktop-drag-left = mit linker Maustaste von { $start } nach { $end } ziehen
said-desktop-click-middle = mit mittlerer Maustaste klicken
said-desktop-click-middle-at = mit mittlerer Maustaste bei { $place } klicken
said-desktop-double-middle = mit mittlerer Maustaste doppelklicken
said-desktop-double-middle-at = mit mittlerer Maustaste bei { $place } doppelklicken
said-desktop-drag-middle = mit mittlerer Maustaste von { $start } nach { $end } ziehen
said-desktop-click-right = mit rechter Maustaste klicken
said-desktop-click-right-at = mit rechter Maustaste bei { $place } klicken
said-desktop-double-right = mit rechter Maustaste doppelklicken
said-desktop-double-right-at = mit rechter Maustaste bei { $place } doppelklicken
said-desktop-drag-right = mit rechter Maustaste von { $start } nach { $end } ziehen
said-desktop-point = auf { $place } zeigen
said-desktop-turn = Maus um { $right } nach rechts und { $down } nach unten bewegen
said-desktop-scroll = um { $down } nach unten scrollen
said-desktop-scroll-at = bei { $place } um { $down } nach unten scrollen
said-desktop-scroll-both = um { $right } nach rechts und { $down } nach unten scrollen
said-desktop-scroll-both-at = bei { $place } um { $right } nach rechts und { $down } nach unten scrollen
said-desktop-wait = { $time } ms warten
said-desktop-say-reached = melden, dass das Ziel erreicht ist
said-desktop-left-button = linke Maustaste
said-desktop-middle-button = mittlere Maustaste
said-desktop-right-button = rechte Maustaste
said-desktop-key-number = Taste Nummer { $number }

# Was daraus wurde.
said-desktop-did-change = { $act }: der Bildschirm änderte sich
said-desktop-did-not-change = { $act }: der Bildschirm änderte sich nicht
said-desktop-not-done = { $act }: nicht getan
said-desktop-did-not-work = { $act }: misslang
said-desktop-broken-off = { $act }: abgebrochen
said-desktop-would = würde { $act } (Probelauf)
said-desktop-would-sent = Würde { $act } (Probelauf: nichts wurde gesendet)
said-desktop-done = Getan: { $act }
said-desktop-reached = Das Ziel ist erreicht: { $report }
said-desktop-stopped-before = Vor dem Beginn gestoppt; nichts wurde getan
said-desktop-dry-run = Dies ist ein Probelauf
said-desktop-another-size = Was angesehen wird, hat jetzt eine andere Größe; nichts wurde getan, erneut hinsehen
said-desktop-nothing-done = Nichts wurde getan: { $why }
said-desktop-changed-meanwhile = Der Bildschirm änderte sich, während jemand anders Maus und Tastatur benutzte; nichts wurde getan
said-desktop-in-use = Maus und Tastatur werden gerade benutzt; nichts wurde getan
said-desktop-somebody-holds = Jemand hält { $keys }; nichts wurde getan
said-desktop-stopped-in-the-middle = Mittendrin gestoppt
said-desktop-how-much = { $why }; wie viel von „{ $act }“ getan wurde, ist nicht bekannt
said-desktop-act-failed = „{ $act }“ misslang: { $why }
said-desktop-no-guardian = Nicht getan, weil der Wächter über die Tasten weg ist ({ $why }): { $act }
said-desktop-nothing-pressed = Niemand ließe Tasten los, wenn dieses Programm gewaltsam beendet würde, also wird nichts mehr gedrückt; eine neue Sitzung starten

# Dasselbe, wo die Aktion mit einem Ort endet, der es sonst verschluckte.
said-desktop-click-left-at-did-change = mit linker Maustaste bei { $place } klicken: der Bildschirm änderte sich
said-desktop-click-left-at-did-not-change = mit linker Maustaste bei { $place } klicken: der Bildschirm änderte sich nicht
said-desktop-click-left-at-not-done = mit linker Maustaste bei { $place } klicken: nicht getan
said-desktop-click-left-at-did-not-work = mit linker Maustaste bei { $place } klicken: misslang
said-desktop-click-left-at-broken-off = mit linker Maustaste bei { $place } klicken: abgebrochen
said-desktop-double-left-at-did-change = mit linker Maustaste bei { $place } doppelklicken: der Bildschirm änderte sich
said-desktop-double-left-at-did-not-change = mit linker Maustaste bei { $place } doppelklicken: der Bildschirm änderte sich nicht
said-desktop-double-left-at-not-done = mit linker Maustaste bei { $place } doppelklicken: nicht getan
said-desktop-double-left-at-did-not-work = mit linker Maustaste bei { $place } doppelklicken: misslang
said-desktop-double-left-at-broken-off = mit linker Maustaste bei { $place } doppelklicken: abgebrochen
said-desktop-drag-left-did-change = mit linker Maustaste von { $start } nach { $end } ziehen: der Bildschirm änderte sich
said-desktop-drag-left-did-not-change = mit linker Maustaste von { $start } nach { $end } ziehen: der Bildschirm änderte sich nicht
said-desktop-drag-left-not-done = mit linker Maustaste von { $start } nach { $end } ziehen: nicht getan
said-desktop-drag-left-did-not-work = mit linker Maustaste von { $start } nach { $end } ziehen: misslang
said-desktop-drag-left-broken-off = mit linker Maustaste von { $start } nach { $end } ziehen: abgebrochen
said-desktop-click-middle-at-did-change = mit mittlerer Maustaste bei { $place } klicken: der Bildschirm änderte sich
said-desktop-click-middle-at-did-not-change = mit mittlerer Maustaste bei { $place } klicken: der Bildschirm änderte sich nicht
said-desktop-click-middle-at-not-done = mit mittlerer Maustaste bei { $place } klicken: nicht getan
said-desktop-click-middle-at-did-not-work = mit mittlerer Maustaste bei { $place } klicken: misslang
said-desktop-click-middle-at-broken-off = mit mittlerer Maustaste bei { $place } klicken: abgebrochen
said-desktop-double-middle-at-did-change = mit mittlerer Maustaste bei { $place } doppelklicken: der Bildschirm änderte sich
said-desktop-double-middle-at-did-not-change = mit mittlerer Maustaste bei { $place } doppelklicken: der Bildschirm änderte sich nicht
said-desktop-double-middle-at-not-done = mit mittlerer Maustaste bei { $place } doppelklicken: nicht getan
said-desktop-double-middle-at-did-not-work = mit mittlerer Maustaste bei { $place } doppelklicken: misslang
said-desktop-double-middle-at-broken-off = mit mittlerer Maustaste bei { $place } doppelklicken: abgebrochen
said-desktop-drag-middle-did-change = mit mittlerer Maustaste von { $start } nach { $end } ziehen: der Bildschirm änderte sich
said-desktop-drag-middle-did-not-change = mit mittlerer Maustaste von { $start } nach { $end } ziehen: der Bildschirm änderte sich nicht
said-desktop-drag-middle-not-done = mit mittlerer Maustaste von { $start } nach { $end } ziehen: nicht getan
said-desktop-drag-middle-did-not-work = mit mittlerer Maustaste von { $start } nach { $end } ziehen: misslang
said-desktop-drag-middle-broken-off = mit mittlerer Maustaste von { $start } nach { $end } ziehen: abgebrochen
said-desktop-click-right-at-did-change = mit rechter Maustaste bei { $place } klicken: der Bildschirm änderte sich
said-desktop-click-right-at-did-not-change = mit rechter Maustaste bei { $place } klicken: der Bildschirm änderte sich nicht
said-desktop-click-right-at-not-done = mit rechter Maustaste bei { $place } klicken: nicht getan
said-desktop-click-right-at-did-not-work = mit rechter Maustaste bei { $place } klicken: misslang
said-desktop-click-right-at-broken-off = mit rechter Maustaste bei { $place } klicken: abgebrochen
said-desktop-double-right-at-did-change = mit rechter Maustaste bei { $place } doppelklicken: der Bildschirm änderte sich
said-desktop-double-right-at-did-not-change = mit rechter Maustaste bei { $place } doppelklicken: der Bildschirm änderte sich nicht
said-desktop-double-right-at-not-done = mit rechter Maustaste bei { $place } doppelklicken: nicht getan
said-desktop-double-right-at-did-not-work = mit rechter Maustaste bei { $place } doppelklicken: misslang
said-desktop-double-right-at-broken-off = mit rechter Maustaste bei { $place } doppelklicken: abgebrochen
said-desktop-drag-right-did-change = mit rechter Maustaste von { $start } nach { $end } ziehen: der Bildschirm änderte sich
said-desktop-drag-right-did-not-change = mit rechter Maustaste von { $start } nach { $end } ziehen: der Bildschirm änderte sich nicht
said-desktop-drag-right-not-done = mit rechter Maustaste von { $start } nach { $end } ziehen: nicht getan
said-desktop-drag-right-did-not-work = mit rechter Maustaste von { $start } nach { $end } ziehen: misslang
said-desktop-drag-right-broken-off = mit rechter Maustaste von { $start } nach { $end } ziehen: abgebrochen
said-desktop-scroll-at-did-change = bei { $place } um { $down } nach unten scrollen: der Bildschirm änderte sich
said-desktop-scroll-at-did-not-change = bei { $place } um { $down } nach unten scrollen: der Bildschirm änderte sich nicht
said-desktop-scroll-at-not-done = bei { $place } um { $down } nach unten scrollen: nicht getan
said-desktop-scroll-at-did-not-work = bei { $place } um { $down } nach unten scrollen: misslang
said-desktop-scroll-at-broken-off = bei { $place } um { $down } nach unten scrollen: abgebrochen
said-desktop-scroll-both-at-did-change = bei { $place } um { $right } nach rechts und { $down } nach unten scrollen: der Bildschirm änderte sich
said-desktop-scroll-both-at-did-not-change = bei { $place } um { $right } nach rechts und { $down } nach unten scrollen: der Bildschirm änderte sich nicht
said-desktop-scroll-both-at-not-done = bei { $place } um { $right } nach rechts und { $down } nach unten scrollen: nicht getan
said-desktop-scroll-both-at-did-not-work = bei { $place } um { $right } nach rechts und { $down } nach unten scrollen: misslang
said-desktop-scroll-both-at-broken-off = bei { $place } um { $right } nach rechts und { $down } nach unten scrollen: abgebrochen

# Der Mensch an derselben Maus.
said-desktop-waits = Der Agent wartet, bis Maus und Tastatur in Ruhe gelassen werden
said-desktop-stop-key-pressed = Die Stopptaste { $key } wurde gedrückt
said-desktop-noticed-no-more = Der Anzeigeserver meldet nicht mehr, was mit Maus und Tastatur geschieht
said-desktop-lets-go = { $what }, also lässt der Agent Maus und Tastatur los
said-desktop-moved-mouse = Die Maus wurde bewegt
said-desktop-pressed-button = Eine Maustaste wurde gedrückt
said-desktop-pressed-key = Eine Taste wurde gedrückt

# Was eine Aktion nicht heißen kann.
said-desktop-no-key = eine Taste namens { $name } gibt es nicht; Tasten heißen etwa w, 1, space, enter, shift, f5 oder page_up
said-desktop-no-button = eine Maustaste namens { $name } gibt es nicht; sie heißen left, middle und right
said-desktop-no-number-of-key = { $text } ist keine Nummer einer Taste
said-desktop-nothing-down = { $text } ist nichts, was gedrückt sein könnte
said-desktop-same-key-twice = { $keys } nennt dieselbe Taste zweimal
said-desktop-most-keys = höchstens { $count } Tasten auf einmal
said-desktop-not-in-profile = { $key } ist keine Taste des Profils { $profile }; es gibt { $names }
said-desktop-outside-picture = der Punkt { $across }, { $along } liegt außerhalb des Bildes: x geht von 0 bis { $width }, y von 0 bis { $height }
said-desktop-time-to-hold-missing = ms fehlt: Wie lange soll gehalten werden?
said-desktop-time-missing = ms fehlt: Wie lange?
said-desktop-key-missing = key fehlt: Welche Taste?
said-desktop-text-missing = text fehlt: Was soll getippt werden?
said-desktop-text-long = text hat mehr als { $letters } Zeichen; in Teilen tippen
said-desktop-on-no-key = { $letter } liegt auf keiner Taste
said-desktop-no-action = eine Aktion namens { $name } gibt es hier nicht
said-desktop-no-number = { $name } ist { $value }, keine Zahl, die sich benutzen lässt
said-desktop-between = { $name } muss zwischen { $least } und { $most } liegen
said-desktop-between-notches = { $name } muss zwischen -{ $least } und { $most } Rasten liegen
said-desktop-together = { $across } und { $along } gehören zusammen
said-desktop-both-missing = { $across } und { $along } fehlen

# Das Loslassen am Ende.
said-desktop-over = vorbei
said-desktop-after-looks = nach { $count } Blicken
said-desktop-letting-go-slow = das Loslassen dauerte zu lange
said-desktop-letting-go-takes-long = das Loslassen dauert lange
said-desktop-name = Desktop
