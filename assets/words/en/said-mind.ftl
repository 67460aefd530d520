# What those who decide say by rules, not by a model. The English is the pattern by which a sentence is known again.

# Who answers instead of whom
said-mind-local-again = Local models are asked again
said-mind-asked-again = { $who } is asked again
said-mind-some-asked-again = { $who } asked again
said-mind-local-are = Local models are
said-mind-local-instead = Local models answer instead of { $usual }: { $why }
said-mind-local-instead-until = Local models answer until { $time } instead of { $usual }: { $why }
said-mind-instead = { $who } answers instead of { $usual }: { $why }
said-mind-instead-until = { $who } answers until { $time } instead of { $usual }: { $why }
said-mind-someone-instead = { $answers } instead of { $usual }: { $why }
said-mind-local-answer = Local models answer
said-mind-of-local = local models
said-mind-cannot-be-asked = it cannot be asked

# What fell short
said-mind-no-role = This way of thinking has no { $role }
said-mind-too-slow = { $title } was too slow and is not waited for
said-mind-synthesizer-failed = the synthesizer failed: { $error }
said-mind-no-synthesis = the synthesizer gave no decision, so the opinion of { $title } is followed
said-mind-no-answer = { $title } did not answer: { $error }
said-mind-task-ended = an expert's task ended: { $why }
said-mind-did-not-see = { $title } did not see: { $error }
said-mind-no-experts = There are no experts
said-mind-needs-expert = Local experts need at least one role called expert.1
said-mind-add-experts = Add experts to the settings, or choose one model alone
said-mind-stopping = nothing new may begin, a stop is under way
said-mind-start-later = Start a new session once it is over
said-mind-nobody-answered = nobody answered: { $first }
said-mind-nothing-possible = no answer named an action that is possible now
said-mind-nothing-usable = The models answered, but named no action that is possible now
said-mind-larger-model = Choose a larger model, or one that can follow a JSON schema
said-mind-named-nothing = { $title } named no action that is possible now
said-mind-other-answered = { $title }: { $answered } answered instead of { $asked }
said-mind-cloud-undecided = the cloud experts came to no decision: { $error }
said-mind-hybrid-undecided = the hybrid came to no decision: { $error }
said-mind-undecided = { $who } came to no decision: { $error }
said-mind-cloud-slow = the cloud experts took too long
said-mind-hybrid-slow = the hybrid took too long
said-mind-slow = { $who } took too long
said-mind-says-same = { $because } ({ $other } says the same)
said-mind-chose-otherwise = { $because } ({ $other } would have chosen { $action }: { $left } to { $right })

# Rules
said-mind-rules = rules
said-mind-rules-stuck = rules cannot choose here: nothing lists what is possible, and nothing that only looks goes without arguments
said-mind-only-looks = It only looks, and rules know nothing of what else can be done here
said-mind-brought-something = It has brought something before
said-mind-tried-least = It has been tried least here
said-mind-nothing-else = There is nothing else to do
said-mind-health-low = Health is low
said-mind-fight-winnable = The fight can be won
said-mind-something-new = It leads to something new
said-mind-at-hand = It is at hand
said-mind-nothing-now = nothing is possible now

# Whether several models pay
said-mind-nobody-decisive = No single one of { $experts } experts changed any of { $decisions } decisions; fewer of them would do
said-mind-role-never-answered = { $title } ({ $role }) has not answered once in { $count } decisions
said-mind-never-answered = { $title } has not answered once in { $count } decisions
said-mind-role-changed-nothing = { $title } ({ $role }) changed nothing in { $count } decisions ({ $followed }); it took { $tokens }
said-mind-changed-nothing = { $title } changed nothing in { $count } decisions ({ $followed }); it took { $tokens }
said-mind-never-followed = was never followed
said-mind-only-agreed = only agreed with others, { $times } times
said-mind-uncounted = tokens that nobody counted
said-mind-uncounted-cost = tokens that nobody counted and ${ $usd }
said-mind-tokens = { $count } tokens
said-mind-tokens-cost = { $count } tokens and ${ $usd }
said-mind-own-ways = In { $count } of { $decisions } decisions whoever decides took what no expert had proposed; one model alone may do
said-mind-all-decisive = Every expert changed at least one of { $decisions } decisions

# What the parts are called; perception and reasoning are loops as well
said-mind-part-navigation = navigation
said-mind-part-threat = threat
said-mind-part-opportunity = opportunity
said-mind-part-synthesizer = synthesizer
said-mind-part-narrator = narrator
said-mind-part-single = single
said-mind-part-vision = vision

# The built-in world, and what a moment of it has in common with others like it
said-mind-world-name = built-in world
said-mind-moment = { $scene }, { $place }, health { $health }
said-mind-moment-exploring = exploration, { $place }, health { $health }
said-mind-moment-town = town
said-mind-moment-combat = combat
said-mind-moment-puzzle = puzzle
said-mind-moment-dialogue = dialogue
said-mind-moment-menu = menu
said-mind-moment-end = end
said-mind-moment-unknown = unknown
said-mind-health-good = good
said-mind-health-middling = middling
said-mind-health-weak = low
said-mind-health-relic = { $health }, relic carried
