# The learning screen: what decisions cost, what advice was worth, what was learnt, and what the clock took.

learning-costs = What decisions cost
learning-costs-to-be = Once a session runs, each decision has a bar here: the points of the final score that are out of reach since, measured against the best play from there
learning-costs-soon = The first decision is still being judged; then its bar appears here
learning-costs-unknown = This environment cannot tell what a decision cost: its best play is not known
learning-dearest = The dearest

# The plot of costs.
learning-points-lost = points lost
learning-step = step { $step }
learning-full = full: searched to the end
learning-pale = pale: as far as it was searched
learning-plot-empty = What decisions cost: none has been judged
learning-plot-one-free = What decisions cost, step { $step }: none cost anything
learning-plot-free = What decisions cost, steps { $first } to { $last }: none cost anything
learning-plot-one = { $bound ->
    [searched] What decisions cost, step { $step }: it cost { $amount }, as far as it was searched
   *[proved] What decisions cost, step { $step }: it cost { $amount }
}
learning-plot = { $bound ->
    [searched] What decisions cost, steps { $first } to { $last }: the dearest, step { $step }, cost { $amount }, as far as it was searched
   *[proved] What decisions cost, steps { $first } to { $last }: the dearest, step { $step }, cost { $amount }
}

# What advice was worth.
learning-advice = What advice was worth
learning-advice-means = In points of the final score; lost by overruling is what decisions cost beyond its proposals
learning-column-expert = Expert
learning-column-judged = Judged
learning-column-mean = Mean cost, points
learning-column-followed = Cost where followed, points
learning-column-lost = Lost by overruling, points

# What was learnt.
learning-lessons = What was learnt
learning-is-off = Learning is off: nothing is learnt, and nothing that was learnt is shown to the models
learning-not-kept = { $trouble }, so it is not kept for the next session
learning-lessons-to-be = Once a session runs, it says here what each action has been worth, and in which situation
learning-column-when = When
learning-column-situation = Situation
learning-column-action = Action
learning-column-value = Value, points
learning-column-times = Times
learning-now = now

learning-forget = Forget what was learnt
learning-nothing-to-forget = Nothing has been learnt yet
learning-forget-sure = Everything that was learnt about the environment { $environment } will be lost for good
learning-forget-yes = Forget it for good
learning-forget-no = Keep it

learning-clock = The clock
