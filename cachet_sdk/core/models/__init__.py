"""The base classes of resource data and payloads, and their field types. Pure."""
