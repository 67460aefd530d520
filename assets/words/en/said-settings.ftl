# What the settings say: warnings when they are read, the keychain, presets. The English is the pattern by which a sentence is known again.

# The file
said-settings-unread = The settings could not be read, defaults are used: { $error }
said-settings-not-toml = The settings file is not TOML, defaults are used: { $error }
said-settings-newer = The settings were written by a newer version ({ $found } instead of { $known }); what is known is used
said-settings-unknown-section = The settings have a section [{ $name }] that is not known here
said-settings-bad-section = The section [{ $name }] of the settings cannot be used, its defaults are kept: { $error }
said-settings-kept-beside = The original settings are kept beside the new ones, as settings.toml.kept
said-settings-not-kept = The original settings could not be kept: { $error }
said-settings-no-folder = no folder for settings is known; set SINGULARIS_HOME to one

# Values that cannot be used
said-settings-zoom = A zoom of { $zoom } is outside 0.75 to 2.5, 1 is used
said-settings-window = A window of { $width } by { $height } at { $left }, { $top } cannot be shown, its place is forgotten
said-settings-limit = The limit { $name } = { $value } cannot be used, { $seconds } seconds are used
said-settings-role-endpoint = The role { $name } names the endpoint { $endpoint }, which is not there; { $instead } is used
said-settings-narrate = narrate_every_s must lie between 0 and a day, 10 seconds are used
said-settings-budget = A budget of { $usd } US dollars cannot be used, { $instead } is used
said-settings-warn-at = warn_at must lie between 0 and 1, { $instead } is used
said-settings-price = The price of { $model } cannot be used and is left out
said-settings-at-once = at_once = { $value } cannot be used, 10 is used
said-settings-seconds-range = { $name } must lie between { $least } and a day, { $seconds } seconds are used
said-settings-percent = { $name } is a share of a hundred, { $instead } is used
said-settings-goal-when = goal_when cannot be used, so only a person can tell when the goal is reached: { $why }
said-settings-breaker = The breaker { $name } needs at least { $least }, { $used } is used
said-settings-range = { $name } must lie between { $least } and { $most }, { $instead } is used
said-settings-most-px = most_px must lie between 128 and 4096, { $instead } is used
said-settings-updates = The address under [updates] cannot be used and is forgotten; it takes https
said-settings-hands-off = hands_off_s must lie between 0 and 60, { $instead } is used

# Conditions of goals
said-settings-condition-form = write it like /relic = home, with =, !=, >=, <= or contains
said-settings-no-comparison = it has no comparison; { $expected }
said-settings-no-fact = it does not begin with the name of a fact after a stroke; { $expected }
said-settings-no-value = it has nothing to compare with; { $expected }
said-settings-only-numbers = only numbers can be more or less; { $expected }

# The keychain
said-settings-keychain-absent = there is no keychain: { $why }
said-settings-keychain-refused = the keychain refused: { $why }
said-settings-keychain-unreadable = what the keychain holds under “{ $service }” cannot be read and is left alone: { $why }
said-settings-no-list = it is not a list of keys
said-settings-no-key = what it holds for { $provider } is not a key
said-settings-no-service = no secret service such as GNOME Keyring, KWallet or KeePassXC answers ({ $evidence })
said-settings-locked = it is locked, or there is no place for keys in it yet ({ $why })
said-settings-entry-gone = the entry went away meanwhile
said-settings-too-long = the keys together are longer than its limit of { $limit } bytes
said-settings-such-entries = there are { $count } such entries
said-settings-no-text = it is not text
said-settings-none-found = none was found
said-settings-cannot-do = it cannot do that
said-settings-none-used = none is used in this run

# What is taken out of texts
said-settings-taken-keys = API keys
said-settings-taken-own = keys in use
said-settings-taken-named = values called key or password
said-settings-taken-in-addresses = passwords in addresses
said-settings-taken-sign-in = sign-in tokens
said-settings-taken-private = private keys

