"""An in-memory model of the API of Cachet 2.4 and 2.3; it shares no code with the SDK's own models."""
