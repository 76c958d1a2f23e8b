"""Hands in a notebook without cells."""

# levels: A  # the level makes no difference to it

# %% notebook
notebook["cells"] = []
