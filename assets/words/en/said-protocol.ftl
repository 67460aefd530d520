# Names and titles that stand on the line: causes, checks, products, endings, the certificate.

# Causes (protocol/cause.rs)
said-protocol-server-not-running = The server is not running
said-protocol-server-switched-off = LM Studio runs, but its server is switched off
said-protocol-wrong-host = The host name leads nowhere
said-protocol-another-program = Another program answers at this port
said-protocol-wrong-path = The path in the address is wrong
said-protocol-tls-mismatch = The address says https and the server speaks http, or the reverse
said-protocol-ipv6-localhost = The name localhost led to IPv6, where the server does not listen
said-protocol-cannot-be-reached = The server cannot be reached from here
said-protocol-proxy-answered = A proxy answered instead of the server
said-protocol-wants-a-token = The server wants a valid token
said-protocol-account-blocked = The account cannot be used
said-protocol-region-blocked = The provider does not serve this region
said-protocol-too-many-requests = Too many requests for the moment
said-protocol-quota-used-up = The quota is used up
said-protocol-overloaded = The server is overloaded
said-protocol-failed-inside = The server failed inside
said-protocol-no-model-loaded = No model is loaded
said-protocol-no-such-model = There is no such model here
said-protocol-name-mismatch = The model name does not match
said-protocol-model-retired = The provider no longer offers this model
said-protocol-model-loading = The model is still loading
said-protocol-wrong-kind = This kind of model cannot do that
said-protocol-cannot-call-tools = This model cannot call tools
said-protocol-prompt-too-large = The prompt is larger than the loaded context
said-protocol-request-too-large = The request is too large
said-protocol-not-enough-memory = There is not enough memory to load the model
said-protocol-engine-missing = The engine for this model is missing
said-protocol-engine-too-old = The engine is too old for this model
said-protocol-model-crashed = The model crashed
said-protocol-template-fails = The model's prompt template fails
said-protocol-refuses-parameter = The server refuses a parameter
said-protocol-refuses-format = The server refuses the answer format
said-protocol-refuses-tool-choice = The server refuses this way of choosing tools
said-protocol-cannot-read-picture = The server cannot read the picture
said-protocol-does-not-understand = The server does not understand the request
said-protocol-order-refused = The order of the messages is refused
said-protocol-not-in-time = The model did not answer in time
said-protocol-not-loaded-in-time = The model was still loading when the time was up
said-protocol-answer-stopped = The answer stopped in the middle
said-protocol-answer-cut-short = The answer was cut short
said-protocol-error-in-the-middle = The server reported an error in the middle of its answer
said-protocol-server-closed = The server closed the connection
said-protocol-not-as-promised = The answer is not what this API promises
said-protocol-tokens-used-up = The token limit was used up before an answer came
said-protocol-answer-empty = The answer is empty
said-protocol-filter-refused = The provider's filter refused this
said-protocol-cause-unknown = The cause is not known

# Checks (protocol/health.rs)
said-protocol-check-address = Address
said-protocol-check-name = Host name
said-protocol-check-tls = Encryption
said-protocol-check-models = Models
said-protocol-check-loaded = Loaded
said-protocol-check-role = Model of { $role }
said-protocol-check-generation = Test answer of { $model }
said-protocol-check-capacity = Side by side on { $model }
said-protocol-check-together = Models together
said-protocol-check-truth = Proof: { $what }

# Servers and loaded copies (protocol/server.rs)
said-protocol-built-in-demo = The built-in demo
said-protocol-compatible-server = An OpenAI-compatible server
said-protocol-copy-context = { $copy }, { $length } tokens of context
said-protocol-copy-parallel = { $copy }, { $parallel } at once
said-protocol-copy-context-parallel = { $copy }, { $length } tokens of context, { $parallel } at once

# Sessions and what ends with them (protocol/session.rs, pause.rs, certificate.rs)
said-protocol-stopped = Stopped on request
said-protocol-episode-over = The episode is over
said-protocol-goal-reached = The goal was reached
said-protocol-limit-reached = The limit was reached
said-protocol-session-failed = The session failed
said-protocol-place-with-seed = { $environment }, seed { $seed }
said-protocol-one-decision = One decision has been carried out
said-protocol-everything-ended = Everything ended
said-protocol-ended-as-far-as-seen = Everything here ended; what is marked could not be verified
said-protocol-not-everything-ended = Not everything ended as it should

# Loops by name (protocol/snapshot.rs), where worker and window say them in a sentence
said-protocol-loop-perception = the perception loop
said-protocol-loop-reasoning = the reasoning loop
said-protocol-loop-action = the action loop
said-protocol-loop-reflex = the reflex loop
said-protocol-loop-exploration = the auxiliary exploration loop
said-protocol-loop-learning = the learning loop
said-protocol-loop-narration = the narration loop
said-protocol-loop-perception-broke = The perception loop broke down
said-protocol-loop-reasoning-broke = The reasoning loop broke down
said-protocol-loop-action-broke = The action loop broke down
said-protocol-loop-reflex-broke = The reflex loop broke down
said-protocol-loop-exploration-broke = The auxiliary exploration loop broke down
said-protocol-loop-learning-broke = The learning loop broke down
said-protocol-loop-narration-broke = The narration loop broke down
