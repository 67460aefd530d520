# What the agent sees and where it acts: the map of the built-in world, the tools of a server, the desktop.

scene-nothing = The environment is being prepared

# The built-in world.
scene-health = Health
scene-turns-left = Turns left
scene-score = Score
scene-of = { $part } of { $whole }
scene-gold = { $gold } gold
scene-potions = { $potions ->
    [one] 1 potion
   *[other] { $potions } potions
}
scene-fight = Fight: { $enemy }

# The map, also for whoever cannot see it.
scene-map = Map: the agent is at { $here }, { $seen } of { $places } places visited
scene-map-night = night
scene-map-twilight = twilight
scene-map-day = day
scene-map-did = last action: { $did }
scene-map-fights = fighting { $enemy }
scene-night = Night
scene-twilight = Twilight
scene-day = Day
scene-enemy = { $enemy }, { $health } of { $most } health
scene-place-unknown = Not known yet
scene-place-visited = { $place }, visited
scene-place-not-visited = { $place }, not visited

# The desktop.
scene-no-picture = The first picture will appear here
scene-the-desktop = the desktop
scene-picture = Picture of { $source }
scene-picture-pointed = Picture of { $source }; the agent pointed at { $x }, { $y }
scene-held = Held down: { $keys }
scene-would-have-done = It would have done
scene-did = It did

# The tools of a server.
scene-no-call = Nothing has been called yet
scene-errors = Its error output
scene-seen-now = Seen now
scene-given-picture = Picture that { $server } gave
scene-nothing-seen = Nothing yet
scene-call-under-way = under way
scene-call-took = { $status }, { $took }
