"""What `make bench` runs: the speed and memory of this SDK, its peers and bare httpx. Not run by pytest."""
