# Was die Schleifen des Agenten sagen.

# Wie eine Schleife heißt und woran sie ist
said-agent-perception = Wahrnehmung
said-agent-reasoning = Denken
said-agent-action = Handeln
said-agent-reflex = Reflex
said-agent-exploration = Erkundung nebenher
said-agent-learning = Lernen
said-agent-narration = Erzählen
said-agent-is-asking = fragt die Modelle
said-agent-is-acting = handelt
said-agent-looks = sieht hin
said-agent-looks-seldom = sieht seltener hin, das Denken kommt nicht nach
said-agent-watches-thinking = sieht den Modellen beim Denken zu
said-agent-watches-health = achtet auf die Gesundheit
said-agent-is-telling = erzählt, was vor sich geht
said-agent-stopped-cleanly = { $name } endete sauber bei Durchlauf { $cycles }

# Was aus einer Aktion wurde
said-agent-overtaken = { $action } wurde für einen Moment entschieden, der vorbei ist
said-agent-not-allowed = Ein Mensch hat es nicht erlaubt
said-agent-not-allowed-because = Ein Mensch hat es nicht erlaubt: { $word }
said-agent-unanswered = Niemand hat geantwortet, ob es getan werden darf, also wurde es nicht getan
said-agent-word-on-action = { $action } wurde nicht erlaubt: { $word }
said-agent-no-such-action = Eine Aktion „{ $name }“ gibt es nicht; die Aktionen sind { $names }
said-agent-arguments-unfit = Die Argumente von { $name } passen nicht: { $misfits }

# Was einen Agenten anhält, der nicht vorankommt
said-agent-same-action = { $action } wurde { $times }-mal nacheinander ohne Wirkung getan
said-agent-same-error = { $times }-mal nacheinander: { $error }
said-agent-was-refused = { $name } wurde abgelehnt
said-agent-has-failed = { $name } ist gescheitert
said-agent-was-unclear = es blieb unklar, ob { $name } geschehen ist
said-agent-no-change = { $steps } Schritte nacheinander haben nichts verändert
said-agent-seconds-over = Die gewährten { $count } Sekunden sind vorbei
said-agent-minute-over = Die gewährte Minute ist vorbei
said-agent-minutes-over = Die gewährten { $count } Minuten sind vorbei

# Ohne Modell entschieden
said-agent-something-new = Die Modelle denken noch, und das führt zu etwas Neuem
said-agent-health-low = Die Gesundheit liegt unter der Schwelle
said-agent-health-low-so = Die Gesundheit liegt unter der Schwelle: { $action }
said-agent-enemies-near = Zu viele Feinde sind in der Nähe
said-agent-enemies-near-so = Zu viele Feinde sind in der Nähe: { $action }
said-agent-stamina-low = Die Ausdauer liegt unter der Schwelle
said-agent-stamina-low-so = Die Ausdauer liegt unter der Schwelle: { $action }
said-agent-rules-in-row = { $times }-mal nacheinander entschieden Regeln: { $why }
said-agent-rules-in-row-unusable = { $times }-mal nacheinander entschieden Regeln: Die Modelle haben geantwortet, aber keine Aktion genannt, die jetzt möglich ist
said-agent-rules-decided = Die Modelle nannten nichts, was möglich ist, also entschieden Regeln

# Verlauf und Ende
said-agent-too-slow = Die Modelle sind langsamer als die Welt: Ihre Entscheidungen kommen zu spät. Die Welt warten lassen, während sie denken, oder eine schnellere Denkweise wählen
said-agent-goal-reached = das Ziel ist erreicht: { $goal }
said-agent-goal-was-reached = Ziel erreicht: { $words }
said-agent-goal-reached-plain = Ziel erreicht
said-agent-episode-over = die Episode ist vorbei: { $how }
said-agent-cycles-done = { $cycles } Durchläufe sind erledigt
said-agent-time-over = die Zeit ist nach { $cycles } Durchläufen vorbei
said-agent-place-gone = Die Umgebung lässt sich nicht mehr benutzen
said-agent-other-place = Eine neue Sitzung starten; geschieht es wieder, eine andere Umgebung wählen
