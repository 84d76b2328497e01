"""The asynchronous sources, written by hand. The sync version of each file is generated one folder up."""
