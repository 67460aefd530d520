# Was Entscheidungen kosteten, was Rat wert war, was gelernt wurde und was die Uhr genommen hat.

judged-nothing = nichts
judged-points = { $points } Punkte

judged-cost = { $bound ->
    [searched] kostete { $amount }, soweit gesucht wurde
   *[proved] kostete { $amount }
}
judged-this = { $bound ->
    [searched] Diese Entscheidung kostete { $amount }, soweit gesucht wurde
   *[proved] Diese Entscheidung kostete { $amount }
}
judged-that = { $bound ->
    [searched] Die Entscheidung in Schritt { $step } kostete { $amount }, soweit gesucht wurde
   *[proved] Die Entscheidung in Schritt { $step } kostete { $amount }
}
judged-step = { $bound ->
    [searched] Schritt { $step } kostete { $amount }, soweit gesucht wurde (das beste gefundene Spiel kommt von hier aus auf { $possible } Punkte)
   *[proved] Schritt { $step } kostete { $amount } (bestes Spiel kommt von hier aus noch auf { $possible } Punkte)
}
judged-step-action = { $bound ->
    [searched] Schritt { $step }: { $action } kostete { $amount }, soweit gesucht wurde (das beste gefundene Spiel kommt von hier aus auf { $possible } Punkte)
   *[proved] Schritt { $step }: { $action } kostete { $amount } (bestes Spiel kommt von hier aus noch auf { $possible } Punkte)
}

# Alle Entscheidungen einer Sitzung.
judged-none-yet = Noch keine Entscheidung wurde bewertet
judged-all-free = Insgesamt nichts verloren, { $over }; { $reach }
judged-all = Insgesamt { $amount }, { $over }; { $reach }
judged-over = { $count ->
    [one] bei 1 bewerteten Entscheidung
   *[other] bei { $count } bewerteten Entscheidungen
}
judged-over-searched = { $over }, { $searched } davon nur, soweit gesucht wurde
judged-reach = { $bound ->
    [searched] das beste gefundene Spiel kommt von hier aus auf { $possible } Punkte
   *[proved] bestes Spiel kommt von hier aus noch auf { $possible } Punkte
}

# Neben einem Vorschlag.
judged-advice-followed = { $bound ->
    [searched] kostete { $amount }, soweit gesucht wurde
   *[proved] kostete { $amount }
}
judged-advice-left = { $bound ->
    [searched] hätte { $amount } gekostet, soweit gesucht wurde
   *[proved] hätte { $amount } gekostet
}

judged-adviser = { $count ->
    [one] { $title }: 1 bewerteter Vorschlag, dieser Rat hätte im Mittel { $mean } gekostet; Befolgen kostete { $followed }, Übergehen kostete { $lost }
   *[other] { $title }: { $count } bewertete Vorschläge, dieser Rat hätte im Mittel { $mean } gekostet; Befolgen kostete { $followed }, Übergehen kostete { $lost }
}

judged-lesson = { $times ->
    [one] { $situation }: { $action } ist { $value } Punkte wert, 1-mal versucht
   *[other] { $situation }: { $action } ist { $value } Punkte wert, { $times }-mal versucht
}
judged-lesson-now = { $times ->
    [one] Jetzt, { $situation }: { $action } ist { $value } Punkte wert, 1-mal versucht
   *[other] Jetzt, { $situation }: { $action } ist { $value } Punkte wert, { $times }-mal versucht
}
judged-learnt = Insgesamt { $total ->
    [one] 1 Lektion
   *[other] { $total } Lektionen
}; in dieser Sitzung wurde aus { $steps ->
    [one] 1 Schritt
   *[other] { $steps } Schritten
} etwas gelernt
judged-learnt-in-part = Insgesamt { $total ->
    [one] 1 Lektion
   *[other] { $total } Lektionen
}, { $shown } davon zu sehen; in dieser Sitzung wurde aus { $steps ->
    [one] 1 Schritt
   *[other] { $steps } Schritten
} etwas gelernt
judged-nothing-to-forget = Über die Umgebung { $environment } gab es nichts zu vergessen
judged-forgotten = { $count ->
    [one] 1 Lektion über die Umgebung { $environment } wurde vergessen
   *[other] { $count } Lektionen über die Umgebung { $environment } wurden vergessen
}

# Die Uhr der Welt.
judged-clock-waits = Die Welt wartet, während die Modelle denken
judged-clock-waits-rules = { $times ->
    [one] Die Welt wartet, während die Modelle denken; 1-mal entschieden Regeln, weil kein Modell etwas Mögliches nannte
   *[other] Die Welt wartet, während die Modelle denken; { $times }-mal entschieden Regeln, weil kein Modell etwas Mögliches nannte
}
judged-clock-turns = Eine Runde dauert { $seconds } s, { $misses } von { $decisions ->
    [one] 1 Entscheidung
   *[other] { $decisions } Entscheidungen
} zu spät, { $turns ->
    [one] 1 Runde verloren
   *[other] { $turns } Runden verloren
}
judged-clock-turns-rules = Eine Runde dauert { $seconds } s, { $misses } von { $decisions ->
    [one] 1 Entscheidung
   *[other] { $decisions } Entscheidungen
} zu spät, { $turns ->
    [one] 1 Runde verloren
   *[other] { $turns } Runden verloren
}; { $times ->
    [one] 1-mal
   *[other] { $times }-mal
} entschieden Regeln, weil kein Modell etwas Mögliches nannte
judged-clock-to-be = Eine Runde dauert { $seconds } s, ob jemand entschieden hat oder nicht
