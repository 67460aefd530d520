# Was Entscheidende nach Regeln sagen, nicht ein Modell.

# Wer anstelle von wem antwortet
said-mind-local-again = Lokale Modelle werden wieder gefragt
said-mind-asked-again = { $who } wird wieder gefragt
said-mind-some-asked-again = { $who } wieder gefragt
said-mind-local-are = Lokale Modelle werden
said-mind-local-instead = Lokale Modelle antworten anstelle von { $usual }: { $why }
said-mind-local-instead-until = Lokale Modelle antworten bis { $time } anstelle von { $usual }: { $why }
said-mind-instead = { $who } antwortet anstelle von { $usual }: { $why }
said-mind-instead-until = { $who } antwortet bis { $time } anstelle von { $usual }: { $why }
said-mind-someone-instead = { $answers } anstelle von { $usual }: { $why }
said-mind-local-answer = Lokale Modelle antworten
said-mind-of-local = lokalen Modellen
said-mind-cannot-be-asked = eine Anfrage ist nicht möglich

# Was fehlte
said-mind-no-role = Dieser Denkweise fehlt die Rolle { $role }
said-mind-too-slow = { $title } war zu langsam, darauf wird nicht gewartet
said-mind-synthesizer-failed = der Synthesizer ist gescheitert: { $error }
said-mind-no-synthesis = der Synthesizer gab keine Entscheidung, also wird die Meinung von { $title } befolgt
said-mind-no-answer = { $title } hat nicht geantwortet: { $error }
said-mind-task-ended = die Aufgabe eines Experten endete: { $why }
said-mind-did-not-see = { $title } hat nichts gesehen: { $error }
said-mind-no-experts = Es gibt keine Experten
said-mind-needs-expert = Lokale Experten brauchen mindestens eine Rolle namens expert.1
said-mind-add-experts = In den Einstellungen Experten hinzufügen oder nur ein Modell wählen
said-mind-stopping = nichts Neues darf beginnen, ein Stopp ist im Gang
said-mind-start-later = Danach eine neue Sitzung starten
said-mind-nobody-answered = niemand hat geantwortet: { $first }
said-mind-nothing-possible = keine Antwort nannte eine Aktion, die jetzt möglich ist
said-mind-nothing-usable = Die Modelle haben geantwortet, aber keine Aktion genannt, die jetzt möglich ist
said-mind-larger-model = Ein größeres Modell wählen, oder eines, das ein JSON-Schema einhalten kann
said-mind-named-nothing = { $title } nannte keine Aktion, die jetzt möglich ist
said-mind-other-answered = { $title }: { $answered } hat anstelle von { $asked } geantwortet
said-mind-cloud-undecided = die Cloud-Experten kamen zu keiner Entscheidung: { $error }
said-mind-hybrid-undecided = der Hybrid kam zu keiner Entscheidung: { $error }
said-mind-undecided = { $who } ohne Entscheidung: { $error }
said-mind-cloud-slow = die Cloud-Experten brauchten zu lange
said-mind-hybrid-slow = der Hybrid brauchte zu lange
said-mind-slow = { $who } brauchte zu lange
said-mind-says-same = { $because } ({ $other } sagt dasselbe)
said-mind-chose-otherwise = { $because } ({ $other } hätte { $action } gewählt: { $left } zu { $right })

# Regeln
said-mind-rules = Regeln
said-mind-rules-stuck = Regeln können hier nicht wählen: Nichts sagt, was möglich ist, und nichts, was nur hinsieht, geht ohne Argumente
said-mind-only-looks = Es sieht nur hin, und Regeln wissen nicht, was sich hier sonst tun lässt
said-mind-brought-something = Es hat schon einmal etwas gebracht
said-mind-tried-least = Es wurde hier am seltensten versucht
said-mind-nothing-else = Es gibt sonst nichts zu tun
said-mind-health-low = Die Gesundheit ist niedrig
said-mind-fight-winnable = Der Kampf ist zu gewinnen
said-mind-something-new = Es führt zu etwas Neuem
said-mind-at-hand = Es liegt nahe
said-mind-nothing-now = jetzt ist nichts möglich

# Ob sich mehrere Modelle lohnen
said-mind-nobody-decisive = Kein einzelner von { $experts } Experten hat eine von { $decisions } Entscheidungen geändert; weniger würden reichen
said-mind-role-never-answered = { $title } ({ $role }) hat bei { $count } Entscheidungen kein einziges Mal geantwortet
said-mind-never-answered = { $title } hat bei { $count } Entscheidungen kein einziges Mal geantwortet
said-mind-role-changed-nothing = { $title } ({ $role }) hat bei { $count } Entscheidungen nichts geändert ({ $followed }); Verbrauch: { $tokens }
said-mind-changed-nothing = { $title } hat bei { $count } Entscheidungen nichts geändert ({ $followed }); Verbrauch: { $tokens }
said-mind-never-followed = nie befolgt
said-mind-only-agreed = nur einig mit anderen, { $times }-mal
said-mind-uncounted = Token, die niemand gezählt hat
said-mind-uncounted-cost = Token, die niemand gezählt hat, und { $usd } $
said-mind-tokens = { $count } Token
said-mind-tokens-cost = { $count } Token und { $usd } $
said-mind-own-ways = Bei { $count } von { $decisions } Entscheidungen galt etwas, das kein Experte vorgeschlagen hatte; ein Modell allein reicht vielleicht
said-mind-all-decisive = Jeder Experte hat mindestens eine von { $decisions } Entscheidungen geändert

# Wie die Rollen heißen; Wahrnehmung und Denken sind auch Schleifen
said-mind-part-navigation = Navigation
said-mind-part-threat = Gefahr
said-mind-part-opportunity = Gelegenheit
said-mind-part-synthesizer = Synthesizer
said-mind-part-narrator = Erzähler
said-mind-part-single = ein Modell
said-mind-part-vision = Sehen

# Die eingebaute Welt, und was ein Augenblick von ihr mit ähnlichen gemeinsam hat
said-mind-world-name = eingebaute Welt
said-mind-moment = { $scene }, { $place }, Gesundheit { $health }
said-mind-moment-exploring = Erkundung, { $place }, Gesundheit { $health }
said-mind-moment-town = Stadt
said-mind-moment-combat = Kampf
said-mind-moment-puzzle = Rätsel
said-mind-moment-dialogue = Gespräch
said-mind-moment-menu = Menü
said-mind-moment-end = Ende
said-mind-moment-unknown = unbekannt
said-mind-health-good = gut
said-mind-health-middling = mittel
said-mind-health-weak = schlecht
said-mind-health-relic = { $health }, Relikt dabei
