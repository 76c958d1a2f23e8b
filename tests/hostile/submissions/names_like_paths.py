"""Names its cells like paths and formulas."""

# answers: right
# earns: 30
# levels: A  # the level makes no difference to it

# %% notebook
for cell in notebook["cells"]:
    marks = cell["metadata"].get("nbgrader", {})
    if not marks:
        cell["metadata"]["nbgrader"] = {"grade_id": "../../../../tmp/@MARK@", "grade": True, "solution": False, "points": 5, "locked": True}
        cell["id"] = "=cmd|'/c calc'!A0"
