"""Public tests of the assignment "Initialization".

In the notebook, each exercise is followed by one line such as

    initialize_parameters_he_test(initialize_parameters_he)

It calls your function with a few lists of layer sizes, compares what comes back with arrays that were stored
beforehand, and prints `All tests passed.` or says what to look at first. From a terminal, `python public_tests.py`
does the same for every exercise of the notebook that lies beside this file.

Needs the standard library and numpy only. An exercise's points lie in named checks; the sentence under the name of a
check is what it asks of your answer.
"""

import contextlib
import io
import json
import os
import sys
import warnings
from pathlib import Path

import numpy as np

__all__ = ["initialize_parameters_he_test", "initialize_parameters_random_test", "initialize_parameters_zeros_test"]

RTOL, ATOL = 1e-6, 1e-8  # values rounded as numpy prints them still count as equal


# --- What comes back from a function, and what is wrong with it ------------------------------------------------------


class Problem:
    """What is wrong with an answer, as plain data; `render` turns it into the text that a student reads.

    Attributes
    ----------
    code : str
        A stable short name, for instance "he/no-sqrt".
    headline : str
        One line that says what is wrong.
    rows : list of (str, str)
        Label and text of the lines below it.
    """

    def __init__(self, code, headline, *rows):
        self.code, self.headline, self.rows = code, headline, [(label, text) for label, text in rows if text]


class Answer:
    """What one function returned for one list of layer sizes, in two calls.

    Attributes
    ----------
    exercise : str
        The function's name.
    layers_dims : list of int
        The sizes [n_0, n_1, ..., n_L].
    expected : dict
        The right W1, b1, ..., WL, bL.
    returned : list
        What each call returned, as it was then.
    live : list
        The same objects; something later may have changed them.
    error : Exception or None
        What a call raised instead.
    kept : bool
        Whether the list that was passed in is the same afterwards.
    outer_seed : int
        What the generator was seeded with before the second call; a right answer does not depend on it.
    siblings : list of Answer
        The answers for all lists of the same test, this one included.
    """

    def __init__(self, target, exercise, layers_dims, expected):
        self.target, self.exercise, self.layers_dims, self.expected = target, exercise, list(layers_dims), expected
        self.returned, self.live, self.error, self.kept, self.outer_seed, self.siblings = [], [], None, True, 0, [self]

    def ask(self, seed=None):
        """Call the function once more with a fresh list, after seeding the generator if a seed is given."""
        if seed is not None:
            np.random.seed(seed)
            self.outer_seed = seed
        argument = list(self.layers_dims)
        try:
            returned = self.target(argument)
        except Exception as error:  # whatever the student's function raises is the finding
            self.error = self.error or error
            return
        self.kept = self.kept and argument == self.layers_dims
        self.live.append(returned)
        self.returned.append(dict(returned) if isinstance(returned, dict) else returned)

    @property
    def call(self):
        """The call as one would type it."""
        return f"{self.exercise}({self.layers_dims})"

    def layers(self):
        """Layer numbers 1 ... L."""
        return range(1, len(self.layers_dims))

    def entries(self, letter):
        """(name, got, expected) of every "W" or every "b", for both calls; got is None where it is missing."""
        for returned in self.returned:
            for layer in self.layers():
                name = f"{letter}{layer}"
                yield name, returned.get(name), self.expected[name]

    def draws(self, generator):
        """[Z1, ..., ZL], drawn from a generator in the shapes of W1, ..., WL."""
        return [generator.randn(*shape) for shape in sizes(self.layers_dims)]

    def third_call_is_right(self):
        """Whether a call that follows another, with nothing seeded between, gives the draws of the expected weights."""
        with contextlib.suppress(Exception):
            self.target(list(self.layers_dims))
            return proportional(
                weights(self, self.target(list(self.layers_dims))), self.draws(np.random.RandomState(3))
            )
        return False


def check(name, points):
    """Mark a function as a check worth `points`; its docstring is the sentence that a student reads."""

    def mark(function):
        function.name, function.points = name, points
        return function

    return mark


# --- The checks ------------------------------------------------------------------------------------------------------


@check("shapes", points=0.5)
def shapes(answer):
    """The result is a dictionary with the keys W1, b1 to WL, bL and no others.

    Wl has the shape (n_l, n_(l-1)), bl has (n_l, 1).
    """
    problem = not_a_dictionary(answer) or wrong_keys(answer)
    if problem:
        return problem
    for letter in "Wb":
        for name, got, expected in answer.entries(letter):
            if shape_of(got) != expected.shape:
                return wrong_shape(answer, name, got, expected)
    return None


@check("arrays", points=0.5)
def arrays(answer):
    """Every W and b is a plain numpy array of float64."""
    problem = not_a_dictionary(answer)
    if problem:
        return problem
    for letter in "Wb":
        for name, got, _ in answer.entries(letter):
            if got is None:
                return missing(answer, name)
            if type(got) is not np.ndarray or got.dtype != np.float64:
                return wrong_type(answer, name, got)
    return None


