"""Paging: which page of a list to read next, and which of its rows are new."""
