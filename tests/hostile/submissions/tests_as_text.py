"""Turns its test cells into text, raw cells and cells of no known type."""

# answers: two
# earns: 20
# levels: A  # the level makes no difference to it

# %% notebook
for cell in notebook["cells"]:
    marks = cell["metadata"].get("nbgrader", {})
    if marks.get("grade") and not marks.get("solution"):
        cell["cell_type"] = {"t": "markdown", "n": "raw", "c": "slides"}.get(marks["grade_id"][-1], None)
