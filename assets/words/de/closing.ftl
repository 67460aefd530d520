# Während das Fenster schließt.

closing-title = Wird geschlossen
closing-still-running = Läuft noch und wurde gebeten zu enden:
closing-connections = Die letzten Verbindungen werden geschlossen
