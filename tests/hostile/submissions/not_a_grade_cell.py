"""Takes the flag `grade` off its test cells."""

# levels: A  # the level makes no difference to it

# %% notebook
for cell in notebook["cells"]:
    marks = cell["metadata"].get("nbgrader", {})
    if marks.get("grade") and not marks.get("solution"):
        marks["grade"] = False
