"""What asks a server before there is a client."""
