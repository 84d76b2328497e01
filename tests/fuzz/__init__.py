"""Arbitrary responses and arguments: no exception other than this package's own may be raised."""
