"""Sends requests and reads responses. Knows nothing about pages and models."""
