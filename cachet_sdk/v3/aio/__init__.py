"""The managers of Cachet 3 for asyncio; their blocking twins are one folder up."""
