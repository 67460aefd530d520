# Der Bildschirm der Experten: wann jeder gefragt wurde und sprach, wem gefolgt wurde und ob sich mehrere lohnen.

experts-in-time = Im Zeitverlauf
experts-last-session = die letzte Sitzung, wie sie endete
experts-lanes-to-be = Sobald eine Sitzung läuft, hat hier jeder Experte eine Bahn: wie lange er wartete, wann sein erstes Token kam, wie lange er sprach
experts-nobody-asked = In dieser Sitzung wurde noch kein Modell gefragt

# Die Zeit über den Bahnen.
experts-axis = Die Zeit läuft von links nach rechts, jetzt ist rechts
experts-whole-session = Die ganze Sitzung, { $seconds } s
experts-last-seconds = Die letzten { $seconds } s
experts-ago = vor { $seconds } s
experts-now = jetzt

# Eine Bahn, für Bildschirmleser.
experts-lane = Bahn von { $title }, { $behind }: { $count }-mal gefragt; zuletzt: { $last }
experts-lane-unasked = Bahn von { $title }, { $behind }: nie gefragt

# Eine Frage; die Teile stehen mit Kommas in einer Zeile.
experts-queued = { $took } gewartet
experts-never-sent = nie abgeschickt
experts-waiting-for-turn = wartet, bis es dran ist
experts-first-token = erstes Token nach { $took }
experts-tokens = { $count ->
    [one] 1 Token
   *[other] { $count } Token
}
experts-no-token = kein Token kam
experts-waiting-for-token = wartet auf das erste Token
experts-in-all = { $took } insgesamt
experts-under-way = noch dabei
experts-answered = beantwortet
experts-failed = gescheitert
experts-broken-off = abgebrochen
experts-no-answer = keine Antwort

# Die Legende unter den Bahnen.
experts-hollow = hohl: wartet, bis es dran ist
experts-pale = blass: bis zum ersten Token
experts-full = voll: Token kommen

# Die letzte Entscheidung.
experts-decision = Letzte Entscheidung
experts-decision-to-be = Sobald etwas entschieden ist, steht hier, wer was vorschlug und wem gefolgt wurde
experts-decided = Schritt { $step }, nach { $took }
experts-no-reason = kein Grund wurde genannt
experts-decisive-means = Entscheidend: Ohne diesen Experten wäre anders entschieden worden

experts-column-expert = Experte
experts-column-model = Modell
experts-column-proposed = Vorschlag
experts-column-sure = Sicher, %
experts-column-answered = Antworten
experts-column-followed = Befolgt
experts-column-decisive = Entscheidend
experts-column-took = Dauer, s
experts-column-mean-time = Mittlere Dauer, s
experts-column-tokens = Token
experts-column-cost = Kosten
experts-yes = ja
experts-no = nein
experts-unknown = unbekannt

# Ein Vorschlag, für Bildschirmleser.
experts-proposal = { $title } schlug vor: { $action }, zu { $sure } sicher: { $followed ->
    [yes] befolgt
   *[no] nicht befolgt
}, { $decisive ->
    [yes] entscheidend
   *[no] nicht entscheidend
}; Dauer { $took }, Token { $tokens }, Kosten { $cost }
experts-proposal-unsure = { $title } schlug vor: { $action }, nicht sicher: { $followed ->
    [yes] befolgt
   *[no] nicht befolgt
}, { $decisive ->
    [yes] entscheidend
   *[no] nicht entscheidend
}; Dauer { $took }, Token { $tokens }, Kosten { $cost }

# Ob es sich lohnt, mehrere Modelle zu fragen.
experts-pays = Lohnt sich das Ensemble?
experts-pays-to-be = Nach der ersten Entscheidung über mehrere Vorschläge steht hier, wem gefolgt wurde, ohne wen anders entschieden worden wäre und was jeder gekostet hat
experts-sums = { $decisions ->
    [one] 1 Entscheidung
   *[other] { $decisions } Entscheidungen
} über mehrere Vorschläge, Einigkeit { $agreement }
experts-sums-own-ways = { $decisions ->
    [one] 1 Entscheidung
   *[other] { $decisions } Entscheidungen
} über mehrere Vorschläge, Einigkeit { $agreement }; { $own_ways ->
    [one] 1 Entscheidung nahm
   *[other] { $own_ways } Entscheidungen nahmen
}, was niemand vorgeschlagen hatte
experts-decides = entscheidet
experts-worth = { $name }, { $model }: { $answered } von { $asked } beantwortet, { $followed } befolgt, { $decisive } entscheidend, mittlere Dauer { $mean }, Token { $tokens }, Kosten { $cost }
experts-worth-decides = { $name }, { $model }: { $answered } von { $asked } beantwortet, entscheidet, mittlere Dauer { $mean }, Token { $tokens }, Kosten { $cost }
