# Which model plays which part, and which models there are: on the setup screen and on the models screen.

# The parts.
models-parts = Parts
models-model-of = Model of { $role }
models-any = any loaded model
models-any-taken = { $model } (any)
models-demo = the demo's script
models-off = off
models-of-its-list = one of its list
models-cloud-plays = Gemini and Claude play every part, once their keys are there
models-speed = { $model }: first token after { $ms } ms, { $rate } tokens/s
models-first-token = { $model }: first token after { $ms } ms

# The models in short.
models-title = Models
models-all = All models
models-not-yet = Once the server answers, its models are listed here
models-loaded = loaded
models-load = Load
models-load-this = Load { $model }

# The models screen.
models-none-yet = Once a server answers, its models are listed here. Setup says what is missing until then
models-being-checked = The servers are being checked. Once a server answers, its models are listed here
models-open-setup = Open setup
models-loading = Loading { $model }
models-loading-for = Loading { $model }: { $seconds } s
models-loading-like-last-time = { $seconds } s, it took { $last } s last time
models-cancel = Cancel loading
models-refresh = Refresh
models-just-read = { $url } ({ $endpoint }), list read just now
models-read = { $url } ({ $endpoint }), list read { $minutes } min ago
models-reading = { $url } ({ $endpoint }), reading the list for { $took }
models-empty = It lists no models. Download one in LM Studio, then refresh
models-group-loaded = Loaded ({ $count })
models-group-downloaded = Downloaded and not loaded ({ $count })
models-none-loaded = None. Load one below; the experts need at least one
models-none-downloaded = None

# The columns.
models-column-model = Model
models-column-size = Size
models-column-context = Context, tokens
models-column-places = At once
models-column-plays = Plays

# One model.
models-mark-loaded = Loaded
models-mark-loading = Loading, { $seconds } s
models-mark-not-loaded = Not loaded
models-for-embeddings = for embeddings, answers no questions
models-context-of = { $loaded } of { $most }
models-context-up-to = up to { $most }
models-copies = { $count } copies
models-said-context = Context: { $context }
models-said-plays = Plays: { $parts }
models-copy = { $id }, { $context } tokens of context, { $places } at once
models-copy-context = { $id }, { $context } tokens of context
models-copy-places = { $id }, { $places } at once

# What can be done with it.
models-use-for = Use for…
models-part-for = Part for { $model }
models-load-with = Load with…
models-context-for = Context of { $model }
models-tokens = { $count } tokens
models-unload = Unload
models-unload-this = Unload { $copy }
