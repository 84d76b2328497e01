"""What can go wrong between a client and a server, on real sockets, and the outcome that is required."""
