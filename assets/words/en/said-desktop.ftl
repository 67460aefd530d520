# What the desktop says; the English text is how it is recognised.

# What can be looked at.
said-desktop-whole-screen = The whole screen
said-desktop-whole-screen-dry = The whole screen, dry run
said-desktop-title-dry = { $title }, dry run
said-desktop-system = X11, display { $display }

# What went wrong with it.
said-desktop-unusable = The desktop cannot be used here
said-desktop-advice-other-environment = Choose another environment
said-desktop-source-gone = What was looked at is gone
said-desktop-advice-other-source = Choose another window or monitor, or the whole screen
said-desktop-refused = The desktop refused
said-desktop-advice-whole-screen = Try again; if it happens again, look at the whole screen
said-desktop-lost = The connection to the desktop is lost
said-desktop-advice-new-session = Start a new session once the desktop is there
said-desktop-silent = The desktop does not answer
said-desktop-advice-log-in = Try again; if it happens again, log in to the desktop once more
said-desktop-released = the desktop has been let go of
said-desktop-not-there = { $what } is not there
said-desktop-window = A window called “{ $title }”
said-desktop-window-elsewhere = a window called { $title }
said-desktop-window-elsewhere-gone = a window called { $title } is not there
said-desktop-monitor = The monitor { $name }
said-desktop-monitor-elsewhere = the monitor { $name }
said-desktop-outside = “{ $title }” lies outside of the desktop, so it
said-desktop-to-be-framed = What is to be framed
said-desktop-server-refused = the display server refused: { $why }
said-desktop-server-gone = the display server is gone: { $why }

# Why there is no desktop, or not all of it.
said-desktop-wayland = This desktop runs on Wayland, where programs see and press nothing of others without its portals, which are not built in yet. Log in to an X11 session, or choose another environment
said-desktop-no-display = There is no desktop here: DISPLAY is not set. Start this in a graphical session
said-desktop-no-screen = The display has no screen { $number }
said-desktop-display-unusable = The display :{ $display } cannot be used: { $why }
said-desktop-no-input-extension = The display server does not say what keys and mouse do: it lacks version 2.1 of its input extension
said-desktop-no-xtest = The display server lets no program press keys: it lacks its XTEST extension
said-desktop-no-shape = The display server has no windows that let clicks through: it lacks version 1.1 of its SHAPE extension
said-desktop-no-monitor = no monitor is connected
said-desktop-no-hands-there = On { $system } keys and mouse are not used yet: the target, the frame and the watch over your own hands that come before that are only built for X11
said-desktop-only-dry = Only a dry run is possible: { $why }

# What the display server refused.
said-desktop-not-to-front = the window manager did not bring “{ $title }” to the front
said-desktop-picture-short = the picture that it sent is too short
said-desktop-picture-odd = its pictures have { $what }, which is not known here
said-desktop-no-colours = no way to write colours
said-desktop-colour-table = a table of colours
said-desktop-bits = { $bits } bits a point
said-desktop-picture-not-encoded = its picture could not be encoded: { $why }
said-desktop-picture-bytes = a picture of { $width }x{ $height } with { $count } bytes
said-desktop-stop-key-lacks = this keyboard lacks a key of the stop key
said-desktop-answered-by = { $request } was answered by { $error }
said-desktop-a-request = a request
said-desktop-no-numbers = it has no numbers left for windows
said-desktop-no-thread = no thread to watch it with: { $why }
said-desktop-no-such-key-here = this keyboard has no key { $key }
said-desktop-no-key-number = no key has the number { $number }
said-desktop-no-letter = { $letter } is no letter that could be typed
said-desktop-no-key-for = this keyboard has no key for { $letter } and none to spare
said-desktop-no-answer = it did not answer
said-desktop-no-answer-within = it did not answer within { $seconds } s

# Before keys and mouse are taken.
said-desktop-part-unusable = { $what } cannot be used here
said-desktop-keys-and-mouse = Keys and mouse
said-desktop-marks = Marks on the screen, without which nothing is touched,
said-desktop-advice-dry-or-log-in = Choose the dry run, which only shows what would be done, or log in to another kind of session
said-desktop-advice-dry = Choose the dry run, which only shows what would be done
said-desktop-unguarded = Nobody would let go of keys if this program were killed
said-desktop-program-unknown = it is not known where this program lies
said-desktop-advice-own-file = Start the program from its own file, or choose the dry run
said-desktop-hands-unnoticed = Your own hands would not be noticed here
said-desktop-stop-key-unusable = The stop key { $key } cannot be used here
said-desktop-stop-key-wrong = the stop key { $key } cannot be used: { $why }
said-desktop-not-held-with-others = { $key } is not held with other keys
said-desktop-no-stop-key = there is no stop key
said-desktop-stopped-before-taken = Stopped before keys and mouse were taken
said-desktop-advice-start-again = Start again
said-desktop-counts-down = Singularis takes mouse and keyboard in { $seconds }…
said-desktop-at-the-controls = Singularis is at the controls · { $key } stops it
said-desktop-paused = Singularis is paused · { $key } stops it

