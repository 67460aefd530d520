# What decisions cost, what advice was worth, what was learnt, and what the clock took.

judged-nothing = nothing
judged-points = { $points } points

judged-cost = { $bound ->
    [searched] cost { $amount }, as far as it was searched
   *[proved] cost { $amount }
}
judged-this = { $bound ->
    [searched] This decision cost { $amount }, as far as it was searched
   *[proved] This decision cost { $amount }
}
judged-that = { $bound ->
    [searched] The decision of step { $step } cost { $amount }, as far as it was searched
   *[proved] The decision of step { $step } cost { $amount }
}
judged-step = { $bound ->
    [searched] Step { $step } cost { $amount }, as far as it was searched (the best play that was found from here reaches { $possible })
   *[proved] Step { $step } cost { $amount } (best play from here still reaches { $possible })
}
judged-step-action = { $bound ->
    [searched] Step { $step }: { $action } cost { $amount }, as far as it was searched (the best play that was found from here reaches { $possible })
   *[proved] Step { $step }: { $action } cost { $amount } (best play from here still reaches { $possible })
}

# All decisions of a session.
judged-none-yet = No decision has been judged
judged-all-free = Nothing lost in all, { $over }; { $reach }
judged-all = { $amount } in all, { $over }; { $reach }
judged-over = { $count ->
    [one] over 1 judged decision
   *[other] over { $count } judged decisions
}
judged-over-searched = { $over }, { $searched } of them as far as it was searched
judged-reach = { $bound ->
    [searched] the best play that was found from here reaches { $possible }
   *[proved] best play from here still reaches { $possible }
}

# Beside a proposal.
judged-advice-followed = { $bound ->
    [searched] cost { $amount }, as far as it was searched
   *[proved] cost { $amount }
}
judged-advice-left = { $bound ->
    [searched] would have cost { $amount }, as far as it was searched
   *[proved] would have cost { $amount }
}

judged-adviser = { $count ->
    [one] { $title }: 1 judged proposal, its advice would have cost { $mean } on average; following it cost { $followed }, overruling it lost { $lost }
   *[other] { $title }: { $count } judged proposals, its advice would have cost { $mean } on average; following it cost { $followed }, overruling it lost { $lost }
}

judged-lesson = { $times ->
    [one] { $situation }: { $action } is worth { $value } points, tried 1 time
   *[other] { $situation }: { $action } is worth { $value } points, tried { $times } times
}
judged-lesson-now = { $times ->
    [one] Now, { $situation }: { $action } is worth { $value } points, tried 1 time
   *[other] Now, { $situation }: { $action } is worth { $value } points, tried { $times } times
}
judged-learnt = { $total ->
    [one] 1 lesson
   *[other] { $total } lessons
} in all; in this session something was learnt from { $steps ->
    [one] 1 step
   *[other] { $steps } steps
}
judged-learnt-in-part = { $total ->
    [one] 1 lesson
   *[other] { $total } lessons
} in all, { $shown } of them shown; in this session something was learnt from { $steps ->
    [one] 1 step
   *[other] { $steps } steps
}
judged-nothing-to-forget = There was nothing to forget about the environment { $environment }
judged-forgotten = { $count ->
    [one] 1 lesson about the environment { $environment } was forgotten
   *[other] { $count } lessons about the environment { $environment } were forgotten
}

# The clock of the world.
judged-clock-waits = The world waits while the models think
judged-clock-waits-rules = { $times ->
    [one] The world waits while the models think; rules decided 1 time, because no model named anything possible
   *[other] The world waits while the models think; rules decided { $times } times, because no model named anything possible
}
judged-clock-turns = A turn takes { $seconds } s, { $misses } of { $decisions ->
    [one] 1 decision
   *[other] { $decisions } decisions
} came too late, { $turns ->
    [one] 1 turn was lost
   *[other] { $turns } turns were lost
}
judged-clock-turns-rules = A turn takes { $seconds } s, { $misses } of { $decisions ->
    [one] 1 decision
   *[other] { $decisions } decisions
} came too late, { $turns ->
    [one] 1 turn was lost
   *[other] { $turns } turns were lost
}; rules decided { $times ->
    [one] 1 time
   *[other] { $times } times
}, because no model named anything possible
judged-clock-to-be = A turn takes { $seconds } s, whether anybody has decided or not
