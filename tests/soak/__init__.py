"""Long runs that detect growth of memory and file descriptors."""
