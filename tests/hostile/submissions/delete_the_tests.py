"""Deletes every test cell."""

# answers: right
# earns: 30
# levels: A  # the level makes no difference to it

# %% notebook
notebook["cells"] = [cell for cell in notebook["cells"] if not cell["metadata"].get("nbgrader", {}).get("grade")]
