# Tool servers: their page, and what is said of them elsewhere.

servers-none-yet = No tool server yet
servers-add-one = Add a tool server
servers-what-one-is = A tool server (MCP) offers tools: a browser, files, a shop. Once it is added and tested, sessions can choose it as their environment, and its tools are what the agent can do
servers-own-program = A program of your own…
servers-own-address = An address…
servers-look-elsewhere = Look in other programs
servers-known = Known servers
servers-add = Add { $name }
servers-say-first = Say first what it needs
servers-add-a-server = Add a server…
servers-back = Back
servers-all = All servers

servers-playwright = Opens web pages in a browser of its own, reads them, clicks and types. Needs Node.js. Pictures and downloads go into the folder it is started in.
servers-files = Files
servers-files-about = Reads and writes files in one folder and whatever lies below it. Needs Node.js.
servers-files-needs = The folder it may use
servers-memory = Memory
servers-memory-about = Keeps facts and how they belong together in one file, also between sessions. Needs Node.js.
servers-memory-needs = The file it remembers in
servers-git = Reads and changes one Git repository. Needs uv, which fetches it, and Git.
servers-git-needs = The folder of the repository
servers-fetch = Gets web pages as text. Needs uv, which fetches it.

servers-test = Test
servers-is-tested-already = It is being tested
servers-tested-while-idle = Servers are tested while no session runs
servers-last-test-failed = Its last test failed
servers-being-tested = Being tested
servers-not-tested = Not tested yet
servers-answered = { $tools ->
    [one] 1 tool, answered in { $took }
   *[other] { $tools } tools, answered in { $took }
}
servers-switched-off = Switched off
servers-may-be-used = Sessions may use { $name }

servers-started-in = Started in { $folder }
servers-its-variables = Variables: { $names }
servers-its-headers = Headers: { $names }
servers-in-keychain = { $name } (kept in the keychain)
servers-edit = Edit
servers-remove = Remove
servers-use = Use in the next session
servers-is-used = The next session uses it
servers-is-off = It is switched off
servers-will-be-forgotten = “{ $name }” and what the keychain keeps for it will be forgotten here
servers-remove-it = Remove { $name }
servers-keep-it = Keep it
servers-allowed = Allowed for ever
servers-allowed-means = Sessions call these without asking a person
servers-ask-again = Ask again about { $tool }

servers-column-tool = Tool
servers-column-harm = Harm
servers-column-sessions = Sessions
servers-column-does = What it does
servers-protocol = Protocol { $protocol }; beside tools: { $can }
servers-nothing = nothing
servers-took = Connected in { $connected }, listed its tools in { $listed }, ended in { $closed }
servers-tools-offered = Tools ({ $offered } of { $all } offered)
servers-worst-is-thought = Of a tool that does not say how much harm it can do, the worst is thought
servers-left-out = Left out: { $what }
servers-offered = offered
servers-not-offered = not offered
servers-last-errors = Last lines of its error output
servers-risk-looks = only looks
servers-risk-changes = changes things
servers-risk-loses = can lose something
servers-risk-beyond = reaches beyond
servers-risk-unsaid = { $risk } (not said)
servers-tool-offered = { $name }, { $risk }, offered to sessions
servers-tool-kept-back = { $name }, { $risk }, not offered
servers-tool-offered-unsaid = { $name }, { $risk }, as the server does not say what it can do, offered to sessions
servers-tool-kept-back-unsaid = { $name }, { $risk }, as the server does not say what it can do, not offered
servers-tool-about = { $tool }: { $about }

servers-of-others = Servers of other programs
servers-look-again = Look again
servers-only-read = Their files are only read; what is added is copied into a file of this program
servers-looking = Looking
servers-not-looked = Nobody has looked yet
servers-none-elsewhere = No other program here has a file with tool servers. One can be added by hand
servers-none-there = It has no tool servers
servers-there-already = there already

