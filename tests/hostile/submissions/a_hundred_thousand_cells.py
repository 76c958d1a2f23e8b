"""Hands in a hundred thousand cells."""

# status: unreadable
# levels: A  # the level makes no difference to it

# %% notebook
notebook["cells"] += [{"cell_type": "code", "source": "x", "metadata": {}}] * 100_000
