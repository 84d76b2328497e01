"""What can go wrong on the way to a server, on real sockets, and what has to come of it."""
