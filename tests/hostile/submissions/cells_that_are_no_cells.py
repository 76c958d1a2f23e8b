"""Holds cells that are numbers, texts, lists and nothing, and sources that are no text."""

# answers: right
# earns: 30
# levels: A  # the level makes no difference to it

# %% notebook
notebook["cells"][2:2] = [5, "x", [], None, {}, {"cell_type": [], "source": {"a": 1}, "metadata": 7}, {"cell_type": "code", "source": [1, ["x"], "pass"], "metadata": {"nbgrader": [], "tags": {"a": 1}}}]