@check("biases", points=0.5)
def biases(answer):
    """Every bias is exactly zero."""
    problem = not_a_dictionary(answer)
    if problem:
        return problem
    for name, got, _ in answer.entries("b"):
        if got is None:
            return missing(answer, name)
        values = numbers(got)
        if values is None or values.size == 0 or not np.all(values == 0):
            return nonzero_bias(answer, name, values)
    return None


@check("weights", points=2.5)
def zero_weights(answer):
    """Every weight is exactly zero."""
    return wrong_weights(answer, exact=True)


@check("weights", points=2.5)
def random_weights(answer):
    """The weights are the draws after seed 3, multiplied by 10."""
    return wrong_weights(answer)


@check("weights", points=2.5)
def he_weights(answer):
    """The weights are the draws after seed 3, scaled by sqrt(2 / size of the previous layer)."""
    return wrong_weights(answer)


# --- The first rungs: a dictionary, its keys, the shapes and types of its arrays -------------------------------------


def not_a_dictionary(answer):
    """Problem where the function raised, or returned something that is not a dictionary."""
    if answer.error is not None:
        return raised(answer)
    for returned in answer.returned:
        if returned is None:
            why = "The function returned None: a value that is printed, or only assigned, is not returned."
            return problem(answer, "no-return", "nothing came back", why, "Look at the last line: return parameters.")
        if not isinstance(returned, dict):
            why = f"It returned {article(returned)}; the tests look for a dictionary."
            return problem(answer, "wrong-return", "not a dictionary", why, "Return parameters, and only that.")
    return None


def raised(answer):
    """Problem for an exception in the student's code: its type, its text and the line of the cell."""
    error = answer.error
    line = getattr(error, "student_line", None) or line_in_cell(error)
    where = f" (line {line} of the cell)" if line else ""
    text = " ".join(str(error).split())[:160]
    next_step = "Read the message: it names what Python could not do." if text else "Run the call alone in a new cell."
    if isinstance(error, NotImplementedError):
        next_step = "Write your two lines between the markers, run the cell, then run this one again."
    headline = f"your function stopped with {type(error).__name__}{where}"
    return problem(answer, "raises", headline, text, next_step)


def line_in_cell(error):
    """Line of the innermost frame that belongs to a notebook cell, or None."""
    trace, line = error.__traceback__, None
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if "ipykernel" in name or name.startswith(("<cell", "<ipython-input", "<string")):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def wrong_keys(answer):
    """Problem where the keys are not exactly W1, b1, ..., WL, bL."""
    for returned in answer.returned:
        got, want = list(returned), list(answer.expected)
        if set(got) == set(want) and all(isinstance(key, str) for key in got):
            continue
        code, why, next_step = name_keys(answer, got, want)
        names = ", ".join(str(key) for key in got[:8]) or "none"
        row = ("keys", f"yours {clip(names)}; expected {', '.join(want)}")
        return problem(answer, code, "the keys of the dictionary are wrong", why, next_step, row)
    return None


def name_keys(answer, got, want):
    """(code, why, next) for a wrong set of keys."""
    last, have = len(answer.layers_dims) - 1, {str(key) for key in got}
    lacking, extra = [key for key in want if key not in have], [key for key in have if key not in want]
    if not got:
        return "empty", "The dictionary is empty.", "Assign parameters['W1'] and the others inside the loop."
    if same_for_another_list(answer):
        return "hard-coded", *HARD_CODED
    if {key.lower() for key in have} == {key.lower() for key in want}:
        return "keys-case", "W is a capital letter and b a small one.", "Spell the keys as in the docstring."
    if {"W0", "b0"} & have:
        return "keys-from-0", "Layer 0 is the input and has no weights.", "Number the layers from 1."
    if not extra and set(lacking) == {f"W{last}", f"b{last}"} and last > 1 and len(have) > 2:
        return "last-missing", "The last layer is missing.", "Check where the loop ends, and what L counts."
    if not extra and have == {"W1", "b1"}:
        return "only-first", "Only layer 1 came back.", "A return inside the loop ends it after one round."
    if extra and not lacking and stale(answer):
        return "shared", "Keys of an earlier call are still there.", "Make the dictionary anew inside the function."
    if extra and not lacking:
        return "keys-extra", f"{clip(', '.join(sorted(extra)))} should not be there.", "Return W and b only."
    return "keys", f"{', '.join(lacking)} not found.", "Each layer needs one W and one b, numbered from 1 to L."


HARD_CODED = (
    "The answer is the same for different lists.",
    "Use layers_dims for every size: the function must work for any list.",
)


def wrong_shape(answer, name, got, expected):
    """Problem for an array of the wrong shape."""
    if got is None:
        return missing(answer, name)
    shape, layer, want = shape_of(got), int(name[1:]), expected.shape
    code = "shape"
    why = "W has one row per unit of its layer and one column per unit of the layer before it."
    if name[0] == "b":
        code, why = name_bias_shape(shape, want)
    elif shape == want[::-1]:
        code, why = "transposed", "The shape is reversed: rows are this layer's units, columns the previous layer's."
    if same_for_another_list(answer):
        code, why = "hard-coded", HARD_CODED[0]
    row = (name, f"yours has shape {shape}, expected {want}")
    next_step = f"Which entries of layers_dims give the two sizes of layer {layer}?"
    return problem(answer, code, f"the shape of {name} is wrong", why, next_step, row)


