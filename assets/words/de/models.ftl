# Welches Modell welche Rolle spielt und welche Modelle es gibt: in der Einrichtung und bei den Modellen.

# Die Rollen.
models-parts = Rollen
models-model-of = Modell für { $role }
models-any = irgendein geladenes Modell
models-any-taken = { $model } (beliebig)
models-demo = das Skript der Demo
models-off = aus
models-of-its-list = eines aus seiner Liste
models-cloud-plays = Gemini und Claude spielen alle Rollen, sobald ihre Schlüssel da sind
models-speed = { $model }: erstes Token nach { $ms } ms, { $rate } Token/s
models-first-token = { $model }: erstes Token nach { $ms } ms

# Die Modelle in Kürze.
models-title = Modelle
models-all = Alle Modelle
models-not-yet = Sobald der Server antwortet, stehen hier seine Modelle
models-loaded = geladen
models-load = Laden
models-load-this = { $model } laden

# Der Bildschirm der Modelle.
models-none-yet = Sobald ein Server antwortet, stehen hier seine Modelle. Was bis dahin fehlt, sagt die Einrichtung
models-being-checked = Die Server werden geprüft. Sobald einer antwortet, stehen hier seine Modelle
models-open-setup = Zur Einrichtung
models-loading = { $model } wird geladen
models-loading-for = { $model } wird geladen: { $seconds } s
models-loading-like-last-time = { $seconds } s, beim letzten Mal waren es { $last } s
models-cancel = Laden abbrechen
models-refresh = Aktualisieren
models-just-read = { $url } ({ $endpoint }), Liste gerade gelesen
models-read = { $url } ({ $endpoint }), Liste vor { $minutes } min gelesen
models-reading = { $url } ({ $endpoint }), Liste wird seit { $took } gelesen
models-empty = Er nennt keine Modelle. Zuerst eines in LM Studio herunterladen, dann aktualisieren
models-group-loaded = Geladen ({ $count })
models-group-downloaded = Heruntergeladen und nicht geladen ({ $count })
models-none-loaded = Keines. Die Experten brauchen mindestens eines; unten lässt es sich laden
models-none-downloaded = Keine

# Die Spalten.
models-column-model = Modell
models-column-size = Größe
models-column-context = Kontext, Token
models-column-places = Zugleich
models-column-plays = Rollen

# Ein Modell.
models-mark-loaded = Geladen
models-mark-loading = Lädt, { $seconds } s
models-mark-not-loaded = Nicht geladen
models-for-embeddings = nur für Einbettungen
models-context-of = { $loaded } von { $most }
models-context-up-to = bis { $most }
models-copies = { $count } Kopien
models-said-context = Kontext: { $context }
models-said-plays = Rollen: { $parts }
models-copy = { $id }, { $context } Token Kontext, { $places } zugleich
models-copy-context = { $id }, { $context } Token Kontext
models-copy-places = { $id }, { $places } zugleich

# Was sich damit tun lässt.
models-use-for = Rolle…
models-part-for = Rolle für { $model }
models-load-with = Laden mit…
models-context-for = Kontext von { $model }
models-tokens = { $count } Token
models-unload = Entladen
models-unload-this = { $copy } entladen
