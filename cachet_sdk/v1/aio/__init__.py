"""The asynchronous halves, written by hand; each has a generated blocking twin one folder up."""
