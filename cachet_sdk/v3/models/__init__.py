"""Data of the v3 API, one file per resource: its attributes and the payloads that create and update it. Pure."""
