"""What `make bench` runs: the speed and memory of this SDK beside its peers and bare httpx. Not run by pytest."""
