"""The API of Cachet 2.3 and 2.4."""
