"""Code that every version of the API shares; it knows no specific resource."""
