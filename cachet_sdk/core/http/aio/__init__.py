"""Written by hand; "make sync" generates the blocking files one folder up."""
