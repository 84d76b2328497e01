"""What servers send and what this package sends, as pydantic models. Pure."""
