# What more than one screen says.

shared-steps = { $count ->
    [one] 1 step
   *[other] { $count } steps
}
