"""Hands in a hundred thousand cells."""

# status: unreadable

# %% notebook
notebook["cells"] += [{"cell_type": "code", "source": "x", "metadata": {}}] * 100_000
