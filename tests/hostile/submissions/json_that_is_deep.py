"""Hands in JSON that is nested a hundred thousand times."""

# status: unreadable
# levels: A  # the level makes no difference to it

# %% notebook
data = b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
