"""The receivers that docs/webhooks.md shows, as they are; the tests beside them run them."""
