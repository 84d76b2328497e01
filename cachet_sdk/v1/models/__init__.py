"""Data of the v1 API, one file per resource: its fields and the payloads that create and update it. Pure."""
