# Der Bildschirm des Lernens: was Entscheidungen kosteten, was Rat wert war, was gelernt wurde, was die Uhr nahm.

learning-costs = Was Entscheidungen kosteten
learning-costs-to-be = Sobald eine Sitzung läuft, hat hier jede Entscheidung einen Balken: die Punkte des Endstands, die seither außer Reichweite sind, gemessen am besten Spiel von dort aus
learning-costs-soon = Die erste Entscheidung wird noch bewertet; dann erscheint hier ihr Balken
learning-costs-unknown = Diese Umgebung kann nicht sagen, was eine Entscheidung kostete: Ihr bestes Spiel ist nicht bekannt
learning-dearest = Die teuersten

# Das Diagramm der Kosten.
learning-points-lost = verlorene Punkte
learning-step = Schritt { $step }
learning-full = voll: bis zum Ende gesucht
learning-pale = blass: soweit gesucht wurde
learning-plot-empty = Was Entscheidungen kosteten: noch keine wurde bewertet
learning-plot-one-free = Was Entscheidungen kosteten, Schritt { $step }: keine kostete etwas
learning-plot-free = Was Entscheidungen kosteten, Schritte { $first } bis { $last }: keine kostete etwas
learning-plot-one = { $bound ->
    [searched] Was Entscheidungen kosteten, Schritt { $step }: diese kostete { $amount }, soweit gesucht wurde
   *[proved] Was Entscheidungen kosteten, Schritt { $step }: diese kostete { $amount }
}
learning-plot = { $bound ->
    [searched] Was Entscheidungen kosteten, Schritte { $first } bis { $last }: die teuerste, Schritt { $step }, kostete { $amount }, soweit gesucht wurde
   *[proved] Was Entscheidungen kosteten, Schritte { $first } bis { $last }: die teuerste, Schritt { $step }, kostete { $amount }
}

# Was Rat wert war.
learning-advice = Was Rat wert war
learning-advice-means = In Punkten des Endstands; durch Übergehen verloren ist, was Entscheidungen über die eigenen Vorschläge hinaus kosteten
learning-column-expert = Experte
learning-column-judged = Bewertet
learning-column-mean = Mittlere Kosten, Punkte
learning-column-followed = Kosten beim Befolgen, Punkte
learning-column-lost = Durch Übergehen verloren, Punkte

# Was gelernt wurde.
learning-lessons = Was gelernt wurde
learning-is-off = Lernen ist aus: Nichts wird gelernt, und nichts Gelerntes wird den Modellen gezeigt
learning-not-kept = { $trouble }; darum bleibt es nicht für die nächste Sitzung erhalten
learning-lessons-to-be = Sobald eine Sitzung läuft, steht hier, was jede Aktion wert war und in welcher Lage
learning-column-when = Wann
learning-column-situation = Lage
learning-column-action = Aktion
learning-column-value = Wert, Punkte
learning-column-times = Anzahl
learning-now = jetzt

learning-forget = Gelerntes vergessen
learning-nothing-to-forget = Noch nichts gelernt
learning-forget-sure = Alles, was über die Umgebung { $environment } gelernt wurde, geht endgültig verloren
learning-forget-yes = Endgültig vergessen
learning-forget-no = Behalten

learning-clock = Die Uhr
