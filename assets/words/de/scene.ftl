# Was der Agent sieht und wo er handelt: die Karte der eingebauten Welt, die Werkzeuge eines Servers, der Desktop.

scene-nothing = Die Umgebung wird vorbereitet

# Die eingebaute Welt.
scene-health = Gesundheit
scene-turns-left = Runden übrig
scene-score = Punktestand
scene-of = { $part } von { $whole }
scene-gold = { $gold } Gold
scene-potions = { $potions ->
    [one] 1 Trank
   *[other] { $potions } Tränke
}
scene-fight = Kampf: { $enemy }

# Die Karte, auch für die, die sie nicht sehen können.
scene-map = Karte: der Agent ist bei { $here }, { $seen } von { $places } Orten besucht
scene-map-night = Nacht
scene-map-twilight = Dämmerung
scene-map-day = Tag
scene-map-did = letzte Aktion: { $did }
scene-map-fights = kämpft gegen { $enemy }
scene-night = Nacht
scene-twilight = Dämmerung
scene-day = Tag
scene-enemy = { $enemy }, Gesundheit { $health } von { $most }
scene-place-unknown = Noch nicht bekannt
scene-place-visited = { $place }, besucht
scene-place-not-visited = { $place }, nicht besucht

# Der Desktop.
scene-no-picture = Hier erscheint das erste Bild
scene-the-desktop = Desktop
scene-picture = Bild von { $source }
scene-picture-pointed = Bild von { $source }; der Agent zeigte auf { $x }, { $y }
scene-held = Gedrückt gehalten: { $keys }
scene-would-have-done = Das hätte er getan
scene-did = Das tat er

# Die Werkzeuge eines Servers.
scene-no-call = Noch nichts aufgerufen
scene-errors = Fehlerausgabe des Servers
scene-seen-now = Jetzt zu sehen
scene-given-picture = Bild, das { $server } lieferte
scene-nothing-seen = Noch nichts
scene-call-under-way = läuft
scene-call-took = { $status }, { $took }
