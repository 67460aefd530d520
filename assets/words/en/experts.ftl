# The experts screen: when each was asked and spoke, who was followed, and whether asking several pays.

experts-in-time = In time
experts-last-session = the last session, as it ended
experts-lanes-to-be = Once a session runs, each expert has a lane here: how long it waited, when its first token came, how long it spoke
experts-nobody-asked = No model has been asked in this session yet

# The time above the lanes.
experts-axis = Time runs from left to right, now is on the right
experts-whole-session = The whole session, { $seconds } s
experts-last-seconds = Last { $seconds } s
experts-ago = { $seconds } s ago
experts-now = now

# One lane, for a screen reader.
experts-lane = Lane of { $title }, { $behind }: { $count } asked; the last one: { $last }
experts-lane-unasked = Lane of { $title }, { $behind }: 0 asked

# One question; the pieces stand in one line with commas between them.
experts-queued = queued { $took }
experts-never-sent = never sent
experts-waiting-for-turn = waiting for its turn
experts-first-token = first token after { $took }
experts-tokens = { $count ->
    [one] 1 token
   *[other] { $count } tokens
}
experts-no-token = no token came
experts-waiting-for-token = waiting for the first token
experts-in-all = { $took } in all
experts-under-way = under way
experts-answered = answered
experts-failed = failed
experts-broken-off = broken off
experts-no-answer = no answer

# The legend under the lanes.
experts-hollow = hollow: waiting for its turn
experts-pale = pale: until the first token
experts-full = full: tokens come

# The last decision.
experts-decision = Last decision
experts-decision-to-be = Once something is decided, it says here who proposed what and who was followed
experts-decided = step { $step }, after { $took }
experts-no-reason = no reason was given
experts-decisive-means = Decisive: it would have been decided otherwise without it

experts-column-expert = Expert
experts-column-model = Model
experts-column-proposed = Proposed
experts-column-sure = Sure, %
experts-column-answered = Answered
experts-column-followed = Followed
experts-column-decisive = Decisive
experts-column-took = Took, s
experts-column-mean-time = Mean time, s
experts-column-tokens = Tokens
experts-column-cost = Cost
experts-yes = yes
experts-no = no
experts-unknown = unknown

# One proposal, for a screen reader.
experts-proposal = { $title } proposed { $action }, { $sure } sure: { $followed ->
    [yes] followed
   *[no] not followed
}, { $decisive ->
    [yes] decisive
   *[no] not decisive
}; took { $took }, tokens { $tokens }, cost { $cost }
experts-proposal-unsure = { $title } proposed { $action }, not sure: { $followed ->
    [yes] followed
   *[no] not followed
}, { $decisive ->
    [yes] decisive
   *[no] not decisive
}; took { $took }, tokens { $tokens }, cost { $cost }

# Whether asking several models pays.
experts-pays = Does the ensemble pay?
experts-pays-to-be = After the first decision over several proposals it says here who was followed, without whom it would have been decided otherwise, and what each one cost
experts-sums = { $decisions ->
    [one] 1 decision
   *[other] { $decisions } decisions
} over several proposals, agreement { $agreement }
experts-sums-own-ways = { $decisions ->
    [one] 1 decision
   *[other] { $decisions } decisions
} over several proposals, agreement { $agreement }; { $own_ways ->
    [one] 1 decision
   *[other] { $own_ways } decisions
} took what nobody had proposed
experts-decides = decides
experts-worth = { $name }, { $model }: answered { $answered } of { $asked }, followed { $followed }, decisive { $decisive }, mean time { $mean }, tokens { $tokens }, cost { $cost }
experts-worth-decides = { $name }, { $model }: answered { $answered } of { $asked }, decides, mean time { $mean }, tokens { $tokens }, cost { $cost }
