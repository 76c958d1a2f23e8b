"""Hidden checks of the assignment "Initialization": they settle whether an answer is right for every list of sizes.

The release puts this text into the hidden part of each `..._hidden` cell, so that the instructor's notebook is complete
by itself. What a student reads of it names the property that fails, never the list or the values.
"""

import random

import numpy as np

from public_tests import (
    Problem,
    arrays,
    biases,
    check,
    examine,
    he_weights,
    random_weights,
    render,
    shapes,
    zero_weights,
)

NAMED_LISTS = [
    [3, 2, 1],
    [2, 4, 1],
    [7, 5, 4, 2],
    [64, 32, 16, 8, 4, 2, 1],
    [300, 20, 1],
    [1, 7, 1],
    [2, 10, 2, 1],
    [2] * 13,
    [5, 3],
]


class Marks(float):
    """The points of a cell. nbgrader reads the number; `results` holds the outcome of every check."""

    def __new__(cls, results):
        """Add up the points of the checks."""
        marks = super().__new__(cls, sum(result["points"] for result in results))
        marks.results = results
        return marks

    def __repr__(self):
        """Show the bare number, which is what nbgrader reads."""
        return float.__repr__(self)


def he_factor(_, before):
    """He et al. 2015: the standard deviation sqrt(2 / fan-in) of a layer after one of `before` units."""
    return np.sqrt(2.0 / before)


FACTORS = {
    "initialize_parameters_zeros": lambda n, before: 0.0,
    "initialize_parameters_random": lambda n, before: 10.0,
    "initialize_parameters_he": he_factor,
}


def expected_parameters(exercise, layers_dims):
    """The right answer for any list of sizes, drawn from a generator of its own."""
    generator, expected = np.random.RandomState(3), {}
    for layer in range(1, len(layers_dims)):
        n, before = layers_dims[layer], layers_dims[layer - 1]
        expected[f"W{layer}"] = generator.standard_normal((n, before)) * FACTORS[exercise](n, before)
        expected[f"b{layer}"] = np.zeros((n, 1))
    return expected


def fresh_lists(chance):
    """Lists that nobody has seen before: an ordinary one, one with a wide layer, and a deep one."""
    ordinary = [chance.randint(2, 9) for _ in range(chance.randint(3, 5))]
    wide = [chance.randint(2, 6), chance.randint(128, 160), chance.randint(1, 4)]
    deep = [chance.randint(1, 5) for _ in range(chance.randint(11, 14))]
    return [ordinary, wide, deep]


def property_of(failed, every):
    """What the lists that failed have in common, in words that give none of them away."""
    if len(failed) == len(every):
        return "for every list of layer sizes"
    simplest = min(failed, key=lambda dims: (len(dims), max(dims)))
    for words, holds in PROPERTIES:
        if holds(simplest):
            return words
    return "for some lists of layer sizes"


PROPERTIES = [
    ("for a network with one layer", lambda dims: len(dims) == 2),
    ("for networks with ten or more layers", lambda dims: len(dims) > 10),
    ("for networks deeper than three layers", lambda dims: len(dims) > 4),
    ("for layers of more than 127 units", lambda dims: max(dims) > 127),
    ("where a layer has one unit", lambda dims: 1 in dims[:-1]),
    ("for networks of three layers", lambda dims: len(dims) == 4),
]

TELLING = {"raises", "scale", "other-seed", "not-finite", "keys", "keys-extra", "wrong-return"}


def concealed(title, problems, every):
    """A Problem that names the property and the misconception, and shows neither a list nor a value."""
    found = problems[0][1]
    rows = dict(found.rows)
    why = "" if found.code.split("/")[-1] in TELLING else rows.get("why", "")
    where = property_of([dims for dims, _ in problems], every)
    next_step = "Try your function on a list of your own with this property, and look at every array."
    headline = f"fails {where}"
    return Problem(
        found.code, headline, ("check", title), ("why", why), ("next", rows.get("next") if why else next_step)
    )


def marks(grade_id, target):
    """Look at one exercise on all lists; print what failed, return the points."""
    exercise, chance = grade_id.removesuffix("_hidden"), random.Random(random.getrandbits(64))  # noqa: S311 - for variety, not for secrets
    lists = NAMED_LISTS + fresh_lists(chance)
    chance.shuffle(lists)
    cases = [(dims, expected_parameters(exercise, dims)) for dims in lists]
    seeds = (chance.randrange(2**31), chance.randrange(2**31))
    results = examine(target, exercise, cases, CHECKS[grade_id], seeds)
    for result in results:
        if result["problems"]:
            found = concealed(result["title"], result["problems"], lists)
            result["code"], result["message"] = found.code, render(exercise, found)
            print(result["message"])
    return Marks(results)


def for_every_list(one, points):
    """The hidden twin of a public check: the same property, asked of every list."""

    def twin(answer):
        return one(answer)

    twin.__doc__ = one.__doc__.rstrip().rstrip(".") + ", for every list of layer sizes."
    return check(one.name, points)(twin)


CHECKS = {
    f"initialize_parameters_{method}_hidden": (
        for_every_list(shapes, 1.0),
        for_every_list(arrays, 0.5),
        for_every_list(biases, 1.0),
        for_every_list(weights, 3.5),
    )
    for method, weights in (("zeros", zero_weights), ("random", random_weights), ("he", he_weights))
}
