# Was mehr als ein Bildschirm sagt.

shared-steps = { $count ->
    [one] 1 Schritt
   *[other] { $count } Schritte
}
