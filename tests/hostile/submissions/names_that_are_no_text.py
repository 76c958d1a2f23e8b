"""Gives its cells names that are lists, numbers, objects and endless."""

# answers: two
# earns: 20
# levels: A  # the level makes no difference to it

# %% notebook
deep = "x"
for _ in range(300):
    deep = [deep]
odd = [[], {}, 5, None, True, 1.5, "x" * 100_000, deep, ["initialize_parameters_he_hidden"]]
for cell in notebook["cells"]:
    marks = cell["metadata"].get("nbgrader", {})
    cell["metadata"]["nbgrader"] = {**marks, "grade_id": odd[len(str(marks)) % len(odd)]}
