"""The async sources, written by hand. "make sync" generates the sync files in the parent folder."""
