"""Requests that need no client."""
