"""Takes the flag `grade` off its test cells."""

# %% notebook
for cell in notebook["cells"]:
    marks = cell["metadata"].get("nbgrader", {})
    if marks.get("grade") and not marks.get("solution"):
        marks["grade"] = False
