# Tokens and keys; how the providers stand, what has been spent, and what went where.

accounts-token = LM Studio token
accounts-use-token = Use token
accounts-token-made = It is made in LM Studio under Developer, Server Settings. { $kept }
accounts-key = Key for { $provider }
accounts-use-key = Use key for { $provider }
accounts-another-key = another one takes its place
accounts-key-made = It is made in the console of { $provider }. { $kept }

# What becomes of a key that is typed in.
accounts-will-be-kept = It is kept in this system's keychain and in no file
accounts-will-not-be-kept = { $why }, so it is kept until the program ends and is written nowhere
accounts-not-kept = { $why }, so it is kept until the program ends

# Where one is that is in use.
accounts-token-of-environment = The token comes from { $name }; it can only be changed there
accounts-key-of-environment = The key for { $provider } comes from the environment; it can only be changed there
accounts-token-in-keychain = The token for LM Studio is kept in this system's keychain
accounts-key-in-keychain = The key for { $provider } is kept in this system's keychain
accounts-token-of-this-run = A token is in use until the program ends; it is written nowhere
accounts-key-of-this-run = A key for { $provider } is in use until the program ends; it is written nowhere
accounts-forget = Forget
accounts-forget-token = Forget token
accounts-forget-key = Forget key for { $provider }

# Policy and standing.
accounts-policy = Policy and standing
accounts-no-session = Once a session runs, each provider stands here with its limits

# Spending.
accounts-spending = Spending
accounts-column-model = Model
accounts-column-calls = Calls
accounts-column-prompts = Prompts
accounts-column-answers = Answers
accounts-column-cost = Cost
accounts-prices = Prices as of { $date }, in US dollars
accounts-budget-dollars = Budget, dollars
accounts-budget-calls = Budget, calls
accounts-budget-tokens = Budget, tokens
accounts-budget-spent = { $spent } of { $most }
accounts-spent-by = { $calls ->
    [one] { $name }: 1 call, { $prompts } tokens of prompts, { $answers } of answers, cost { $cost }
   *[other] { $name }: { $calls } calls, { $prompts } tokens of prompts, { $answers } of answers, cost { $cost }
}

# What went where.
accounts-ledger = What went where
accounts-column-host = Host
accounts-column-provider = Provider
accounts-column-purpose = Purpose
accounts-column-where = Where
accounts-column-requests = Requests
accounts-column-out = Out
accounts-column-in = In
accounts-sent = { $bytes } were sent off this machine
accounts-sent-nothing = Nothing was sent off this machine
accounts-here = this machine
accounts-away = away
accounts-local = local
accounts-sent-to = { $requests ->
    [one] { $host } ({ $place }), { $provider }, { $purpose }: 1 request, { $sent } out, { $received } in
   *[other] { $host } ({ $place }), { $provider }, { $purpose }: { $requests } requests, { $sent } out, { $received } in
}
