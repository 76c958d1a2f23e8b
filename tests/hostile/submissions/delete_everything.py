"""Hands in a notebook without cells."""

# status: unreadable
# levels: A  # the level makes no difference to it

# %% notebook
notebook["cells"] = []
