# While the window closes.

closing-title = Closing
closing-still-running = Still running, and asked to end:
closing-connections = The last connections are being closed
