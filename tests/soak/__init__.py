"""Long runs that look for what grows: memory, sockets, file descriptors."""
