# What a question to a model can come to: causes in words, the way out, limits, budgets, addresses.

# What happened (llm/diagnose/explain.rs)
said-llm-nothing-answers = Nothing answers at { $place }
said-llm-nothing-answers-anywhere = Nothing answers at the address
said-llm-switched-off = LM Studio runs, but its server at { $place } is switched off
said-llm-switched-off-anywhere = LM Studio runs, but its server at the address is switched off
said-llm-name-leads-nowhere = The name { $host } leads nowhere
said-llm-no-model-server = What answers at { $place } is not a model server
said-llm-no-model-server-anywhere = What answers at the address is not a model server
said-llm-says-https = The address says https, but { $place } does not speak it as expected
said-llm-says-http = The address says http, but { $place } wants https
said-llm-says-http-anywhere = The address says http, but the address wants https
said-llm-has-no-model-loaded = { $who } has no model loaded
said-llm-no-model-called = There is no model called { $model } at { $place }
said-llm-no-model-called-quoted = There is no model called “{ $model }” at { $place }
said-llm-no-model-called-quoted-anywhere = There is no model called “{ $model }” at the address
said-llm-no-such-model = There is no model called the model at { $place }
said-llm-no-such-model-anywhere = There is no model called the model at the address
said-llm-another-answered = { $model } was asked, and { $other } answered
said-llm-another-answered-quoted = “{ $model }” was asked, and { $other } answered
said-llm-another-answered-unnamed = the model was asked, and { $other } answered
said-llm-not-quite-the-name = { $model } is not quite the name of a model here
said-llm-not-quite-the-name-quoted = “{ $model }” is not quite the name of a model here
said-llm-not-quite-the-name-unnamed = the model is not quite the name of a model here
said-llm-not-the-kind = { $model } is not the kind of model that can do this
said-llm-not-the-kind-quoted = “{ $model }” is not the kind of model that can do this
said-llm-not-the-kind-unnamed = the model is not the kind of model that can do this
said-llm-does-not-fit = The prompt does not fit into the context that { $model } was loaded with
said-llm-does-not-fit-quoted = The prompt does not fit into the context that “{ $model }” was loaded with
said-llm-does-not-fit-unnamed = The prompt does not fit into the context that the model was loaded with
said-llm-waited = Waited { $time } for { $what } from { $model }
said-llm-waited-quoted = Waited { $time } for { $what } from “{ $model }”
said-llm-waited-unnamed = Waited { $time } for { $what } from the model
said-llm-cut-short = The answer of { $model } was cut short after { $pieces } pieces
said-llm-cut-short-quoted = The answer of “{ $model }” was cut short after { $pieces } pieces
said-llm-cut-short-unnamed = The answer of the model was cut short after { $pieces } pieces
said-llm-wants-a-token = { $who } wants a valid token
said-llm-refused-with-status = The server refused with status { $status }, for a reason not known here
said-llm-failed-unknown = The request failed, for a reason not known here
said-llm-the-server = The server

# What was waited for (llm/evidence.rs)
said-llm-a-connection = a connection
said-llm-an-answer = an answer
said-llm-the-model-to-load = the model to load
said-llm-the-first-token = the first token
said-llm-the-next-token = the next token
said-llm-the-whole-answer = the whole answer

# The evidence, one fact a line
said-llm-request-to = Request to { $url }
said-llm-asked-for = Model asked for: { $model }
said-llm-status = Status: { $status }
said-llm-server-says = The server says: { $words }
said-llm-below-http = Below HTTP: { $error }
said-llm-after-seconds = After { $seconds } s
said-llm-after-milliseconds = After { $time } ms
said-llm-would-fit = The same evidence would fit: { $cause }
said-llm-would-fit-two = The same evidence would fit: { $first }; { $second }
said-llm-would-fit-three = The same evidence would fit: { $first }; { $second }; { $third }
said-llm-would-fit-four = The same evidence would fit: { $first }; { $second }; { $third }; { $fourth }
said-llm-answer-too-large = the answer is larger than { $limit } bytes
said-llm-no-admitted-address = the name leads to no address that may be asked while local only is on
said-llm-no-admitted-address-after = { $error }: the name leads to no address that may be asked while local only is on

