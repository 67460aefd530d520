# minds
