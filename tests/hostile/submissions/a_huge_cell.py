"""Hands in a cell of two million letters."""

# answers: right
# earns: 30
# levels: A  # the level makes no difference to it

# %% notebook
notebook["cells"].insert(3, {"cell_type": "code", "source": "x = [" + "1," * 1_000_000 + "]", "metadata": {}, "outputs": []})
