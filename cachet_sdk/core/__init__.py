"""Code that all API versions share. It knows no specific resource."""
