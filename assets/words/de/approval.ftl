# Eine Aktion, die auf einen Menschen wartet, und eine Sitzung, die stillsteht.

approval-question = Darf das getan werden?
# Was sofort gesagt wird, wenn der Bildschirm vorgelesen wird.
approval-announced = Darf das getan werden: { $action }. { $risk }
approval-server = Ein Werkzeug von { $server }
approval-waits = Ohne Antwort gilt es nach { $stretch } als abgelehnt

approval-approve = Erlauben
approval-for-session = Für diese Sitzung erlauben
approval-for-session-meaning = Nach Aktionen dieses Namens wird in dieser Sitzung nicht mehr gefragt
approval-for-ever = Immer erlauben
approval-for-ever-meaning = Nach { $action } von { $server } wird nie mehr gefragt, in keiner Sitzung
approval-reject = Ablehnen
approval-why-not = Warum nicht? Die Modelle erfahren es
approval-may-stay-empty = darf leer bleiben

# Das Banner einer Sitzung, die stillsteht, und die Wege weiter.
approval-paused = Die Sitzung ist pausiert
approval-pause-go-on = Weiter
approval-pause-go-on-meaning = Geht weiter wie zuvor
approval-pause-step = Schritt
approval-pause-step-meaning = Lässt eine Entscheidung durch und pausiert dann wieder
approval-pause-change = Plan ändern…
approval-pause-change-meaning = Geht mit einem Wort an die Modelle weiter

approval-pause-tell = Was die Modelle anders machen sollen
approval-pause-go-on-with = Damit weiter
approval-pause-keep = Plan behalten
