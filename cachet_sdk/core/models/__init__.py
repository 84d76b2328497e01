"""The pydantic models of what servers send and of what this package sends. Pure."""
