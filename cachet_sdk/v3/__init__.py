"""The API of Cachet 3."""
