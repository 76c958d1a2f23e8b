"""Gives its cells points that are no numbers."""

# answers: right
# earns: 30
# levels: A  # the level makes no difference to it

# %% notebook
for cell in notebook["cells"]:
    marks = cell["metadata"].get("nbgrader", {})
    marks.update(points={"a": [float("nan"), 1e999, -5, None]}, grade="yes", solution=[], locked=None)
