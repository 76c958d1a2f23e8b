"""Hands in JSON that is nested a hundred thousand times."""

# status: unreadable

# %% notebook
data = b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