# Tool servers
said-settings-server-seconds = { $name } of the tool server { $server } cannot be used, { $seconds } seconds are used
said-settings-server-chars = result_chars of the tool server { $server } cannot be used, { $instead } is used
said-settings-no-object = it is not described by an object
said-settings-extras-no-object = “{ $name }” in it is no object
said-settings-both = it has both a command and an address
said-settings-neither = it has neither a command nor an address
said-settings-empty-command = its command is empty
said-settings-no-web-address = its address does not begin with http:// or https://
said-settings-wrong-kind = “{ $name }” in it is of the wrong kind
said-settings-value-wrong-kind = a value under “{ $name }” in it is of the wrong kind
said-settings-servers-unusable = The file with the tool servers cannot be used, there are none: { $why }
said-settings-servers-unread = The file with the tool servers could not be read: { $error }
said-settings-servers-kept-beside = The original file with the tool servers is kept beside the new one, as { $file }
said-settings-servers-not-kept = The original file with the tool servers could not be kept: { $error }
said-settings-servers-twice = There are two tool servers called { $name }; the first is used
said-settings-server-unusable = The tool server { $name } cannot be used: { $why }
said-settings-file-unusable = The file cannot be used: { $why }
said-settings-file-unread = The file could not be read: { $error }
said-settings-asked-there = { $server } is asked for { $name } there; fill it in once the server is taken over
said-settings-no-file = it is no file
said-settings-file-too-long = it is too long
said-settings-broken-at = { $what } (line { $line }, column { $column })
said-settings-no-servers-there = it has something else where servers should be
said-settings-no-json = it is not JSON
said-settings-no-name = it has no name
said-settings-long-name = its name has more than 60 letters
said-settings-unseen-name = its name has letters that cannot be seen

# Known servers
said-settings-playwright = Opens web pages in a browser of its own, reads them, clicks and types. Needs Node.js. Pictures and downloads go into the folder it is started in.
said-settings-files = Files
said-settings-files-about = Reads and writes files in one folder and whatever lies below it. Needs Node.js.
said-settings-files-needs = The folder it may use
said-settings-memory = Memory
said-settings-memory-about = Keeps facts and how they belong together in one file, also between sessions. Needs Node.js.
said-settings-memory-needs = The file it remembers in
said-settings-git = Reads and changes one Git repository. Needs uv, which fetches it, and Git.
said-settings-git-needs = The folder of the repository
said-settings-fetch = Gets web pages as text. Needs uv, which fetches it.

# Providers and ways of thinking
said-settings-local-models = Local models
said-settings-tool-servers = Tool servers
said-settings-single = One model
said-settings-local-experts = Local experts
said-settings-self-experts = One model, several minds
said-settings-cloud-experts = Cloud experts
said-settings-hybrid = Hybrid
said-settings-parallel = Parallel
said-settings-heuristic = Rules only
said-settings-single-about = One model reads the observation and decides
said-settings-local-experts-about = Experts answer side by side, a synthesizer decides
said-settings-self-experts-about = The synthesizer's model gives several opinions, then decides over them
said-settings-cloud-experts-about = Six experts of Gemini and three of Claude, and Claude decides
said-settings-hybrid-about = Gemini sees, Claude reasons, local models behind them
said-settings-parallel-about = Cloud experts and the hybrid at once; their votes weigh 0.6 and 0.4
said-settings-heuristic-about = Fixed rules decide, no model is asked

# Goals that can be picked
said-settings-goal-points = As many points as possible
said-settings-goal-points-text = Bring the relic home alive, and see as much of the land as time allows
said-settings-goal-relic = Bring the relic home
said-settings-goal-relic-text = Bring the relic of the barrow home to Town
said-settings-goal-land = See the whole land
said-settings-goal-land-text = See all ten places, and stay alive
said-settings-goal-gate = Open the Barrow gate
said-settings-goal-gate-text = Find out in which order the levers in the Tower have to be pulled, and open the Barrow gate
said-settings-goal-enemies = Fell every enemy
said-settings-goal-enemies-text = Fell the wolf, the bandit, the wraith and the barrow king, and stay alive
said-settings-goal-gold = Get rich
said-settings-goal-gold-text = Gather thirty gold without dying
said-settings-goal-screen = Say what is on the screen
said-settings-goal-screen-text = Say what is on the screen and what could be done with it, and change nothing
said-settings-goal-movement = Find what moves something
said-settings-goal-movement-text = Find a key or a place that visibly changes half of the picture, one careful try after the other
said-settings-goal-game = Explore a game
said-settings-goal-game-text = Play the game that is on the screen: see as much of it as you can, and stay alive
said-settings-goal-tools = Look around
said-settings-goal-tools-text = Find out what is there and what these tools could do with it, and change nothing
said-settings-goal-page = Read a page
said-settings-goal-page-text = Open https://example.org and say what the page is for and where its links lead
said-settings-goal-files = Describe the folder
said-settings-goal-files-text = Read what lies in the folder and say what it is for and which files matter most, and change nothing
said-settings-goal-memory = Tidy the memory
said-settings-goal-memory-text = Read all that is remembered, say what is there twice or contradicts itself, and mend that
said-settings-goal-commits = Sum up the last commits
said-settings-goal-commits-text = Say in plain words what the last five commits have changed and why, and change nothing
