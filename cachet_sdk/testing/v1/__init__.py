"""A model of the v1 API of Cachet 2.4 (and, in outline, of 2.3), held in memory; it shares nothing with the SDK."""
