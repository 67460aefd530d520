# What the checks of servers and accounts find.

# Where the address comes from; a note of what was changed may follow (health/rungs.rs, health/discovery.rs)
said-health-from-settings = { $address }, from the settings
said-health-from-settings-and = { $address }, from the settings; { $changes }
said-health-from-its-configuration = { $address }, from LM Studio's own configuration
said-health-from-its-configuration-and = { $address }, from LM Studio's own configuration; { $changes }
said-health-usual-port = { $address }, LM Studio's usual port
said-health-usual-port-and = { $address }, LM Studio's usual port; { $changes }
said-health-of-the-demo = { $address }, the built-in demo
said-health-of-the-demo-and = { $address }, the built-in demo; { $changes }
said-health-bad-address = The address cannot be understood
said-health-write-it-like-this = Write it like this: http://127.0.0.1:1234
said-health-server-at = Server: { $place }
said-health-skipped = Skipped, because of: { $check }

# Getting through (health/reach.rs)
said-health-an-address-already = An address already
said-health-localhost-is = localhost is { $address }
said-health-localhost-is-two = localhost is { $first } and { $second }
said-health-name-server-silent = the name server did not answer
said-health-takes-connections = { $address } takes connections at port { $port }
said-health-takes-connections-but = { $address } takes connections at port { $port } ({ $others } does not)
said-health-take-connections = { $addresses } take connections at port { $port }
said-health-take-connections-two = { $first } and { $second } take connections at port { $port }
said-health-take-connections-but = { $addresses } take connections at port { $port } ({ $others } does not)
said-health-take-connections-two-but = { $first } and { $second } take connections at port { $port } ({ $others } does not)
said-health-not-directly = Not directly ({ $why }); the proxy is asked
said-health-answers-elsewhere = { $name } answers at { $place }
said-health-jan = Jan (by its port)
said-health-a-model-server = A model server
said-health-but-lm-studio-answers = { $what }, but LM Studio answers at { $place }
said-health-installed-at = LM Studio is installed ({ $place }) and does not run
said-health-installed = LM Studio is installed and does not run
said-health-install-it = Install LM Studio from lmstudio.ai, or use the demo
said-health-https = https, as the address says
said-health-plain-http = Plain http, as the address says
said-health-proxy-not-for-this = There is one, and it is not asked for this machine
said-health-proxy-as-chosen = There is one, and this host is asked without it, as chosen
said-health-proxy-is-asked = Requests to this host go through the proxy of this machine
said-health-no-proxy = None is in between
said-health-no-language-model = { $who }, not a language model
said-health-demo-of-version = The built-in demo { $version }
said-health-unknown-server = A server of unknown kind
said-health-not-lm-studio = { $who }, not LM Studio; it can serve all the same
said-health-no-program-known = its folder does not say where the program is
said-health-tool-not-run = LM Studio's command line tool could not be run: { $error }
said-health-tool-too-slow = LM Studio's command line tool did not come to an end within { $seconds } seconds
said-health-tool-ended-with = it ended with { $status }

# Token and models (health/ladder.rs, health/rungs.rs)
said-health-nobody-asked-for-one = Nobody asked for one
said-health-token-accepted = Accepted, or not needed
said-health-token-not-needed = None is needed
said-health-lists = The server lists { $what }
said-health-lists-no-models = The server lists no models
said-health-lists-embeddings-only = The server lists embedding models only
said-health-download-and-load = Download a language model in LM Studio and load it
said-health-download-then-load = Download a language model in LM Studio, then load it
said-health-listed = { $count } listed
said-health-listed-and-embeddings = { $count } listed, and { $others } for embeddings
said-health-and-more = { $names } and { $count } more
said-health-loaded-untold = This server does not tell loaded from downloaded
said-health-none-loaded = No language model is loaded
said-health-are-downloaded = { $count } are downloaded
said-health-downloaded-none-loaded = { $count } models are downloaded, none of them is loaded
said-health-none-loaded-yet = None yet; the server can load them when asked
said-health-will-evict = The models of the roles will throw each other out of memory
said-health-will-evict-shortly = They will evict one another
said-health-loaded-one-by-one = { $names }: loaded one by one before a session, so that none evicts another
said-health-loaded-when-asked = { $names }: loaded when first asked; LM Studio is set to keep what is loaded
said-health-load-them-before = Load them before: lms load { $names }
said-health-switch-off-keep-last = Or switch off “Only keep last JIT loaded model” in LM Studio's Developer page
said-health-loaded-only-when-asked = Loaded only when asked: { $names }
said-health-keeps-one = LM Studio keeps one model that was loaded on demand; each question would load its model anew

# Models for roles (health/roles.rs)
said-health-type-embedding = The server lists it with the type embedding
said-health-is-embedding = “{ $model }” is an embedding model and cannot answer questions
said-health-without-vision = The server lists it without vision
said-health-cannot-see = “{ $model }” cannot see pictures, and this part is shown some
said-health-no-tool-use = The server lists it as not trained for tool use
said-health-cannot-call-tools = “{ $model }” was not trained to call tools, and this part calls some
said-health-not-on-this-server = There is no model called “{ $model }” on this server
said-health-server-lists = The server lists: { $names }
said-health-server-lists-nothing = The server lists: nothing
said-health-right-kind-for-part = Choose a model of the right kind for this part, or download one in LM Studio
said-health-several-copies = { $count } copies of “{ $model }” are loaded, and one is enough
said-health-each-copy-takes-memory = Each copy takes memory of its own; keep them only if you loaded them on purpose
said-health-downloaded-not-loaded = “{ $model }” is downloaded, but not loaded
said-health-first-question-waits = The first question will have to wait until it is loaded
said-health-load-it = Load it in LM Studio
said-health-larger-context = Load the model with a larger context
said-health-small-context = “{ $model }” is loaded with { $length } tokens of context; this role can need { $wanted }
said-health-could-have = The model could have { $most }