def name_bias_shape(shape, want):
    """(code, why) for a wrong shape of b."""
    size = want[0]
    if shape == (size,):
        return "bias-flat", "This is a flat array; b is a column, so that it adds to every column of W a."
    if shape == (1, size) and size > 1:
        return "bias-row", "This is a row; b is a column: one row per unit."
    if shape in ((), (1,), (1, 1)):
        return "bias-scalar", "This is one number; b has one entry per unit of its layer."
    return "bias-length", "b has one entry for each unit of its own layer."


def missing(answer, name):
    """Problem for a key that is not there."""
    return wrong_keys(answer) or problem(answer, "keys", f"{name} is missing", f"{name} not found.", "")


def wrong_type(answer, name, got):
    """Problem for an array that is not a plain numpy.ndarray of float64."""
    next_step = "Let numpy make it: np.zeros and np.random.randn give float64."
    if type(got) is np.ndarray:
        row = (name, f"yours is {got.dtype}, expected float64")
        return problem(answer, "dtype", f"{name} holds {got.dtype} numbers", "", next_step, row)
    row = (name, f"yours is {article(got)}, expected a numpy.ndarray")
    return problem(answer, "container", f"{name} is not a plain array", "", next_step, row)


def nonzero_bias(answer, name, values):
    """Problem for a bias that is not zero."""
    code, why = "bias", "Biases start at exactly zero; only the weights are drawn."
    if values is not None and values.size > 1 and len(np.unique(values)) > 1:
        code = "bias-random"
    first = "nothing" if values is None or values.size == 0 else short(values.ravel()[np.argmax(values.ravel() != 0)])
    row = (name, f"yours holds {first}, expected 0")
    return problem(answer, code, f"{name} is not zero", why, "np.zeros takes the shape as one tuple.", row)


# --- The last rung: which numbers are these? -------------------------------------------------------------------------


def wrong_weights(answer, exact=False):
    """Problem where a W differs from the expected one, beyond rounding (or at all)."""
    broken = not_a_dictionary(answer)
    if broken:
        return broken
    if any(one is two for one in all_live(others(answer)) for two in answer.live) or answer.live[0] is answer.live[1]:
        why = "Two calls returned the same dictionary, so that the second one overwrites the first."
        return problem(
            answer, "shared", "one dictionary for all calls", why, "Make the dictionary inside the function."
        )
    if not answer.kept:
        why = "The list that was passed in is different after the call."
        return problem(answer, "changes-input", "the argument is changed", why, "Read layers_dims; do not change it.")
    for name, got, expected in answer.entries("W"):
        values = numbers(got)
        if got is None:
            return missing(answer, name)
        if values is None or values.shape != expected.shape:
            return wrong_shape(answer, name, got, expected)
        if not np.all(values == expected if exact else np.isclose(values, expected, rtol=RTOL, atol=ATOL)):
            return wrong_numbers(answer, name, values, expected)
    return None


def wrong_numbers(answer, name, values, expected):
    """Problem for weights of the right shape with the wrong numbers: the misconception behind them, where one fits."""
    place = tuple(
        int(i) for i in np.argwhere(~np.isclose(values, expected, rtol=RTOL, atol=ATOL) | (values != expected))[0]
    )
    entry = f"{name}[{', '.join(map(str, place))}]"
    row = (entry, f"yours {short(values[place])}, expected {short(expected[place])}")
    if not np.all(np.isfinite(values)):
        why = f"{name} holds {short(values[~np.isfinite(values)][0])}."
        return problem(
            answer, "not-finite", "a weight is not a finite number", why, "Look for a division by zero.", row
        )
    code, headline, why, next_step = diagnose(answer)
    return problem(answer, code, headline, why, next_step, row)


def diagnose(answer):
    """(code, headline, why, next) for wrong numbers: the two calls and the known mistakes are compared."""
    first, again = (weights(answer, returned) for returned in answer.returned)
    if same_for_another_list(answer):
        return "hard-coded", "the same weights for every list", *HARD_CODED
    if answer.exercise.endswith("zeros"):
        return diagnose_zeros(first)
    if not all(np.allclose(a, b, rtol=RTOL, atol=ATOL) for a, b in zip(first, again)):
        return diagnose_seed(answer, first, again)
    return by_scale(answer, first) or by_draws(answer, first) or unknown(answer, first)


def diagnose_zeros(first):
    """The cause behind weights that should be zero."""
    constant = all(np.all(w == w.flat[0]) for w in first)
    code, text = (
        ("constant", "Every weight is the same number, but not zero.")
        if constant
        else ("not-zero", "In this exercise nothing is drawn at random.")
    )
    return code, "the weights are not zero", text, "np.zeros takes the shape as one tuple."


