"""Help: keys, the program and its parts, and what to send when something goes wrong."""
