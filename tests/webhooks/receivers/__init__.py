"""The receivers in docs/webhooks.md, which includes these files; ``test_receivers.py`` tests them."""
