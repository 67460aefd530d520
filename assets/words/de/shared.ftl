# Was mehr als ein Bildschirm sagt.

shared-steps = { $count ->
    [one] 1 Schritt
   *[other] { $count } Schritte
}

# Was ein Experte vorschlug, der keine Handlung vorschlug.
shared-looked = hat hingesehen und gesagt, was zu sehen ist
shared-nothing-usable = nichts Brauchbares

# Was über ein Modell bekannt ist; die Teile stehen in einer Zeile.
shared-for-embeddings = für Einbettungen
shared-context = Kontext { $loaded }
shared-context-of = Kontext { $loaded } von { $most }
shared-context-up-to = Kontext bis { $most }
shared-at-once = { $count } gleichzeitig
shared-sees = Bilder
shared-calls-tools = Werkzeuge
shared-thinks = Nachdenken
