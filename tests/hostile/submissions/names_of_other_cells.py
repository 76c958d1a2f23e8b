"""Gives its answers the names of test cells, and its test cells the names of answers."""

# levels: A  # the level makes no difference to it

# %% notebook
for cell in notebook["cells"]:
    marks = cell["metadata"].get("nbgrader", {})
    name = marks.get("grade_id", "")
    if name.startswith("initialize_"):
        marks["grade_id"] = name.removesuffix("_hidden") if name.endswith("_hidden") else f"{name}_hidden"
