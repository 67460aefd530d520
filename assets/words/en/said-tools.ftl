# What tool servers and environments say; the English text is how it is recognised.

# What went wrong with a tool server.
said-tools-no-program = There is no program { $program } for the tool server { $name }
said-tools-no-folder = There is no folder { $folder } for the tool server { $name }
said-tools-not-allowed = { $program } may not be run for the tool server { $name }
said-tools-not-started = The tool server { $name } could not be started
said-tools-needs-variable = The tool server { $name } needs the variable { $variable }, which is not set
said-tools-needs-secret = The tool server { $name } needs the secret { $secret }, which the keychain has not given
said-tools-ended-at-once = The tool server { $name } ended { $exit } before it had answered
said-tools-silent = The tool server { $name } said nothing for { $time }
said-tools-garbage = What { $name } runs does not speak like a tool server
said-tools-half-line = The tool server { $name } began a message and never ended it
said-tools-too-long = The tool server { $name } sent a message that is too long to be read
said-tools-protocol = The tool server { $name } speaks a protocol that is not known here
said-tools-refused = The tool server { $name } refused the connection
said-tools-bad-address = The address of the tool server { $name } cannot be read
said-tools-status = The tool server { $name } answered with status { $status }
said-tools-locked = The tool server { $name } is at { $host }, and requests may not go there now
said-tools-unreachable = The tool server { $name } cannot be reached
said-tools-no-list = The tool server { $name } did not list its tools
said-tools-died-how = The tool server { $name } ended { $exit } while it was in use
said-tools-died = The tool server { $name } ended while it was in use
said-tools-hung-up = The tool server { $name } closed the connection

# What was seen of it.
said-tools-because = Because: { $why }
said-tools-it-wrote = It wrote: { $line }
said-tools-wrote-one-line = It wrote one line that is no message: { $line }
said-tools-wrote-lines = It wrote { $lines } lines that are no messages; the first was: { $line }
said-tools-bytes-without-end = { $bytes } bytes came without an end of line
said-tools-many-without-end = More than { $size } MiB came without an end of line
said-tools-looked-on-path = It was looked for on the path of this program and on that of the login shell
said-tools-command = Command: { $command }
said-tools-address = Address: { $address }
said-tools-on-its-output = { $line } (on its output)
said-tools-no-command = no command is given
said-tools-no-pipes = its input and output could not be opened
said-tools-no-interpreter = { $program } is there, but not the program that its first line wants to be run by
said-tools-everything-ends = everything is being ended
said-tools-speaks = it speaks { $versions }
said-tools-wants-version = it wants version { $version }
said-tools-no-answer-to-greeting = it sent { $count }, but no answer to the greeting; the first was { $message }
said-tools-no-answer-within = no answer came within { $time }
said-tools-stopped-first = it was stopped first
said-tools-no-list-of-tools = its answer is no list of tools
said-tools-waited = waited { $time } ms for { $what }
said-tools-forgot-session = the server has forgotten the session
said-tools-web-page = it answered with a web page
said-tools-no-address = { $address } is no address: { $why }

# What to do about it.
said-tools-advice-package = Correct the name of the package in the arguments: its registry does not know it
said-tools-advice-network = See whether this machine reaches the network: the server had to be fetched and could not
said-tools-advice-module = Install the module that its last lines name, or start the server from where it is installed
said-tools-advice-missing = Install or correct the file that its last lines name
said-tools-advice-permission = Give it leave to read or write what its last lines name
said-tools-advice-variable = Set the variable that its last lines ask for, in the server's variables
said-tools-advice-lines = Read its last lines, and run the command in a terminal
said-tools-advice-folder = Create the folder, or correct it in the server's settings
said-tools-advice-terminal = Run the command in a terminal and see what it says
said-tools-advice-set = Set { $variable } in the environment in which this program is started
said-tools-advice-keychain = Or write ${ $secret } in its place and keep the value in the keychain
said-tools-advice-unlock = If the keychain is locked, unlock it and start this program again
said-tools-advice-secret = Otherwise give the secret on the Servers page; the keychain keeps it
said-tools-advice-stdio = See whether the command starts a tool server; many speak over their output only if an argument such as stdio asks for it
said-tools-advice-for-network = If it is a server for the network, give its address in place of the command
said-tools-advice-line-break = Test it again; if it stays so, tell its makers that a message has to end with a line break
said-tools-advice-less = Ask it for less at a time, such as smaller pictures or fewer lines
said-tools-advice-update = Update the server
said-tools-advice-update-this = If it is the newest, update this program
said-tools-advice-its-words = Do what its words ask for; often an argument or a variable is missing
said-tools-advice-whole-address = Write the whole address, such as { $example }
said-tools-advice-here = Use a server on this machine
said-tools-advice-own-hosts = Or list its host among your own, or allow requests to leave, in the settings
said-tools-advice-start = Start the server
said-tools-advice-correct-address = Press Edit at the server and correct its address
said-tools-advice-test-or-update = Test the server again, and update it if it stays so
said-tools-advice-session-again = Read its last lines, and start the session again
said-tools-advice-own-log = Start it again; its own log may say why it closed the connection
said-tools-advice-waits-on-input = See in a terminal whether the command starts a tool server that waits for messages on its input
said-tools-advice-longer = If it only needs longer, because it is fetched first, raise the time to connect in the settings
said-tools-advice-works = See whether the server works, and start it again
said-tools-advice-raise-time = Raise the time to connect in the settings
said-tools-advice-install-it = Install it, or write its whole path in the server's command
said-tools-advice-install = Install { $maker }, or write the whole path of { $program } in the server's command
said-tools-advice-token = Give the token that it asks for, as a header in the server's settings
said-tools-advice-mcp = Correct the address; with many servers it ends in /mcp
said-tools-advice-streamable = See whether the server speaks streamable HTTP; the older kind with two addresses is not spoken here
said-tools-advice-moment = Wait a moment and test it again
said-tools-advice-look-in-log = Look into the server's own log, and start it again
said-tools-advice-headers = Correct the address or the headers in the server's settings

