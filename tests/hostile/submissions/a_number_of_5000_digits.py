"""Hands in a format number of five thousand digits."""

# status: unreadable
# levels: A  # the level makes no difference to it

# %% notebook
import json
data = json.dumps(notebook).replace('"nbformat": 4', '"nbformat": ' + "9" * 5_000).encode()