# The calibration.
said-desktop-stopped-before-calibration = Stopped before the calibration
said-desktop-stopped-in-calibration = Stopped before the calibration was over
said-desktop-used-in-calibration = Mouse or keyboard were used during the calibration
said-desktop-advice-hands-off = Take your hands off both until the frame is there, and start again
said-desktop-target-unseen = A target was shown and is not in the picture
said-desktop-advice-uncovered = Look at a source that lies on this screen and is not covered, and try again
said-desktop-click-missed = A click on a target did not arrive there
said-desktop-advice-close-top = Close what lies on top, such as a menu or a locked screen, and try again
said-desktop-clicks-off = Clicks arrive { $pixels } pixels off
said-desktop-advice-scaling = Set the scaling of the screen to 100 %, or look at one monitor only, and try again
said-desktop-target-hit = target at { $target }: seen at { $seen }, clicked at { $clicked }
said-desktop-target-not-clicked = target at { $target }: seen at { $seen }, clicked nowhere
said-desktop-target-not-seen = target at { $target }: seen nowhere, clicked at { $clicked }
said-desktop-target-lost = target at { $target }: seen nowhere, clicked nowhere
said-desktop-calibration-slow = The calibration took too long
said-desktop-longer-than = it took longer than { $seconds } s
said-desktop-advice-less-going-on = Try again while less is going on
said-desktop-guardian-gone = The guardian of keys and mouse is gone

# Key profiles.
said-desktop-first-person = First-person game
said-desktop-first-person-about = A role-playing game seen through the eyes of the hero. Keys that walk are held, for 300 to 2000 milliseconds; look turns the head.
said-desktop-nethack-about = NetHack in a terminal. The first line asks and tells, the last two show how things stand. One key at a time; after --More-- press enter; escape leaves a question. A question for a direction is answered with h j k l y u b n, one for an item with its letter.
said-desktop-no-profile = There is no key profile called { $name }
said-desktop-there-are = there are { $first }, { $others }
said-desktop-advice-profile = Choose another profile, or none
said-desktop-left-out = { $file } is left out: { $why }
said-desktop-left-out-unnamed = { $file } is left out: it has no name
said-desktop-built-in-profile = a built-in profile
said-desktop-key-count = it has { $count } keys; there must be 1 to { $most }
said-desktop-key-twice = the key { $key } stands in it twice
said-desktop-profile-too-long = it is too long for a key profile
said-desktop-no-text = it is no text

# What an action does.
said-desktop-press = press { $key }
said-desktop-press-times = press { $key } { $times } times
said-desktop-hold = hold { $key } for { $time } ms
said-desktop-press-left = press left button { $times } times
said-desktop-press-middle = press middle button { $times } times
said-desktop-press-right = press right button { $times } times
said-desktop-type = type "{ $text }"
said-desktop-click-left = click the left button
said-desktop-click-left-at = click the left button at { $place }
said-desktop-double-left = double-click the left button
said-desktop-double-left-at = double-click the left button at { $place }
said-desktop-drag-left = drag with the left button from { $start } to { $end }
said-desktop-click-middle = click the middle button
said-desktop-click-middle-at = click the middle button at { $place }
said-desktop-double-middle = double-click the middle button
said-desktop-double-middle-at = double-click the middle button at { $place }
said-desktop-drag-middle = drag with the middle button from { $start } to { $end }
said-desktop-click-right = click the right button
said-desktop-click-right-at = click the right button at { $place }
said-desktop-double-right = double-click the right button
said-desktop-double-right-at = double-click the right button at { $place }
said-desktop-drag-right = drag with the right button from { $start } to { $end }
said-desktop-point = point at { $place }
said-desktop-turn = move the mouse { $right } to the right and { $down } down
said-desktop-scroll = scroll { $down } down
said-desktop-scroll-at = scroll { $down } down at { $place }
said-desktop-scroll-both = scroll { $right } to the right and { $down } down
said-desktop-scroll-both-at = scroll { $right } to the right and { $down } down at { $place }
said-desktop-wait = wait { $time } ms
said-desktop-say-reached = say that the goal is reached
said-desktop-left-button = left button
said-desktop-middle-button = middle button
said-desktop-right-button = right button
said-desktop-key-number = key number { $number }