# What can be done
said-llm-start-lm-studio = Start LM Studio and switch its server on (Developer page, or: lms server start)
said-llm-switch-server-on = Switch the server on in LM Studio's Developer page, or run: lms server start
said-llm-correct-host = Correct the host name; for LM Studio on this machine it is 127.0.0.1
said-llm-use-shown-port = Use the port that LM Studio shows on its Developer page
said-llm-without-a-path = Give the address without a path, such as http://127.0.0.1:1234
said-llm-serve-on-network = On the machine that runs LM Studio, switch on “Serve on Local Network”
said-llm-open-the-firewall = Allow the port in that machine's firewall
said-llm-right-kind-for-role = Choose a model of the right kind for this role
said-llm-wait-until-loaded = Wait until the model is loaded
said-llm-raise-this-limit = Raise the limit for this wait in the settings, or choose a smaller model
said-llm-look-if-it-works = Look in LM Studio whether the model is still working
said-llm-smaller-or-shorter = Choose a smaller model or load it with a shorter context
said-llm-memory-guardrail = LM Studio's memory guardrail is in its settings, under model loading
said-llm-wait-a-little = Wait a little and try again
said-llm-look-at-the-console = Look at the provider's console, or use local models
said-llm-install-the-runtime = Install or update the runtime in LM Studio
said-llm-load-it-again = Load the model again; LM Studio's server log says more
said-llm-another-build = Use another build of this model, such as one from lmstudio-community
said-llm-model-that-calls-tools = Choose a model that can call tools
said-llm-raise-answer-tokens = Raise the limit of tokens for an answer, or choose a model that thinks less
said-llm-png-or-jpeg = Send PNG or JPEG pictures, embedded and not as a link
said-llm-smaller-picture = Use a smaller picture or a shorter prompt
said-llm-if-it-happens-again = If it happens again, LM Studio's server log says why
said-llm-fault-of-this-program = This is a fault of this program; please report it with the details above
said-llm-servers-log-says-more = The server's log says more
said-llm-use-a-local-model = Use a local model for this
said-llm-all-that-is-known = The details above are all that is known
said-llm-leave-out-of-proxy = Or leave this host out of the proxy (NO_PROXY), then check again
said-llm-make-a-key = Make a key in the console of { $provider } and give it to the panel
said-llm-where-tokens-are-made = Tokens are made in LM Studio under Developer, Server Settings; LM_API_TOKEN can hold one too
said-llm-https-is-a-gateway = LM Studio itself speaks http; https comes from a gateway in front of it
said-llm-load-a-model = Load a model in LM Studio, or with: lms load
said-llm-choose-one-of = Choose one of: { $names }
said-llm-download-if-meant = Download the model in LM Studio if it should be this one
said-llm-larger-context = Load the model with a larger context, or let it remember fewer steps

# Nothing was sent (llm/error.rs)
said-llm-try-after-the-stop = Try again once the stop is complete
said-llm-not-one-of-your-own = local only is on, and { $host } is not one of your own hosts
said-llm-nothing-was-sent = Local only is on, so nothing was sent to { $host }
said-llm-allow-other-places = Allow other places for models in Setup, or list the host as your own under [network] own_hosts
said-llm-rests-until = { $provider } rests until { $time }: { $why }
said-llm-rests-for-now = { $provider } rests until later: { $why }
said-llm-left-alone-until = { $provider } is left alone until { $time }
said-llm-left-alone-for-now = { $provider } is left alone until later
said-llm-asked-again-then = It is asked again by itself then; local models or another provider can answer meanwhile, if that is allowed in Setup

# Budgets (llm/purse.rs)
said-llm-price-not-known = What { $model } costs is not known, so the budget of ${ $usd } does not hold for it; one of calls or tokens does
said-llm-budget-nearly-used = The budget of this session is nearly used up: { $used } of { $most }; it will pause there
said-llm-budget-nearly-used-tokens = The budget of this session is nearly used up: { $used } of { $most } tokens; it will pause there
said-llm-budget-nearly-used-calls = The budget of this session is nearly used up: { $used } of { $most } calls; it will pause there
said-llm-budget-calls-used = The budget of { $calls } calls is used up
said-llm-budget-tokens-short = The next question may take { $tokens } tokens, and of { $budget } in the budget { $used } are used
said-llm-budget-usd-used = The budget of ${ $usd } is used up
said-llm-budget-usd-short = The next question may cost ${ $cost }, and of ${ $budget } in the budget ${ $used } are used

# What was not as asked (llm/claude, gemini, lm_studio)
said-llm-whole-at-once = the server gave the whole answer at once instead of streaming it
said-llm-thought-all-the-same = the model thought before it answered, although it was not to
said-llm-refuses-shapes = the server refuses structured answers, the prompt alone asks for one
said-llm-cannot-be-told-to-think = the model could not be told how much to think
said-llm-lets-not-be-told-to-think = the model does not let itself be told how much to think
said-llm-chooses-temperature = the model chooses its temperature itself
said-llm-refuses-thoughts = the server refuses the thoughts of earlier answers, so they were left out
said-llm-takes-no-instruction = the model takes no instruction of its own, it stands in front of the conversation
said-llm-no-json-arguments = the call of { $name } had arguments that are no JSON object
said-llm-cut-off-by-limit = the answer was cut off by the limit of its tokens
said-llm-cut-off-by-context = the answer was cut off because the model's context was full
said-llm-ended-with = the answer ended with { $reason }

# Addresses as they are typed (llm/address.rs). Notes follow one another, so each may have another behind it
said-llm-address-empty = the address is empty
said-llm-address-scheme = { $scheme } is not a scheme this program speaks; use http or https
said-llm-address-wrong = this is not an address: { $reason }
said-llm-address-no-host = there is no host in it
said-llm-address-http-added = http:// was added
said-llm-address-http-added-and = http:// was added; { $more }
said-llm-address-port-added = port { $port } was added
said-llm-address-name-left-out = the user name and password were left out; use a token instead
said-llm-address-name-left-out-and = the user name and password were left out; use a token instead; { $more }
said-llm-address-rest-left-out = what followed the path was left out
said-llm-address-rest-left-out-and = what followed the path was left out; { $more }
said-llm-address-path-left-out = { $path } was left out, it is added where it is needed
said-llm-address-path-left-out-and = { $path } was left out, it is added where it is needed; { $more }

# Who asks, in the ledger of what went where
said-llm-by-health-check = health check
said-llm-by-truth-test = truth test
said-llm-by-discovery = discovery

# How a request ended that was open at Stop (llm/open.rs)
said-llm-closed-in-mid-answer = connection closed in mid-answer
said-llm-still-open = still open
