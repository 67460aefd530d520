# The setup screen: how things stand, the checks, the connection. And the buttons that mend something, on every screen.

# How things stand, in one sentence.
setup-unchecked = Nothing has been checked yet
setup-checking = Checking the connection: check { $number }, { $took }
setup-checking-of = Checking the connection: check { $number } of about { $total }, { $took }
setup-healthy = { $who } is healthy, everything is ready
setup-both-healthy = { $first } and { $second } are healthy, everything is ready
setup-usable = { $who } can be used, with something to know
setup-both-usable = { $first } and { $second } can be used, with something to know
setup-failed = The check failed
setup-who-demo = The built-in demo
setup-who-unknown = An OpenAI-compatible server

# What can be done next.
setup-open-run = Open the run screen
setup-start = Start, at the upper right, begins a session
setup-start-demo = Start, at the upper right, begins a session with the demo
setup-why-demo = The demo needs nothing but this program

# The checks.
setup-checks = Checks
setup-prove = Prove every ability
setup-took = { $ms } ms in all
setup-endpoint = Endpoint { $name }
setup-no-findings = The first check begins at once; its findings appear here one by one
setup-skipped = Skipped, because of: { $check }
setup-check-address = Address
setup-check-name = Host name
setup-check-port = Port
setup-check-identity = Server
setup-check-token = Token
setup-check-proxy = Proxy
setup-check-tls = Encryption
setup-check-models = Models
setup-check-loaded = Loaded
setup-check-role = Model of { $role }
setup-check-generation = Test answer of { $model }
setup-check-capacity = Side by side on { $model }
setup-check-together = Models together
setup-check-truth = Proof: { $what }

# The sign before a check, for whoever cannot see it.
setup-passed = Passed
setup-warned = Passed, with something to know
setup-failed-check = Failed
setup-not-checked = Not checked

# The connection.
setup-connection = Connection
setup-demo-answers = The built-in demo answers: a script, not a language model. Nothing leaves this machine
setup-address = Server address
setup-use-address = Use it
setup-address-hint = found by itself, such as { $example }
setup-address-empty = Left empty, LM Studio is found by itself: from its own configuration, else at port { $port }
setup-where = Where models may run
setup-cloud-only = Cloud only
setup-means-local-only = Off: only this server is asked. On: no local server is asked, what the agent sees goes to Gemini and Claude
setup-means-local-first = This server is asked first. Where it fails, what the agent sees goes to Gemini and Claude, by your keys; the status bar says so before
setup-means-cloud-first = What the agent sees goes to Gemini and Claude, by your keys. Where they fail, this server is asked
setup-means-cloud-only = No local server is asked. What the agent sees goes to Gemini and Claude, by your keys

# The buttons that mend something.
setup-mend-address = Use { $url }
setup-mend-model = Use { $model }
setup-mend-load = Load { $model }
setup-mend-load-with = Load { $model } with { $length } tokens of context
setup-mend-unload = Unload { $instance }
setup-mend-start-server = Start LM Studio's server at port { $port }
setup-mend-open = Open LM Studio
setup-mend-bypass = Ask { $host } without the proxy
setup-mend-token = Paste a token…
setup-mend-patiently = Test again and wait longer
setup-mend-copy = Copy the report
setup-mend-try-demo = Try the demo
setup-mend-leave-demo = Leave the demo
setup-mend-check-again = Check again