# What it offers, and what it cannot be used for.
said-tools-has-none = { $name } has no tools
said-tools-has-none-usable = { $name } has no tools that can be used
said-tools-advice-documentation = Check its arguments and its documentation, then test it again
said-tools-none-offered = None of the tools of { $name } is offered
said-tools-advice-lists = Change the lists of tools that are allowed and denied for this server
said-tools-lacks-preset = { $name } has no tool { $tool }, which is to be called { $purpose }
said-tools-to-look = to look
said-tools-at-the-start = at the start
said-tools-its-tools = Its tools: { $names }
said-tools-advice-choose-one = Choose one of its tools for that, or none
said-tools-reset-failed = { $name } did not do what is to be called at the start
said-tools-call = Call: { $call }
said-tools-advice-reset = Change the call at the start and its arguments for this server, or take it out
said-tools-tool-skipped = tool { $number }: { $why }
said-tools-same-name = there is another one called { $name }
said-tools-whatever-after = whatever comes after { $pages } pages or { $tools } tools
said-tools-skipped-unnamed = tool { $number }: it has no name
said-tools-long-name = its name is too long
said-tools-odd-name = its name has spaces or control characters in it
said-tools-schema-no-object = { $name }: its input schema is no object
said-tools-schema-missing = { $name }: it has no input schema
said-tools-no-object = { $name }: it is no object

# A server in a session: how it stands, what is told of it.
said-tools-answers = answers
said-tools-answers-again = answers, started again, { $times } of { $most }
said-tools-let-go = let go of
said-tools-let-go-again = let go of, started again, { $times } of { $most }
said-tools-does-not-answer = does not answer
said-tools-does-not-answer-again = does not answer, started again, { $times } of { $most }
said-tools-changed-tools = { $name } has changed its tools and did not list them
said-tools-started-again = { $name } had ended and was started again, { $times } of { $most }: it may have forgotten everything
said-tools-given-up = It was started again { $times } times in this session
said-tools-unguarded = Nobody ends { $name } if this program is killed
said-tools-no-guardian = The guardian could not be started: { $why }
said-tools-advice-nothing = Nothing needs to be done: what is left then is found at the next start
said-tools-it-asked = { $server }: It asked the user { $question }, and its own defaults were the answer: { $answer }
said-tools-it-asked-plain = It asked the user { $question }, and its own defaults were the answer: { $answer }
said-tools-yes-nothing-else = yes, and nothing else
said-tools-over-by-server = the server says that it is over

# What came of a call, where not the server says it.
said-tools-stopped-before = Stopped before it began; nothing happened
said-tools-no-such-tool = There is no tool { $tool } here, so nothing was called
said-tools-look-first = The server had ended and was started again; nothing was called, look first
said-tools-ended-under-way = The server ended while this was under way; it may or may not have happened
said-tools-ended-and-restarted = The server ended while this was under way; it may or may not have happened. The server was started again and may have forgotten everything: look first
said-tools-goal-reached = goal reached: { $report }
said-tools-nothing-reported = nothing was reported
said-tools-answer-too-long = It answered with more than 16 MiB at once, which is too long to be read. Ask for less, such as a smaller picture or fewer lines
said-tools-strange-question = It asks for more than was given, in a way that is not known here
said-tools-no-result = It answered with something that is no result of a tool
said-tools-own-task = It works on as a task of its own, which is not waited for
said-tools-stopped-before-again = It was stopped before it was called once more
said-tools-stopped-before-sent = It was stopped before it was sent
said-tools-stopped-before-answer = It was stopped before an answer came
said-tools-no-sign = Neither an answer nor a sign of progress came for { $time }
said-tools-no-sign-since = Neither an answer nor a sign of progress came for { $time }; the last it wrote came { $ago } ago
said-tools-not-done-after = It was not done after { $time }, which is the most a call may take
said-tools-call-status = It answered with status { $status } { $said }
said-tools-and-no-words = and no words
said-tools-and-said = and said: { $words }
said-tools-still-asks = It was called { $times } times more with what it asked for, and still asks
said-tools-wants-a-model = It wants to ask a model, which is not offered
said-tools-elsewhere = It wants the user to do something elsewhere, which nobody does: { $question }
said-tools-nobody-consents = It asks the user { $question }, and nobody may answer in the user's place
said-tools-no-default = It asks the user { $question }, and has no default for some of what it needs

# Pictures that cannot be shown.
said-tools-neither-png = it is neither PNG nor JPEG
said-tools-no-size = it has no size
said-tools-too-large = { $width } × { $height } is too large
said-tools-no-palette = its palette is missing
said-tools-cut-off = it is cut off
said-tools-no-base64 = it is no base64

# How it ended, and names in a certificate.
said-tools-title = tool server { $name }
said-tools-after-calls = after { $count } calls
said-tools-told-to-end = told to end; how its process ended is said of that
said-tools-not-said-in-time = it did not say in time that the session is over
said-tools-slow-goodbye = the server took too long to say goodbye
said-tools-released = the tool server { $name } has been let go of

# Any environment, and the built-in world.
said-tools-environment-gone = the environment is gone: { $why }
said-tools-environment-late = the environment did not answer within { $time }
said-tools-world = Built-in world, seed { $seed }
said-tools-world-closed = the built-in world has been closed
said-tools-world-turn = at turn { $turn } of { $limit }
