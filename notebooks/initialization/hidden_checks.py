"""Hidden checks of the assignment "Initialization": they settle whether an answer is right for every list of sizes.

The release puts this text into the hidden part of each `..._hidden` cell, so that the instructor's notebook is complete
by itself. What a student reads of it names the property that fails, never the list or the values.
"""

import random

import numpy as np

from public_tests import (
    arrays,
    biases,
    check,
    cut,
    examine,
    he_weights,
    layout,
    random_weights,
    shapes,
    sizes,
    stream,
    total,
    zero_weights,
)

NAMED_LISTS = [
    [3, 2, 1],
    [2, 4, 1],
    [2, 10, 5, 1],
    [7, 5, 4, 2],
    [64, 32, 16, 8, 4, 2, 1],
    [300, 20, 1],
    [1, 7, 1],
    [2, 10, 2, 1],
    [2] * 13,
]


def fresh_lists(chance):
    """Lists that nobody has seen before: one layer, an ordinary network, a wide, a deep and a square one."""
    one_layer = [chance.randint(3, 9), chance.randint(2, 9)]
    ordinary = chance.sample(range(2, 12), chance.randint(4, 6))
    wide = [chance.randint(2, 6), chance.randint(257, 300), chance.randint(2, 4)]
    deep = [chance.randint(1, 5) for _ in range(chance.randint(11, 14))]
    alike = [chance.randint(3, 6)] * chance.randint(3, 5)
    return [one_layer, ordinary, wide, deep, alike]


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


FACTORS = {
    "initialize_parameters_zeros": lambda before: 0.0,
    "initialize_parameters_random": lambda before: 10.0,
    "initialize_parameters_he": lambda before: np.sqrt(2.0 / before),
}


def expected_parameters(exercise, layers_dims):
    """The right answer for any list of sizes, cut from one stream of draws."""
    factor, expected = FACTORS[exercise], {}
    drawn = cut(stream(3, total(layers_dims)), sizes(layers_dims))
    for layer, draws in enumerate(drawn, 1):
        expected[f"W{layer}"] = draws * factor(draws.shape[1])
        expected[f"b{layer}"] = np.zeros((draws.shape[0], 1))
    return expected


def rounds(count, chance):
    """Every list in each of two rounds, in another order and each call under another seed."""
    return [[(number, chance.getrandbits(32)) for number in chance.sample(range(count), count)] for _ in range(2)]


def marks(grade_id, target):
    """Look at one exercise on all lists; print what failed, return the points."""
    exercise, chance = grade_id[: -len("_hidden")], random.Random(random.getrandbits(64))  # noqa: S311 - for variety
    lists = NAMED_LISTS + fresh_lists(chance)
    cases = [(dims, expected_parameters(exercise, dims)) for dims in lists]
    results = examine(target, exercise, cases, CHECKS[grade_id], rounds(len(lists), chance))
    for result in results:
        if result["problems"]:
            result["message"] = concealed(result["name"], result["problems"], lists)
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


# --- What a student reads: the property and the misconception, neither a list nor a value ----------------------------


def concealed(name, problems, lists):
    """The message of a check that failed, made only of sentences that give nothing away."""
    found = problems[0][1]
    where = property_of([dims for dims, _ in problems], lists)
    rows = [("check", name), ("what", found.general), ("why", found.why)]
    return layout(f"✗ {found.exercise}: fails {where}", [*rows, ("next", found.next), ("code", found.code)])


def property_of(failed, lists):
    """What the lists that failed, and only those, have in common."""
    if len(failed) == len(lists):
        return "for every list of layer sizes"
    for words, holds in PROPERTIES:
        if [dims for dims in lists if holds(dims)] == [dims for dims in lists if dims in failed]:
            return words
    return f"for {'most' if 2 * len(failed) > len(lists) else 'some'} lists of layer sizes"


# Each by itself can be read off a list of one's own; the first that fits exactly is told.
PROPERTIES = [
    ("for networks with one layer", lambda dims: len(dims) == 2),
    ("for networks with two layers", lambda dims: len(dims) == 3),
    ("for networks with three layers", lambda dims: len(dims) == 4),
    ("for networks with more than one layer", lambda dims: len(dims) > 2),
    ("for networks with more than two layers", lambda dims: len(dims) > 3),
    ("for networks deeper than three layers", lambda dims: len(dims) > 4),
    ("for networks with ten or more layers", lambda dims: len(dims) > 10),
    ("for networks with fewer than three layers", lambda dims: len(dims) < 4),
    ("for networks with three layers or fewer", lambda dims: len(dims) <= 4),
    ("for layers of more than 127 units", lambda dims: max(dims) > 127),
    ("for layers of more than 255 units", lambda dims: max(dims) > 255),
    ("for layers of more than 50 units", lambda dims: max(dims) > 50),
    ("where a layer has one unit", lambda dims: 1 in dims[1:]),
    ("where a layer or the input has one unit", lambda dims: 1 in dims),
    ("where the last layer has one unit", lambda dims: dims[-1] == 1),
    ("where the last layer has more than one unit", lambda dims: dims[-1] > 1),
    ("where a hidden layer has one unit", lambda dims: 1 in dims[1:-1]),
    ("where a layer other than the last, or the input, has one unit", lambda dims: 1 in dims[:-1]),
    ("where the input has one unit", lambda dims: dims[0] == 1),
    ("where the input has more than two units", lambda dims: dims[0] > 2),
    ("where a size is repeated", lambda dims: len(set(dims)) < len(dims)),
    ("where neighbouring layers have the same size", lambda dims: any(a == b for a, b in zip(dims, dims[1:]))),
    ("where all layers have the same size", lambda dims: len(set(dims)) == 1),
    ("where the layers differ in size", lambda dims: len(set(dims)) > 1),
    ("where a hidden layer is not as wide as the input", lambda dims: any(n != dims[0] for n in dims[1:-1])),
    ("where a hidden layer is not as wide as the last", lambda dims: any(n != dims[-1] for n in dims[:-1])),
    ("where a layer is wider than the one before it", lambda dims: any(a < b for a, b in zip(dims, dims[1:]))),
    ("where a layer is narrower than the one before it", lambda dims: any(a > b for a, b in zip(dims, dims[1:]))),
    ("where no layer is wider than the one before it", lambda dims: all(a >= b for a, b in zip(dims, dims[1:]))),
    ("where a layer has another number of inputs than two", lambda dims: any(n != 2 for n in dims[:-1])),
    ("where a layer has more than one input", lambda dims: max(dims[:-1]) > 1),
    ("where a layer has more than two inputs", lambda dims: max(dims[:-1]) > 2),
    ("where a layer has an odd number of inputs", lambda dims: any(n % 2 for n in dims[:-1])),
    ("where a layer has an even number of inputs", lambda dims: any(n % 2 == 0 for n in dims[:-1])),
]