# Test answers (health/answers.rs, health/capacity.rs)
said-health-speed = First token after { $first } ms, { $rate } tokens a second
said-health-speed-still-writing = First token after { $first } ms, { $rate } tokens a second; it was still writing after { $seconds } s
said-health-first-token = First token after { $first } ms
said-health-first-token-still-writing = First token after { $first } ms; it was still writing after { $seconds } s
said-health-still-writing = { $speed }; it was still writing after { $seconds } s
said-health-other-answered = { $model } answered
said-health-can-be-used = It can be used; an update of the server may mend this
said-health-not-as-it-should-be = Not as it should be: { $what }
said-health-thinks-longer = It thinks longer than this test allows
said-health-no-time-left = There was no time left to test “{ $model }”
said-health-ten-seconds-at-most = A check takes ten seconds at most; the models before this one took all of it
said-health-may-need-longer = A check waits less than ten seconds; a slow model may only need longer
said-health-experts-will-wait = { $count } experts on this model will wait for one another
said-health-raise-predictions = Raise the model's concurrent predictions in LM Studio, use fewer experts, or spread them over two models
said-health-measured = { $together } together take { $time } ms, one alone { $alone } ms: { $factor } times the work
said-health-measured-and-says = { $together } together take { $time } ms, one alone { $alone } ms: { $factor } times the work; the server works on { $parallel } at once
said-health-not-measured = Not measured, which would take longer than ten seconds; { $together } will ask together
said-health-not-measured-and-says = Not measured, which would take longer than ten seconds; { $together } will ask together; the server works on { $parallel } at once
said-health-works-on = the server works on { $parallel } at once

# Proofs of abilities (health/truth.rs, health/idle.rs)
said-health-answers-in-shape = { $model } answers in a given shape
said-health-calls-tools = { $model } calls tools
said-health-sees-pictures = { $model } sees pictures
said-health-reads-its-context = { $model } reads its whole context
said-health-stops-when-asked = { $model } stops when asked
said-health-has-the-shape = The answer has the shape that was asked for
said-health-called-the-tool = It called the tool with the right mark
said-health-read-the-word = It read the word { $word }
said-health-found-a-word = It found a word near the end of { $tokens } tokens
said-health-silent-after = Silent { $time } ms after the connection was closed
said-health-silence-not-verifiable = The connection is closed; whether it is silent is not verifiable: { $why }
said-health-goes-on = It goes on after the connection was closed
said-health-answers-go-on = { $count } answers go on although nobody listens any more
said-health-looked-for = Looked for { $seconds } s
said-health-busy-after-stop = After Stop this server keeps the processor busy for a while; unloading the model ends it
said-health-answered-instead = { $other } answered instead of { $model }
said-health-load-the-asked-one = Load the model that was asked for
said-health-did-not-show = It did not show this
said-health-said-to-be-able = “{ $model }” is said to be able to do this, and did not
said-health-model-asked = Model asked: { $model }
said-health-it-said = It said: { $words }
said-health-small-models-fail = Small models fail at this now and then; test again, or use another model where it matters
said-health-demo-silent = the demo did not say
said-health-slots-hidden = this llama.cpp server does not show its slots
said-health-answers-no-longer = LM Studio no longer answers
said-health-elsewhere-does-not-tell = LM Studio on another machine does not tell
said-health-does-not-tell = this server does not tell
said-health-did-not-say = the server did not say
said-health-slots-unreadable = the list of slots could not be read
said-health-lms-not-found = LM Studio's command line tool lms was not found
said-health-lms-silent = lms did not answer
said-health-lms-unreadable = the answer of lms could not be read

# Accounts in the cloud (health/cloud.rs)
said-health-key-accepted = The key is accepted
said-health-may-be-asked = { $count } may be asked
said-health-none-was-chosen = { $model }, because none was chosen
said-health-narrates-instead = { $model } narrates instead
said-health-narrator-of = narrator of { $provider }
said-health-no-key = There is no key for { $provider }
said-health-variable-not-set = { $variable } is not set, and none was typed in
said-health-set-the-variable = Or set { $variable } before the program starts
said-health-leave-it-empty = Leave the model empty in the settings, and one of the list is taken
said-health-has-retired = { $provider } has retired the model “{ $model }”
said-health-lists-no-such = { $provider } lists no model called “{ $model }” for this account
said-health-of-the-past = The provider's own list names it as a model of the past
said-health-maybe-retired = It may be retired, or not open to this account

# What changes while nobody checks (health/watch.rs)
said-health-thrown-out = “{ $model }” was thrown out of memory when { $other } was loaded
said-health-was-unloaded = “{ $model }” was unloaded while it is needed
said-health-keeps-one-on-demand = LM Studio keeps one model that it loaded on demand; models that are loaded explicitly stay
said-health-why-unloaded = Somebody unloaded it, its idle time was over, or its engine ended; LM Studio's log says which
said-health-it-plays = It plays: { $roles }
said-health-other-context = “{ $model }” now has a { $change } context: { $now } tokens instead of { $before }
said-health-smaller-context = “{ $model }” now has a smaller context: { $now } tokens instead of { $before }
said-health-now-larger-context = “{ $model }” now has a larger context: { $now } tokens instead of { $before }
said-health-another-copy = Another copy of “{ $model }” was loaded; there are { $count } now