servers-edit-it = Edit { $name }
servers-one-of-your-own = A tool server of your own
servers-name = Name
servers-name-hint = what sessions call it
servers-program = A program on this machine
servers-program-means = It is started for every session and ended with it
servers-address = An address
servers-address-means = It runs already, here or elsewhere, and is spoken to over HTTP
servers-command = Command
servers-folder = Folder that it is started in
servers-folder-hint = your own folder
servers-variables = Variables
servers-variables-hint = NAME=VALUE, one a line
servers-url = Address
servers-headers = Headers
servers-headers-hint = Name: value, one a line
servers-value-in-keychain = { $name }: kept in the keychain
servers-kept-safe = A value that looks like a secret, such as a key or a token, goes into this system's keychain and into no file; { $variable } stands for a variable of this program's own environment
servers-save-and-test = Save and test
servers-still-missing = Something is still missing
servers-save = Save
servers-cancel = Cancel
servers-several-lines = (several lines, kept as they are)

servers-as-an-environment = As an environment
servers-extras-may-stay = Everything here may stay as it is: then all tools are offered, and the last result is what is seen
servers-look-tool = Tool to look with
servers-look-arguments = Arguments to look with
servers-begin-tool = Tool to begin with
servers-begin-arguments = Arguments to begin with
servers-tool-hint = its name; empty for none
servers-arguments-hint = a JSON object; empty for none
servers-score-stands = Where the score stands
servers-end-stands = Where it stands that it is over
servers-actions-stand = Where the possible actions stand
servers-action-tool = Tool for a possible action
servers-empty-for-whole-calls = empty where each is a whole call
servers-action-argument = Its argument
servers-only-tools = Only these tools
servers-never-tools = Never these tools
servers-names-with-commas = names with commas between them
servers-ask-before = Ask before
servers-greeting = First word
servers-greeting-initialize = a greeting, as almost all servers want it
servers-greeting-discover = the question what it speaks, for the newest protocol
servers-answers-with-defaults = Answer its questions with their own defaults
servers-answers-otherwise = Where a question has no defaults for all that it needs, or this is off, it is declined: nobody may consent in your place
servers-seconds-to-start = seconds to start it and to list its tools
servers-seconds-without-a-sign = seconds without a sign of life during a call
servers-seconds-for-a-call = seconds for a whole call
servers-letters-of-a-result = letters of a result for the models

servers-wrong-no-name = It needs a name
servers-wrong-long-name = It cannot be called that: its name has more than { $letters } letters
servers-wrong-unseen-name = It cannot be called that: its name has letters that cannot be seen
servers-wrong-name-taken = There is a server called { $name } already; choose another name
servers-wrong-no-command = It needs the command that starts it
servers-wrong-open-quotation = A quotation mark of the command is not closed
servers-wrong-address = It needs an address that begins with http:// or https://
servers-wrong-variable = Line { $line } of the variables is not written as NAME=VALUE
servers-wrong-header = Line { $line } of the headers is not written as Name: value
servers-wrong-variable-twice = Line { $line } of the variables says { $name } once more
servers-wrong-header-twice = Line { $line } of the headers says { $name } once more
servers-wrong-score = Where to find the score is written like /{ $pointer }
servers-wrong-end = Where to find the end is written like /{ $pointer }
servers-wrong-actions = Where to find the possible actions is written like /{ $pointer }
servers-wrong-look = The arguments of the call to look are no JSON object
servers-wrong-begin = The arguments of the call to begin are no JSON object
servers-wrong-kept-elsewhere = { $names } is kept in the keychain under the old name; type it again here
servers-no-object = It is no JSON object such as { $example }: { $why }

servers-call-under-way = under way
servers-call-done = done
servers-call-rejected = refused, nothing happened
servers-call-failed = failed
servers-call-uncertain = unclear, it may have happened
servers-letters-more = { $letters ->
    [one] and 1 letter more; all of it is kept with the session
   *[other] and { $letters } letters more; all of it is kept with the session
}
servers-the-world = Built-in world
servers-the-desktop = Desktop
servers-tools-of = Tools of { $name }
servers-start-in-the-world = Press Start: the agent sets out in the built-in world
servers-start-live = Press Start: after a calibration and a count-down the agent uses keys and mouse
servers-start-dry = Press Start: the agent looks at the screen and shows what it would do
servers-start-with-tools = Press Start: the agent works with the tools of { $name }
servers-tools = { $tools ->
    [one] 1 tool
   *[other] { $tools } tools
}
servers-score = score { $score }