def diagnose_seed(answer, first, again):
    """The cause behind two calls that give different weights."""
    headline, dims = "two calls give different weights", answer.layers_dims
    if proportional(again, answer.draws(np.random.RandomState(answer.outer_seed))):
        code, why = (
            "no-seed",
            "The numbers depend on what was drawn before the call: nothing in the function fixes them.",
        )
        if answer.third_call_is_right():
            code, why = "seed-after-draw", "The seed is set after the numbers are drawn, so it serves the next call."
        elif in_stream(first[0]):
            code, why = "seed-at-top", "The seed is set above the function: only the very first call starts from it."
        return code, headline, why, "Set the seed inside the function, once, before anything is drawn."
    if len(dims) > 2 and proportional(first[:1], answer.draws(np.random.RandomState(3))[:1]):
        why = "The first layer repeats, the later ones do not."
        return "seed-partly", headline, why, "Set the seed once, above the loop, and nowhere else."
    why = "The same list must give the same weights each time."
    return "not-repeatable", headline, why, "Set the seed inside the function, once, before anything is drawn."


def by_scale(answer, first):
    """The cause where every layer is the expected draws times a factor of its own; None where it is not."""
    ratios = layer_ratios(first, answer.draws(np.random.RandomState(3)))
    if ratios is None:
        return None
    headline = "the scale of " + listed([f"W{layer}" for layer in answer.layers()]) + " is wrong"
    for code, factor, why in SCALES[short_name(answer)]:
        rule = [factor(n, before, answer.layers_dims[0]) for before, n in pairs(answer.layers_dims)]
        if np.allclose(ratios, rule, rtol=1e-5):
            return code, headline, why, "Compare your factor with the formula above the exercise."
    relative = layer_ratios(first, [answer.expected[f"W{layer}"] for layer in answer.layers()])
    wrong = [f"W{layer}" for layer, ratio in zip(answer.layers(), relative) if not np.isclose(ratio, 1, rtol=RTOL)]
    text = ", ".join(f"layer {layer}: {short(ratio)}" for layer, ratio in zip(answer.layers(), relative))
    why = f"The draws are right; yours divided by the expected ones is {text}. We do not know why."
    return (
        "scale",
        f"the scale of {listed(wrong)} is wrong",
        why,
        "Compare your factor with the formula above the exercise.",
    )


def by_draws(answer, first):
    """The cause where the numbers are other draws than the expected ones; None where none fits."""
    for code, why, next_step, drawn in other_draws(answer):
        if proportional(first, drawn):
            return code, "the weights are other draws than expected", why, next_step
    ratios = [ratio for w, z in zip(first, answer.draws(np.random.RandomState(3))) for ratio in (w - z, w + z)]
    if all(np.allclose(r, r.flat[0]) for r in ratios[::2]) or all(np.allclose(r, r.flat[0]) for r in ratios[1::2]):
        return "power", "the weights are shifted", "The factor is added, not multiplied.", "Which operation scales?"
    return None


def unknown(answer, first):
    """An honest answer where no known mistake fits."""
    if all(np.all(w == w.flat[0]) for w in first):
        zero = all(np.all(w == 0) for w in first)
        why = "Every weight is zero." if zero else "All weights of a layer are the same number."
        return ("zeros" if zero else "constant"), "the weights are not drawn", why, "Draw them with np.random.randn."
    if all(np.all(w >= 0) for w in first) and all(
        np.allclose(w, np.abs(answer.expected[f"W{layer}"])) for layer, w in enumerate(first, 1)
    ):
        return (
            "sign",
            "the signs are lost",
            "Every weight is positive.",
            "Weights may be negative: leave the signs alone.",
        )
    why = "They fit none of the mistakes that we know."
    return "unknown", "the weights are not the expected ones", why, "Print W1 and compare it with the example above."