# What came of it.
said-desktop-did-change = { $act }: the screen changed
said-desktop-did-not-change = { $act }: the screen did not change
said-desktop-not-done = { $act }: not done
said-desktop-did-not-work = { $act }: did not work
said-desktop-broken-off = { $act }: broken off
said-desktop-would = would { $act } (dry run)
said-desktop-would-sent = Would { $act } (dry run: nothing was sent)
said-desktop-done = Done: { $act }
said-desktop-reached = The goal is reached: { $report }
said-desktop-stopped-before = Stopped before it began; nothing was done
said-desktop-dry-run = This is a dry run
said-desktop-another-size = What is looked at has another size now; nothing was done, look at it again
said-desktop-nothing-done = Nothing was done: { $why }
said-desktop-changed-meanwhile = The screen changed while somebody else used mouse and keyboard; nothing was done
said-desktop-in-use = Mouse and keyboard are in use; nothing was done
said-desktop-somebody-holds = Somebody holds { $keys }; nothing was done
said-desktop-stopped-in-the-middle = Stopped in the middle
said-desktop-how-much = { $why }; how much of “{ $act }” was done is not known
said-desktop-act-failed = “{ $act }” did not work: { $why }
said-desktop-no-guardian = Not done, because the guardian of keys is gone ({ $why }): { $act }
said-desktop-nothing-pressed = Nobody would let go of keys if this program were killed, so nothing is pressed any more; start a new session

# The same, where the action ends in a place, which would otherwise take it in.
said-desktop-click-left-at-did-change = click the left button at { $place }: the screen changed
said-desktop-click-left-at-did-not-change = click the left button at { $place }: the screen did not change
said-desktop-click-left-at-not-done = click the left button at { $place }: not done
said-desktop-click-left-at-did-not-work = click the left button at { $place }: did not work
said-desktop-click-left-at-broken-off = click the left button at { $place }: broken off
said-desktop-double-left-at-did-change = double-click the left button at { $place }: the screen changed
said-desktop-double-left-at-did-not-change = double-click the left button at { $place }: the screen did not change
said-desktop-double-left-at-not-done = double-click the left button at { $place }: not done
said-desktop-double-left-at-did-not-work = double-click the left button at { $place }: did not work
said-desktop-double-left-at-broken-off = double-click the left button at { $place }: broken off
said-desktop-drag-left-did-change = drag with the left button from { $start } to { $end }: the screen changed
said-desktop-drag-left-did-not-change = drag with the left button from { $start } to { $end }: the screen did not change
said-desktop-drag-left-not-done = drag with the left button from { $start } to { $end }: not done
said-desktop-drag-left-did-not-work = drag with the left button from { $start } to { $end }: did not work
said-desktop-drag-left-broken-off = drag with the left button from { $start } to { $end }: broken off
said-desktop-click-middle-at-did-change = click the middle button at { $place }: the screen changed
said-desktop-click-middle-at-did-not-change = click the middle button at { $place }: the screen did not change
said-desktop-click-middle-at-not-done = click the middle button at { $place }: not done
said-desktop-click-middle-at-did-not-work = click the middle button at { $place }: did not work
said-desktop-click-middle-at-broken-off = click the middle button at { $place }: broken off
said-desktop-double-middle-at-did-change = double-click the middle button at { $place }: the screen changed
said-desktop-double-middle-at-did-not-change = double-click the middle button at { $place }: the screen did not change
said-desktop-double-middle-at-not-done = double-click the middle button at { $place }: not done
said-desktop-double-middle-at-did-not-work = double-click the middle button at { $place }: did not work
said-desktop-double-middle-at-broken-off = double-click the middle button at { $place }: broken off
said-desktop-drag-middle-did-change = drag with the middle button from { $start } to { $end }: the screen changed
said-desktop-drag-middle-did-not-change = drag with the middle button from { $start } to { $end }: the screen did not change
said-desktop-drag-middle-not-done = drag with the middle button from { $start } to { $end }: not done
said-desktop-drag-middle-did-not-work = drag with the middle button from { $start } to { $end }: did not work
said-desktop-drag-middle-broken-off = drag with the middle button from { $start } to { $end }: broken off
said-desktop-click-right-at-did-change = click the right button at { $place }: the screen changed
said-desktop-click-right-at-did-not-change = click the right button at { $place }: the screen did not change
said-desktop-click-right-at-not-done = click the right button at { $place }: not done
said-desktop-click-right-at-did-not-work = click the right button at { $place }: did not work
said-desktop-click-right-at-broken-off = click the right button at { $place }: broken off
said-desktop-double-right-at-did-change = double-click the right button at { $place }: the screen changed
said-desktop-double-right-at-did-not-change = double-click the right button at { $place }: the screen did not change
said-desktop-double-right-at-not-done = double-click the right button at { $place }: not done
said-desktop-double-right-at-did-not-work = double-click the right button at { $place }: did not work
said-desktop-double-right-at-broken-off = double-click the right button at { $place }: broken off
said-desktop-drag-right-did-change = drag with the right button from { $start } to { $end }: the screen changed
said-desktop-drag-right-did-not-change = drag with the right button from { $start } to { $end }: the screen did not change
said-desktop-drag-right-not-done = drag with the right button from { $start } to { $end }: not done
said-desktop-drag-right-did-not-work = drag with the right button from { $start } to { $end }: did not work
said-desktop-drag-right-broken-off = drag with the right button from { $start } to { $end }: broken off
said-desktop-scroll-at-did-change = scroll { $down } down at { $place }: the screen changed
said-desktop-scroll-at-did-not-change = scroll { $down } down at { $place }: the screen did not change
said-desktop-scroll-at-not-done = scroll { $down } down at { $place }: not done
said-desktop-scroll-at-did-not-work = scroll { $down } down at { $place }: did not work
said-desktop-scroll-at-broken-off = scroll { $down } down at { $place }: broken off
said-desktop-scroll-both-at-did-change = scroll { $right } to the right and { $down } down at { $place }: the screen changed
said-desktop-scroll-both-at-did-not-change = scroll { $right } to the right and { $down } down at { $place }: the screen did not change
said-desktop-scroll-both-at-not-done = scroll { $right } to the right and { $down } down at { $place }: not done
said-desktop-scroll-both-at-did-not-work = scroll { $right } to the right and { $down } down at { $place }: did not work
said-desktop-scroll-both-at-broken-off = scroll { $right } to the right and { $down } down at { $place }: broken off

