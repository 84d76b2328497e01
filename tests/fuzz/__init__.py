"""Anything at all where a server's answer or a caller's argument belongs: nothing comes out but our errors."""