# (code, factor of the draws for a layer of n units after one of `before` units and an input of `first`, explanation)
# fmt: off
SCALES = {
    "he": [
        ("xavier", lambda n, before, first: (1 / before) ** 0.5,
         "That is Xavier's factor. He uses 2 instead of 1, because ReLU zeroes half of the inputs."),
        ("no-sqrt", lambda n, before, first: 2 / before,
         "That is the variance; the numbers are scaled by the standard deviation, its square root."),
        ("own-size", lambda n, before, first: (2 / n) ** 0.5,
         "The layer's own size is used; what counts is the size of the layer that feeds it."),
        ("first-size", lambda n, before, first: (2 / first) ** 0.5,
         "The input's size is used for every layer; each layer has its own previous one."),
        ("unscaled", lambda n, before, first: 1.0, "The draws are not scaled at all."),
        ("small", lambda n, before, first: 0.01,
         "They are scaled by 0.01: small, but the same for every layer."),
        ("times-10", lambda n, before, first: 10.0, "The factor of exercise 2 is still there."),
        ("times-10-and-he", lambda n, before, first: 10 * (2 / before) ** 0.5,
         "The factor 10 of exercise 2 is there too."),
        ("glorot", lambda n, before, first: (2 / (before + n)) ** 0.5,
         "Both sizes are averaged, as Glorot does; He looks at the previous layer alone."),
        ("inverted", lambda n, before, first: (before / 2) ** 0.5, "The fraction is upside down."),
        ("sqrt2-over-n", lambda n, before, first: 2**0.5 / before, "The root must cover the whole fraction."),
        ("two-over-sqrt", lambda n, before, first: 2 / before**0.5, "The root must cover the whole fraction."),
        ("xavier-no-sqrt", lambda n, before, first: 1 / before, "That is one over the size: no root, and 1 for 2."),
        ("own-size-xavier", lambda n, before, first: (1 / n) ** 0.5,
         "That is Xavier's factor, with the layer's own size in place of the previous one."),
        ("own-size-no-sqrt", lambda n, before, first: 2 / n,
         "The layer's own size is used, and the root is missing."),
        ("only-sqrt2", lambda n, before, first: 2**0.5, "The size of the previous layer is missing."),
        ("root-twice", lambda n, before, first: (2 / before) ** 0.25, "The root is taken twice."),
    ],
    "random": [
        ("unscaled", lambda n, before, first: 1.0, "The factor 10 is missing."),
        ("small", lambda n, before, first: 0.01,
         "They are scaled by 0.01; this exercise wants large weights, to see harm."),
        ("divided", lambda n, before, first: 0.1, "The draws are divided by 10, not multiplied."),
        ("times-100", lambda n, before, first: 100.0, "The factor 10 is there twice."),
        ("he", lambda n, before, first: (2 / before) ** 0.5, "That is He's factor, of exercise 3."),
        ("times-10-and-he", lambda n, before, first: 10 * (2 / before) ** 0.5,
         "He's factor of exercise 3 is there too."),
        ("xavier", lambda n, before, first: (1 / before) ** 0.5,
         "That is Xavier's factor; here every layer has the same."),
    ],
}
# fmt: on


def other_draws(answer):
    """(code, why, next, draws) of known ways to draw other numbers than the expected ones."""
    dims, seed_once = answer.layers_dims, "Set the seed once, above the loop, and nowhere else."

    def again(shape):
        return np.random.RandomState(3).randn(*shape)

    yield "seed-per-layer", "Every layer starts from the seed again.", seed_once, [again(s) for s in sizes(dims)]
    same_places = "Ask for the shape you need, in one draw."
    z = np.random.RandomState(3)
    turned = [z.randn(before, n).T for before, n in pairs(dims)]
    yield (
        "filled-transposed",
        "They are drawn in the other shape and turned: same numbers, other places.",
        same_places,
        turned,
    )
    z = np.random.RandomState(3)
    columns = [z.randn(n * before).reshape((n, before), order="F") for before, n in pairs(dims)]
    yield "filled-by-column", "They are filled column by column.", same_places, columns
    z = np.random.RandomState(3)
    uniform = [z.rand(*shape) for shape in sizes(dims)]
    wants_normal = "Use the function for the normal distribution that the exercise names."
    yield "uniform", "They are uniform and never negative; the exercise wants normal ones.", wants_normal, uniform
    yield "uniform", "They are uniform; the exercise wants normal ones.", wants_normal, [2 * u - 1 for u in uniform]
    yield "uniform", "They are uniform; the exercise wants normal ones.", wants_normal, [u - 0.5 for u in uniform]
    for bias_first in (False, True):
        z, drawn = np.random.RandomState(3), []
        for before, n in pairs(dims):
            parts = [(n, 1), (n, before)] if bias_first else [(n, before), (n, 1)]
            values = [z.randn(*shape) for shape in parts]
            drawn.append(values[1 if bias_first else 0])
        why = "Something else was drawn between the layers, which shifts all later weights."
        yield "extra-draws", why, "Biases are zero: they need no draw.", drawn
    for generator in (np.random.default_rng(3), np.random.Generator(np.random.MT19937(3))):
        why = "That is a good generator, but not the one whose numbers are compared."
        drawn = [generator.standard_normal(shape) for shape in sizes(dims)]
        yield "new-generator", why, "Use the seed line that is given, and np.random.randn.", drawn
    for power in (10, 2):
        z = np.random.RandomState(3)
        yield (
            "power",
            "The draws are raised to a power.",
            "Which operation scales?",
            [z.randn(*shape) ** power for shape in sizes(dims)],
        )
    z = np.random.RandomState(3)
    backwards = [z.randn(*shape) for shape in reversed(sizes(dims))][::-1]
    yield "backwards", "The layers are drawn from the last to the first.", "Draw layer 1 first.", backwards
    for seed in [*range(51), 100, 101, 111, 123, 333, 1234, 2017, 2023, 2024, 2025, 2026]:
        if seed != 3:
            why = f"The draws are those of seed {seed}."
            yield "other-seed", why, "Use the seed line as it was given.", answer.draws(np.random.RandomState(seed))


# --- Small tools of the diagnosis ------------------------------------------------------------------------------------


def pairs(dims):
    """[(n_(l-1), n_l)] for every layer."""
    return list(zip(dims[:-1], dims[1:]))