# The person at the same mouse.
said-desktop-waits = The agent waits until mouse and keyboard are left alone
said-desktop-stop-key-pressed = The stop key { $key } was pressed
said-desktop-noticed-no-more = The display server does not say any more what you do with mouse and keyboard
said-desktop-lets-go = { $what }, so the agent lets go of mouse and keyboard
said-desktop-moved-mouse = You moved the mouse
said-desktop-pressed-button = You pressed a mouse button
said-desktop-pressed-key = You pressed a key

# What an action cannot mean.
said-desktop-no-key = there is no key called { $name }; keys are called such as w, 1, space, enter, shift, f5 or page_up
said-desktop-no-button = there is no button called { $name }; they are left, middle and right
said-desktop-no-number-of-key = { $text } is no number of a key
said-desktop-nothing-down = { $text } is nothing that could be down
said-desktop-same-key-twice = { $keys } names the same key twice
said-desktop-most-keys = { $count } keys at once are the most
said-desktop-not-in-profile = { $key } is no key of the profile { $profile }; there are { $names }
said-desktop-outside-picture = the point { $across }, { $along } is outside the picture: x is from 0 to { $width }, y from 0 to { $height }
said-desktop-time-to-hold-missing = ms is missing: how long is it to be held?
said-desktop-time-missing = ms is missing: how long?
said-desktop-key-missing = key is missing: which one?
said-desktop-text-missing = text is missing: what is to be typed?
said-desktop-text-long = text has more than { $letters } letters; type it in parts
said-desktop-on-no-key = { $letter } is on no key
said-desktop-no-action = there is no action called { $name } here
said-desktop-no-number = { $name } is { $value }, which is no number that can be used
said-desktop-between = { $name } must lie between { $least } and { $most }
said-desktop-between-notches = { $name } must lie between -{ $least } and { $most } notches
said-desktop-together = { $across } and { $along } go together
said-desktop-both-missing = { $across } and { $along } are missing

# Letting go at the end.
said-desktop-over = over
said-desktop-after-looks = after { $count } looks
said-desktop-letting-go-slow = letting go of it took too long
said-desktop-letting-go-takes-long = letting go of it takes long
said-desktop-name = desktop
