"""Claims a version of the metadata that does not exist yet."""

# answers: right
# earns: 30
# levels: A  # the level makes no difference to it

# %% notebook
for cell in notebook["cells"]:
    marks = cell["metadata"].get("nbgrader", {})
    marks["schema_version"] = 99
