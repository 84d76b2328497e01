"""What every version of the API shares; knows no resource."""
