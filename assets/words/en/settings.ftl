# The page with every setting that is not chosen where it is needed.

settings-search = Look for
settings-search-hint = zoom, seconds, key…
settings-kept-at-once = Every change is kept at once. What concerns sessions counts from the next one on
settings-nothing-found = No setting has all of these words: { $words }
settings-show-all = Show all settings

settings-section-window = Window
settings-section-session = Session
settings-section-reflex = Reflex
settings-section-breakers = When it does not get on
settings-section-limits = Limits
settings-section-money = Money
settings-section-desktop = Desktop
settings-section-past = Past sessions
settings-section-network = Network
settings-section-updates = Updates

settings-usual = Reset
settings-usual-of = Usual value of { $name }: { $value }
settings-usually = usually { $value }
settings-stays-in-use = { $value } stays in use
settings-range = { $least } to { $most }
settings-counted = { $figure } { $unit }
settings-zero-never = 0 for never
settings-zero-no-limit = 0 for no limit
settings-zero-for-ever = 0 for ever
settings-zero-no-pause = 0 for as quick as it goes

settings-unit-days = days
settings-unit-tokens = tokens
settings-unit-questions = questions
settings-unit-times = times
settings-unit-steps = steps
settings-unit-enemies = enemies
settings-unit-opinions = opinions

settings-no-number = This is no number
settings-not-whole = It takes a whole number
settings-outside = It takes { $range }
settings-no-host = { $host } is no name of a host; write it without http:// and without a port
settings-key-missing = A key is missing; write it like ctrl+alt+q
settings-no-key = There is no key { $key } that could be last; write it like ctrl+alt+q
settings-not-held = { $key } is not held with other keys; only shift, ctrl, alt and super are

settings-on = on
settings-off = off
settings-no-hosts = none
settings-as-the-system = As the system
settings-dark = Dark
settings-light = Light
settings-english = English
settings-german = Deutsch

settings-theme = Colours
settings-theme-about = Dark or light, or as the system has it
settings-language = Language
settings-language-about = What this window speaks; what servers and models say stays as it is
settings-zoom = Zoom
settings-zoom-about = How large everything is
settings-motion = Motion
settings-motion-about = Things move for a tenth of a second, to guide the eye
settings-notify = Notifications
settings-notify-about = The system tells of an end, or of an action that waits, while this window is not in front

settings-pace = Pace
settings-pace-about = The least time between decisions, so people can follow
settings-narrator = Narrator speaks every
settings-narrator-about = How often the narrator says what is going on
settings-world-waits = The world waits
settings-world-waits-about = The built-in world stands still while the models think
settings-turn = Length of a turn
settings-turn-about = How long a turn lasts where the world does not wait
settings-patience = Patience of exploration
settings-patience-about = How long models may think before a harmless step
settings-ask-from = Ask before
settings-ask-from-about = Which actions wait for a person; every tool server has a choice of its own
settings-approval = Wait for an approval
settings-approval-about = How long an action waits for a person
settings-learning = Learn from sessions
settings-learning-about = What actions are worth is learnt and shown to the models as a hint

settings-reflex-health = Acts below this health
settings-reflex-health-about = The share of health below which the reflex acts by itself
settings-reflex-enemies = Retreats from
settings-reflex-enemies-about = So many enemies near at the same time, and the reflex retreats
settings-reflex-stamina = Rests below this stamina
settings-reflex-stamina-about = The share of stamina below which the reflex rests
settings-reflex-preempts = Breaks questions off
settings-reflex-preempts-about = When the reflex acts, a question under way is broken off: it asks about a moment that is gone

settings-same-action = Same action
settings-same-action-about = Pauses after the same action so often in a row, without effect
settings-no-change = Steps without a change
settings-no-change-about = Pauses after so many steps in a row that change nothing
settings-same-error = Same error
settings-same-error-about = Pauses after the same kind of error so often in a row
settings-time = Time granted
settings-time-about = Pauses a session after so much time

settings-connect = Connect
settings-connect-about = How long a server may take to accept a connection
settings-load = Load a model
settings-load-about = How long a server may take to load one
settings-first-token = First token
settings-first-token-about = From the question to the first token; slow models need minutes for a long prompt
settings-between-tokens = Between two tokens
settings-between-tokens-about = How long an answer may stand still
settings-total = Whole answer
settings-total-about = From the question to the end of the answer
settings-answer-tokens = Length of an answer
settings-answer-tokens-about = The most tokens in one answer, reasoning included
settings-quorum = Enough opinions
settings-quorum-about = So many are enough once the wait for experts is over
settings-experts = Wait for experts
settings-experts-about = How long the slower experts are waited for

settings-calls = Questions to models
settings-calls-about = The most in one session; it pauses there
settings-tokens = Tokens in all
settings-tokens-about = The most in one session, prompts and answers together; it pauses there
settings-dollars = Cost
settings-dollars-about = The most that one session may cost, of the calls whose price is known; it pauses there
settings-warn-at = Warn at
settings-warn-at-about = The share of any of these at which a warning is given

settings-picture-size = Size of pictures
settings-picture-size-about = The longer side of the pictures for the models
settings-look-every = Look every
settings-look-every-about = How often the screen is looked at
settings-settle = Time to react
settings-settle-about = How long the screen is given after an action before it is looked at
settings-press = Press of a key
settings-press-about = How long a key is down that is only to be pressed; games lose shorter ones
settings-most-hold = Longest hold
settings-most-hold-about = The longest that a key may be held
settings-count-down = Count-down
settings-count-down-about = What is counted down before keys and mouse are taken
settings-hands-off = Hands off
settings-hands-off-about = How long nobody may have touched mouse or keyboard before the agent does
settings-stop-key = Stop key
settings-stop-key-about = Stops the session wherever the focus is, such as ctrl+alt+q

settings-keep-days = Keep sessions for
settings-keep-days-about = The oldest go first; what was learnt is kept for ever
settings-keep-megabytes = Room for sessions
settings-keep-megabytes-about = The most that what is kept of ended sessions may come to

settings-bypass-proxy = Reached without a proxy
settings-bypass-proxy-about = Hosts that are asked directly, whatever proxy the system names; separated by commas
settings-own-hosts = Your own hosts
settings-own-hosts-about = Hosts that “local only” may ask too, because they are your own; separated by commas

settings-releases = Look for newer versions
settings-releases-about = Asks once a day whether a newer version is out, and says nothing of you or this machine; nothing is downloaded
settings-releases-address = Asked at
settings-releases-address-about = Tells which version is the newest; empty for the address of this program
settings-releases-usual = the one that came with this program
settings-releases-no-address = It takes an address that begins with https://, without a user in it
settings-releases-nowhere = Nobody is asked: this program came without an address, and none is written above
settings-releases-demo = Not asked while the demo answers
settings-releases-local = Not asked while only local is allowed
settings-releases-not-yet = Not asked yet
settings-releases-none = No newer version is out; this is { $own }
settings-releases-newer = Version { $version } is out; this is { $own }
settings-releases-open = Open its page
settings-releases-copy = Copy its address
