"""The way to a server: one thread, kept-alive sockets, logins, certificates, and who may talk to whom."""
