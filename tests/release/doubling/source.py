# %% [markdown]
# # Doubling
# Twice the fun.

# %% nbgrader={"grade_id": "imports"}
# %matplotlib inline
from public_tests import *


# %% nbgrader={"grade_id": "double", "solution": true}
# GRADED FUNCTION: double
def double(numbers):
    """Return a new list with every number doubled."""
    doubled = []
    for number in numbers:
        # YOUR CODE STARTS HERE (about one line)
        ### BEGIN SOLUTION
        doubled.append(number + number)
        ### END SOLUTION
        # YOUR CODE ENDS HERE
    return doubled


# %% nbgrader={"grade": true, "grade_id": "double_public", "points": 4}
# Your function doubles small numbers.
double_test(double)

# %% nbgrader={"grade": true, "grade_id": "double_hidden", "points": 6}
# More tests run after you hand in.
### BEGIN HIDDEN TESTS
# INCLUDE hidden_checks.py
for check in CHECKS["double_hidden"]:
    assert check(double), check.__doc__
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "show"} tags=["demonstration"]
print(double([1, 2, 3]))

# %% [markdown]
# ## The end

# %% [markdown]
# ## The end

# %% [markdown] nbgrader={"grade": true, "grade_id": "essay", "points": 3, "solution": true}
# Because it is twice as much.

# %%
# scratch
