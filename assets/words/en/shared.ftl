# What more than one screen says.

shared-steps = { $count ->
    [one] 1 step
   *[other] { $count } steps
}

# What an expert proposed that proposed no action.
shared-looked = looked and told what it saw
shared-nothing-usable = nothing usable

# What is known of a model; the pieces stand in one line.
shared-for-embeddings = for embeddings
shared-context = context { $loaded }
shared-context-of = context { $loaded } of { $most }
shared-context-up-to = context up to { $most }
shared-at-once = { $count } at once
shared-sees = sees
shared-calls-tools = calls tools
shared-thinks = thinks