def sizes(dims):
    """[(n_l, n_(l-1))] for every layer: the shapes of W."""
    return [(n, before) for before, n in pairs(dims)]


def weights(answer, returned):
    """[W1, ..., WL] as arrays."""
    return [numbers(returned[f"W{layer}"]) for layer in answer.layers()]


def layer_ratios(got, drawn):
    """One factor for each layer with got = factor * drawn throughout, or None."""
    ratios = []
    for w, z in zip(got, drawn):
        factor = float(np.vdot(w, z) / np.vdot(z, z))
        if factor == 0 or not np.allclose(w, factor * z, rtol=1e-5, atol=2e-8):
            return None
        ratios.append(factor)
    return ratios


def proportional(got, drawn):
    """Whether every layer of `got` is `drawn` times one factor of its own (a one-entry layer alone says nothing)."""
    return sum(w.size for w in got) > len(got) and layer_ratios(got, drawn) is not None


def in_stream(w):
    """Whether W1 goes on in the stream of seed 3, somewhere in its first draws."""
    if w.size < 3:
        return False
    stream, flat = np.random.RandomState(3).randn(4000), w.ravel()
    ratios = stream[1:] / stream[:-1]
    places = np.flatnonzero(np.isclose(ratios, flat[1] / flat[0], rtol=1e-4))
    return any(layer_ratios([flat], [stream[i : i + flat.size]]) for i in places if i + flat.size <= stream.size)


def others(answer):
    """The answers for the other lists."""
    return [other for other in answer.siblings if other.layers_dims != answer.layers_dims]


def stale(answer):
    """Whether the keys are those of another list's answer: a dictionary that remembers."""
    return any(
        isinstance(r, dict) and r.keys() == answer.returned[0].keys() for o in others(answer) for r in o.returned
    )


def all_live(answers):
    """Every dictionary that came back for these answers."""
    return [returned for answer in answers for returned in answer.live if isinstance(returned, dict)]


def same_for_another_list(answer):
    """Whether another list, of other sizes, gave exactly the same weights."""
    mine = answer.returned[0]
    return any(
        isinstance(theirs, dict) and "W1" in mine and mine.keys() == theirs.keys() and same_arrays(mine, theirs)
        for other in others(answer)
        for theirs in other.returned[:1]
    )


def same_arrays(mine, theirs):
    """Whether two dictionaries with the same keys hold the same arrays."""
    return all(shape_of(mine[key]) == shape_of(theirs[key]) and np.array_equal(mine[key], theirs[key]) for key in mine)


def numbers(value):
    """The value as an array of floats, or None where it is not numeric."""
    try:
        array = np.array(value)
        if array.dtype.kind in "USV" or (array.dtype.kind == "c" and np.any(array.imag != 0)):
            return None
        return (array.real if array.dtype.kind == "c" else array).astype(float)
    except (TypeError, ValueError):
        return None


def shape_of(value):
    """The shape of whatever it is."""
    try:
        return np.shape(value)
    except ValueError:  # a ragged list
        return None


def short_name(answer):
    """The last word of the exercise's name: zeros, random or he."""
    return answer.exercise.rsplit("_", 1)[-1]


def short(number):
    """A number in four digits."""
    return f"{number:.4g}" if number else "0"


def clip(text, width=60):
    """The text, cut where it is too long for one line."""
    return text if len(text) <= width else text[: width - 1] + "…"


