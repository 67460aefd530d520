# Das Protokoll und die Diagnose, die sich daraus machen lässt.

logs-title = Protokoll
logs-pause = Protokoll anhalten
logs-go-on = Weiter
logs-copy = Angezeigtes kopieren
logs-follow = Neuestem folgen
logs-level = Stufe
logs-module = Modul
logs-search = Suchen
logs-search-hint = im Text und im Modul
logs-all-levels = Alle Stufen
logs-information = Infos und Schlimmeres
logs-warnings = Warnungen und Fehler
logs-errors = Nur Fehler
logs-all-modules = Alle Module
logs-lines = { $lines ->
    [one] 1 Zeile
   *[other] { $lines } Zeilen
    }
logs-matches = { $matches } von { $lines ->
    [one] 1 Zeile passt
   *[other] { $lines } Zeilen passen
    }
logs-paused = Angehalten, inzwischen { $lines ->
    [one] 1 neue Zeile
   *[other] { $lines } neue Zeilen
    }
logs-copied = { $lines ->
    [one] 1 Zeile ist in der Zwischenablage
   *[other] { $lines } Zeilen sind in der Zwischenablage
    }
logs-skipped = { $lines ->
    [one] 1 Zeile übersprungen
   *[other] { $lines } Zeilen übersprungen
    }
logs-nothing-yet = Was das Programm von sich selbst sagt, erscheint hier: womit es sich verbindet, was ihm auffällt und was schiefging. Schlüssel und Passwörter werden vorher entfernt
logs-looking = Alle Zeilen werden durchgesehen
logs-no-match = Keine Zeile passt
logs-show-all = Alle Zeilen zeigen

# Wie schlimm eine Zeile ist; höchstens sieben Buchstaben, sie bilden eine Spalte.
logs-error = Fehler
logs-warning = Warnung
logs-info = Info
logs-debug = Debug
logs-trace = Trace

logs-diagnostics = Diagnose für Hilfesuchende
logs-prepare = Vorbereiten
logs-preparing = Wird zusammengestellt
logs-offer = Ein Text, der veröffentlicht werden kann: Versionen, dieser Rechner, die Einstellungen, was die Prüfung ergab, die letzten Fehler und das Ende des Protokolls. Er wird zuerst hier gezeigt, und nichts wird irgendwohin gesendet
logs-save = Speichern…
logs-copy-diagnostics = Diagnose kopieren
logs-close = Schließen
logs-promise = Anfragen, Schlüssel und Adressen anderer Rechner stehen nicht darin
logs-read-it = Vor dem Veröffentlichen lesen: Ein Programm kann nicht alles wissen, was niemanden etwas angeht
logs-text-of = Text von { $file }
logs-nothing-taken-out = Nichts musste entfernt werden
logs-taken-out = Entfernt
logs-taken = { $times ->
    [one] { $what }: 1-mal; stattdessen steht dort { $instead }
   *[other] { $what }: { $times }-mal; stattdessen steht dort { $instead }
    }
