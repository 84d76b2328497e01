"""What the v3 API sends and takes, one file a resource: its attributes, its create body, its update body. Pure."""
