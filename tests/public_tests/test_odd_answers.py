"""Whatever a function returns, the tests look at it and say something; they never fall over it."""

import itertools
import random

import numpy as np
import pytest

ODD = {
    "empty": lambda n, m: np.zeros((0, 0)),
    "no axis": lambda n, m: np.array(3.0),
    "five axes": lambda n, m: np.zeros((1, n, 1, m, 1)),
    "dates": lambda n, m: np.full((n, m), "2020-01-01", dtype="datetime64[D]"),
    "texts": lambda n, m: np.full((n, m), "0"),
    "bytes": lambda n, m: np.full((n, m), b"0"),
    "records": lambda n, m: np.zeros((n, m), dtype=[("x", float)]),
    "objects": lambda n, m: np.full((n, m), None, dtype=object),
    "large ints": lambda n, m: np.full((n, m), 10**400, dtype=object),
    "nan": lambda n, m: np.full((n, m), np.nan),
    "inf": lambda n, m: np.full((n, m), -np.inf),
    "huge": lambda n, m: np.full((n, m), 1e308),
    "tiny": lambda n, m: np.full((n, m), 5e-324),
    "complex": lambda n, m: np.full((n, m), 1j),
    "truth": lambda n, m: np.ones((n, m), dtype=bool),
    "half": lambda n, m: np.random.randn(n, m).astype(np.float16),
    "other bytes": lambda n, m: np.random.randn(n, m).astype(">f8") * 7,
    "ragged": lambda n, m: [[1], [1, 2]],
    "deep": lambda n, m: [[[[[1]]]]],
    "dict": lambda n, m: {"a": 1},
    "set": lambda n, m: {1},
    "function": lambda n, m: np.zeros,
    "type": lambda n, m: float,
    "none": lambda n, m: None,
    "nothing": lambda n, m: [],
    "number": lambda n, m: 10**400,
    "alike": lambda n, m: np.random.randn(n, m) ** 99,
    "wild": lambda n, m: np.exp(99 * np.random.standard_cauchy((n, m))),
    "one nan": lambda n, m: np.where(np.arange(n * m).reshape(n, m) == 1, np.nan, np.random.randn(n, m)),
}
EXERCISES = [f"initialize_parameters_{name}" for name in ("zeros", "random", "he")]


def parameters(layers_dims, weights, biases):
    """Build a dictionary from a way to make W and a way to make b."""
    found = {}
    for layer, (m, n) in enumerate(zip(layers_dims, layers_dims[1:], strict=False), 1):
        found[f"W{layer}"], found[f"b{layer}"] = weights(n, m), biases(n, 1)
    return found


def look(public, hidden, target, exercise):
    """Run both tests; a message for each check that failed, and the points."""
    with np.errstate(all="ignore"):
        results = public.examine(target, exercise, public.REFERENCES[exercise], public.CHECKS[f"{exercise}_public"])
        marks = hidden.marks(f"{exercise}_hidden", target)
    for result in results + marks.results:
        assert result["passed"] or (result["code"] and len(result["message"].splitlines()) <= 8)
    return sum(result["points"] for result in results) + marks


@pytest.mark.filterwarnings("ignore")  # what numpy says of such arrays is not the point
@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize("odd", ODD)
def test_odd_arrays(public, hidden, exercise, odd):
    """As weights and as biases; none of them earns everything."""
    for weights, biases in ((ODD[odd], lambda n, m: np.zeros((n, m))), (np.random.randn, ODD[odd])):
        assert look(public, hidden, lambda dims: parameters(dims, weights, biases), exercise) < 10  # noqa: B023 - at once


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("exercise", EXERCISES)
def test_functions_that_change_their_mind(public, hidden, exercise):
    """Every other, every third ... call returns something else, or raises."""
    chance = random.Random(5)

    def right(dims):
        return {key: value.copy() for key, value in hidden.expected_parameters(exercise, dims).items()}

    whims = [
        lambda dims: None,
        lambda dims: {},
        lambda dims: 1 / 0,
        lambda dims: parameters(dims, np.random.randn, np.random.randn),
        lambda dims: {key: value + 1 for key, value in right(dims).items()},
        lambda dims: dict(list(right(dims).items())[:-1]),
        lambda dims: {key: value.T for key, value in right(dims).items()},
        lambda dims: {1: 2, None: 3, ("W", 1): 4},
        right,
    ]
    for whim, period in itertools.product(whims, (2, 3, 5, 9)):
        count = itertools.count(chance.randrange(period))
        points = look(public, hidden, lambda dims: whim(dims) if next(count) % period == 0 else right(dims), exercise)  # noqa: B023
        assert points == 10 if whim is right else points < 10
