# Token und Schlüssel; wie es um die Anbieter steht, was ausgegeben wurde und was wohin ging.

accounts-token = Token für LM Studio
accounts-use-token = Token nutzen
accounts-token-made = Erzeugen lässt es sich in LM Studio unter „Developer“, „Server Settings“. { $kept }
accounts-key = Schlüssel für { $provider }
accounts-use-key = { $provider }-Schlüssel nutzen
accounts-another-key = ein anderer ersetzt ihn
accounts-key-made = Erzeugen lässt er sich in der Konsole von { $provider }. { $kept }

# Was aus einem eingegebenen Schlüssel wird.
accounts-will-be-kept = Aufbewahrt wird die Eingabe im Schlüsselbund dieses Systems und in keiner Datei
accounts-will-not-be-kept = { $why }; deshalb gilt die Eingabe, bis das Programm endet, und wird nirgends gespeichert
accounts-not-kept = { $why }; deshalb gilt das nur, bis das Programm endet

# Wo einer ist, der in Gebrauch ist.
accounts-token-of-environment = Das Token kommt aus { $name }; nur dort lässt es sich ändern
accounts-key-of-environment = Der Schlüssel für { $provider } kommt aus einer Umgebungsvariable; nur dort lässt er sich ändern
accounts-token-in-keychain = Das Token für LM Studio liegt im Schlüsselbund dieses Systems
accounts-key-in-keychain = Der Schlüssel für { $provider } liegt im Schlüsselbund dieses Systems
accounts-token-of-this-run = Ein Token gilt, bis das Programm endet; gespeichert wird es nirgends
accounts-key-of-this-run = Ein Schlüssel für { $provider } gilt, bis das Programm endet; gespeichert wird er nirgends
accounts-forget = Vergessen
accounts-forget-token = Token vergessen
accounts-forget-key = Schlüssel für { $provider } vergessen

# Regel und Stand.
accounts-policy = Regel und Stand
accounts-no-session = Sobald eine Sitzung läuft, steht hier jeder Anbieter mit seinen Grenzen

# Ausgaben.
accounts-spending = Ausgaben
accounts-column-model = Modell
accounts-column-calls = Anfragen
accounts-column-prompts = Prompts
accounts-column-answers = Antworten
accounts-column-cost = Kosten
accounts-prices = Preise vom { $date }, in US-Dollar
accounts-budget-dollars = Budget, Dollar
accounts-budget-calls = Budget, Anfragen
accounts-budget-tokens = Budget, Token
accounts-budget-spent = { $spent } von { $most }
accounts-spent-by = { $calls ->
    [one] { $name }: 1 Anfrage, { $prompts } Token in Prompts, { $answers } in Antworten, Kosten { $cost }
   *[other] { $name }: { $calls } Anfragen, { $prompts } Token in Prompts, { $answers } in Antworten, Kosten { $cost }
}

# Was wohin ging.
accounts-ledger = Was wohin ging
accounts-column-host = Host
accounts-column-provider = Anbieter
accounts-column-purpose = Zweck
accounts-column-where = Wo
accounts-column-requests = Anfragen
accounts-column-out = Hinaus
accounts-column-in = Herein
accounts-sent = { $bytes } haben diesen Rechner verlassen
accounts-sent-nothing = Nichts hat diesen Rechner verlassen
accounts-here = dieser Rechner
accounts-away = außerhalb
accounts-local = lokal
accounts-sent-to = { $requests ->
    [one] { $host } ({ $place }), { $provider }, { $purpose }: 1 Anfrage, { $sent } hinaus, { $received } herein
   *[other] { $host } ({ $place }), { $provider }, { $purpose }: { $requests } Anfragen, { $sent } hinaus, { $received } herein
}