def listed(names):
    """'W1, W2 and W3'."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def article(value):
    """'a list', 'an int', for the type of a value."""
    name = type(value).__name__
    return ("an " if name[0].lower() in "aeiou" else "a ") + name


# --- What a student reads --------------------------------------------------------------------------------------------


def problem(answer, code, headline, why, next_step, row=("", "")):
    """A Problem with the rows in their usual order."""
    rows = (("called", answer.call), row, ("why", why), ("next", next_step))
    return Problem(f"{short_name(answer)}/{code}", headline, *rows)


def render(exercise, found, passed=()):
    """At most eight lines of text for a Problem."""
    lines = [f"✗ {exercise}: {found.headline}"]
    rows = [*found.rows, ("passed", " · ".join(passed)), ("code", found.code)]
    lines += [f"  {label:<9}  {text}" for label, text in rows if text]
    return "\n".join(lines)


class TestsFailedError(AssertionError):
    """A public test that did not pass. Jupyter shows its text alone; `results` holds the outcome of every check."""

    def __init__(self, message, results):
        super().__init__(message)
        self.results = results

    def _render_traceback_(self):
        return str(self).splitlines()


def examine(target, exercise, cases, checks, seeds=(None, 2026)):
    """Call `target` with each list, twice, and look at every check.

    Parameters
    ----------
    target : callable
        The student's function.
    exercise : str
        Its name.
    cases : list of (list of int, dict)
        Each list of layer sizes, with the dictionary that is expected.
    checks : sequence of callables
        What to look at.
    seeds : pair of (int or None)
        What the generator is seeded with before the first and before the second round of calls.

    Returns
    -------
    list of dict
        One for each check: name, title, points, max_points, passed, the problems (a list of sizes and a Problem for
        each list that failed), and the code and message of the first of them.
    """
    answers, outer = [Answer(target, exercise, dims, expected) for dims, expected in cases], np.random.get_state()
    try:
        for seed in seeds:
            for answer in answers:
                answer.siblings = answers
                answer.ask(seed)
    finally:
        np.random.set_state(outer)
    results = [outcome(one, answers) for one in checks]
    passed = [result["name"] for result in results if result["passed"]]
    for result in results:
        found = result["problems"][0][1] if result["problems"] else None
        result["code"], result["message"] = (found.code, render(exercise, found, passed)) if found else ("", "")
    return results


def outcome(one, answers):
    """The outcome of one check, earned only if it holds on every call; the deepest network comes first."""
    deepest_first = sorted(answers, key=lambda answer: -len(answer.layers_dims))
    problems = [(answer.layers_dims, found) for answer in deepest_first if (found := one(answer))]
    return {
        "name": one.name,
        "title": " ".join(one.__doc__.split()),
        "points": 0.0 if problems else one.points,
        "max_points": one.points,
        "passed": not problems,
        "problems": problems,
    }


def first_message(results):
    """The message to show: that of the first check that failed; "" if all passed."""
    return next((result["message"] for result in results if not result["passed"]), "")


def run(target, exercise):
    """Examine one exercise on the public lists; print `All tests passed.` or raise with the first cause."""
    results = examine(target, exercise, REFERENCES[exercise], CHECKS[f"{exercise}_public"])
    message = first_message(results)
    if message:
        raise TestsFailedError(message, results)
    print("All tests passed.")


def initialize_parameters_zeros_test(target):
    """Test Exercise 1: every W and every b is zero."""
    run(target, "initialize_parameters_zeros")


def initialize_parameters_random_test(target):
    """Test Exercise 2: W is drawn after seed 3 and multiplied by 10, b is zero."""
    run(target, "initialize_parameters_random")


def initialize_parameters_he_test(target):
    """Test Exercise 3: W is drawn after seed 3 and scaled as He et al. say, b is zero."""
    run(target, "initialize_parameters_he")


CHECKS = {
    "initialize_parameters_zeros_public": (shapes, arrays, biases, zero_weights),
    "initialize_parameters_random_public": (shapes, arrays, biases, random_weights),
    "initialize_parameters_he_public": (shapes, arrays, biases, he_weights),
}


# --- From a terminal: python public_tests.py [NOTEBOOK] --------------------------------------------------------------


def notebook_names(path):
    """Run a notebook's own cells, without its tests and trainings.

    Parameters
    ----------
    path : str or Path
        The notebook. `init_utils.py` is looked for beside it.

    Returns
    -------
    names : dict
        What the notebook defines.
    errors : list of str
        One line for each cell that stopped.

    Raises
    ------
    ValueError
        If the file is not a notebook.
    """
    try:
        cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path} cannot be read as a notebook ({error}). Save it in Jupyter and try again.") from error
    names, errors = {"__name__": "__main__"}, []
    with working_in(Path(path).resolve().parent):
        for number, cell in enumerate(cells, 1):
            if cell.get("cell_type") == "code" and not left_out(cell.get("metadata", {})):
                try:
                    exec(compile(plain_python(cell), f"<cell {number}>", "exec"), names)  # noqa: S102 - the student's own
                except Exception as error:
                    errors.append(f"cell {number} stopped: {type(error).__name__}: {error}")
    return names, errors


def left_out(metadata):
    """Whether a cell is a test or a demonstration, which is not needed to look at the functions."""
    marks = metadata.get("nbgrader", {})
    is_test = marks.get("grade", False) and not marks.get("solution", False)
    return is_test or "demonstration" in metadata.get("tags", [])


def plain_python(cell):
    """The cell's text without magics and shell lines."""
    lines = "".join(cell["source"]).splitlines()
    return "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in lines)


@contextlib.contextmanager
def working_in(folder):
    """Work in a folder, with its modules importable, drawing into files and printing nothing."""
    before, path = os.getcwd(), list(sys.path)
    os.environ.setdefault("MPLBACKEND", "Agg")
    os.chdir(folder)
    sys.path[:0] = [str(folder)]
    sys.modules.setdefault("public_tests", sys.modules[__name__])
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        os.chdir(before)
        sys.path[:] = path


def check_notebook(path):
    """Test every exercise of a notebook; returns the lines to print and whether all is well."""
    names, errors = notebook_names(path)
    lines, good = [f"{Path(path).name}:"], True
    for exercise, cases in REFERENCES.items():
        target = names.get(exercise)
        if not callable(target):
            good = False
            lines.append(
                f"✗ {exercise}: not defined. Its cell must run without an error, from the top of the notebook."
            )
            lines += [f"  {error}" for error in errors]
            continue
        results = examine(target, exercise, cases, CHECKS[f"{exercise}_public"])
        message = first_message(results)
        good = good and not message
        lines.append(message or f"✓ {exercise}: all tests passed")
    return lines, good


