# Wo Modelle laufen dürfen, was sie kosten und wie es um sie steht.

minds-local-only = Nur lokal: Nichts verlässt diesen Rechner und die eigenen Hosts
minds-local-first = Lokal zuerst: Die Cloud springt ein, wo lokale Modelle ausfallen
minds-cloud-first = Cloud zuerst: Lokale Modelle springen ein, wo die Cloud ausfällt
minds-cloud-only = Nur Cloud: Kein lokaler Server wird gefragt

minds-parts-local-only = Nur lokale Modelle sind erlaubt, also spielen lokale Modelle die Rollen; ändern lässt sich das unter „Einrichtung“
minds-parts-local-first = Lokale Modelle werden zuerst gefragt; wo sie ausfallen, sehen Gemini und Claude, was der Agent sieht
minds-parts-cloud-first = Gemini und Claude werden zuerst gefragt und sehen, was der Agent sieht; wo sie ausfallen, antworten lokale Modelle
minds-parts-cloud-only = Kein lokaler Server wird gefragt: Gemini und Claude spielen jede Rolle und sehen, was der Agent sieht

minds-provider-local = Lokale Modelle
minds-provider-tools = Werkzeug-Server

minds-unknown = unbekannt
minds-at-most = { $count } von { $most }
minds-dollars = { $usd } { "\u0024" }
minds-hardly-a-dollar = weniger als { $usd } { "\u0024" }
minds-at-least = mindestens { $cost }
minds-spent-unpriced = { $calls ->
    [one] { $cost }; 1 Aufruf mit unbekanntem Preis
   *[other] { $cost }; { $calls } Aufrufe mit unbekanntem Preis
}

minds-nobody-asked = Kein Modell wurde gefragt
minds-used-up = { $calls ->
    [one] 1 Aufruf, { $prompts } Token in Prompts und { $answers } in Antworten
   *[other] { $calls } Aufrufe, { $prompts } Token in Prompts und { $answers } in Antworten
}
minds-used-up-uncounted = { $calls ->
    [one] 1 Aufruf, { $prompts } Token in Prompts und { $answers } in Antworten
   *[other] { $calls } Aufrufe, { $prompts } Token in Prompts und { $answers } in Antworten
}; von { $uncounted ->
    [one] 1 Aufruf
   *[other] { $uncounted } Aufrufen
} sind die Token unbekannt

minds-ready = Bereit
minds-left-alone = Wird bis { $time } nicht gefragt: { $why }
minds-absent = Nicht da: { $why }
minds-busy = { $under_way } in Arbeit; in der letzten Minute { $requests } Anfragen und { $tokens } Token
minds-busy-waiting = { $under_way } in Arbeit, { $waiting } warten; in der letzten Minute { $requests } Anfragen und { $tokens } Token

minds-narrated-by = { $by }, Schritt { $step }
