"""Deletes every test cell."""

# answers: right
# earns: 30

# %% notebook
notebook["cells"] = [cell for cell in notebook["cells"] if not cell["metadata"].get("nbgrader", {}).get("grade")]