def main(arguments):
    """Check the notebook that is named, or the one that lies beside this file."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a console that has no ✗ shows a question mark
    here = Path(__file__).resolve().parent
    found = [Path(name) for name in arguments] or sorted(here.glob("*.ipynb"))
    if len(found) != 1:
        print(f"Which notebook? Found {len(found)} beside {here}. Type: python public_tests.py NOTEBOOK.ipynb")
        return 2
    try:
        lines, good = check_notebook(found[0])
    except ValueError as error:
        print(error)
        return 2
    print("\n".join(lines))
    return 0 if good else 1


# --- Reference arrays: the weights W1, W2, ... one after the other, row by row; every b is zero ----------------------

# fmt: off
WEIGHTS = {
    "initialize_parameters_random": {
        (3, 2, 1): [
            17.88628473, 4.365098505, 0.9649746807, -18.63492703, -2.773882025, -3.547589793, -0.8274148148,
            -6.270006768,
        ],
        (2, 4, 1): [
            17.88628473, 4.365098505, 0.9649746807, -18.63492703, -2.773882025, -3.547589793, -0.8274148148,
            -6.270006768, -0.4381816898, -4.772180304, -13.13864753, 8.846223805,
        ],
        (7, 5, 4, 2): [
            17.88628473, 4.365098505, 0.9649746807, -18.63492703, -2.773882025, -3.547589793, -0.8274148148,
            -6.270006768, -0.4381816898, -4.772180304, -13.13864753, 8.846223805, 8.813180422, 17.09573064,
            0.5003364218, -4.046774146, -5.453599476, -15.46477316, 9.823674343, -11.0106763, -11.85046527,
            -2.056498994, 14.86148355, 2.367162672, -10.2378514, -7.129932001, 6.252449662, -1.605133632,
            -7.688363503, -2.300307223, 7.450562664, 19.76110783, -12.44123329, -6.264169112, -8.037660946,
            -24.19083173, -9.237920217, -10.23875761, 11.23977959, -1.319142328, -16.23285446, 6.466754523,
            -3.562707594, -17.43141037, -5.966496417, -5.885943797, -8.738822978, 0.2971381536, -22.48257768,
            -2.677618648, 10.13183442, 8.52797841, 11.081875, 11.19390655, 14.87543132, -11.18300684, 8.458334071,
            -18.60889529, -6.02885104, -19.14472043, 10.48147512, 13.33737819, -1.974146792,
        ],
    },
    "initialize_parameters_he": {
        (3, 2, 1): [
            1.460409033, 0.3564088005, 0.07878985275, -1.521535421, -0.2264865189, -0.2896594936, -0.08274148148,
            -0.6270006768,
        ],
        (2, 4, 1): [
            1.788628473, 0.4365098505, 0.09649746807, -1.863492703, -0.2773882025, -0.3547589793, -0.08274148148,
            -0.6270006768, -0.03098412442, -0.3374441054, -0.9290426767, 0.625522484,
        ],
        (7, 5, 4, 2): [
            0.9560621343, 0.2333243295, 0.05158006632, -0.9960787484, -0.148270231, -0.1896266508, -0.0442271822,
            -0.3351459591, -0.02342179652, -0.2550837669, -0.7022902514, 0.4728505521, 0.471084309, 0.9138052403,
            0.02674410669, -0.2163091768, -0.2915071538, -0.8266268959, 0.525097481, -0.5885454045, -0.6334340131,
            -0.109924495, 0.7943797101, 0.1265301671, -0.5472361759, -0.3811108963, 0.3342074923, -0.08579800158,
            -0.4109603156, -0.122956593, 0.3982493261, 1.056275644, -0.665011892, -0.3348339233, -0.4296310493,
            -1.529962535, -0.5842573746, -0.6475558891, 0.710866078, -0.08342988629, -1.02665586, 0.4089934672,
            -0.2253254127, -1.102459192, -0.3773543666, -0.3722597716, -0.5526916936, 0.0187926669, -1.421923063,
            -0.1693474727, 0.6407934728, 0.5393567122, 0.7008793149, 0.7079648125, 0.940804883, -0.7907579973,
            0.5980945379, -1.315847605, -0.4263041453, -1.353736164, 0.7411522136, 0.9430950565, -0.1395932583,
        ],
    },
}
# fmt: on


def reference(layers_dims, flat=None):
    """Return the expected dictionary for one list; all zero where no weights are given."""
    expected, at = {}, 0
    for layer, (n, before) in enumerate(sizes(layers_dims), 1):
        values = np.zeros(n * before) if flat is None else np.array(flat[at : at + n * before])
        expected[f"W{layer}"], expected[f"b{layer}"] = values.reshape(n, before), np.zeros((n, 1))
        at += n * before
    return expected


LISTS = [[3, 2, 1], [2, 4, 1], [7, 5, 4, 2]]
REFERENCES = {
    "initialize_parameters_zeros": [(dims, reference(dims)) for dims in LISTS],
    **{name: [(dims, reference(dims, flat[tuple(dims)])) for dims in LISTS] for name, flat in WEIGHTS.items()},
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
