"""Tags its test cells so that they are skipped or their errors are accepted."""

# answers: two
# earns: 20
# levels: A  # the level makes no difference to it

# %% notebook
for cell in notebook["cells"]:
    marks = cell["metadata"].get("nbgrader", {})
    if marks.get("grade") and not marks.get("solution"):
        cell["metadata"]["tags"] = ["skip-execution", "raises-exception", "nbgrader-ignore", "demonstration"]
