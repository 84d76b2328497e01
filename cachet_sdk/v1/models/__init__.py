"""What the v1 API sends and takes, one file a resource: its fields, its create body, its update body. Pure."""
