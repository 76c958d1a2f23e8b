"""Public tests of the assignment "Initialization".

In the notebook, each exercise is followed by one line such as

    initialize_parameters_he_test(initialize_parameters_he)

It calls your function with a few lists of layer sizes, twice each, compares what comes back with arrays that were
stored beforehand, and prints `All tests passed.` or says what to look at first. From a terminal,
`python public_tests.py` does the same for every exercise of the notebook that lies beside this file.

Needs the standard library and numpy only. An exercise's points lie in named checks; the sentence under the name of a
check is what it asks of your answer. To read on: the checks come first, then how the cause of a wrong answer is found,
then the texts, then what runs from a terminal, and last the stored arrays.
"""

import contextlib
import difflib
import functools
import hashlib
import importlib.metadata
import io
import json
import math
import os
import random
import re
import sys
import time
import warnings
from pathlib import Path

if sys.version_info < (3, 9):  # noqa: UP036 - a student may have an older one
    sys.exit("These tests need Python 3.9 or newer; this is Python %d.%d." % sys.version_info[:2])  # noqa: UP031

try:
    import numpy as np
except ModuleNotFoundError:
    if __name__ != "__main__":
        raise
    sys.exit("NumPy is not installed in this Python. Activate your environment, or: pip install -r requirements.txt")

__all__ = [
    "initialize_parameters_he_test",
    "initialize_parameters_random_test",
    "initialize_parameters_zeros_test",
    "print_parameters",
]

RTOL, ATOL = 1e-6, 1e-8  # values rounded as numpy prints them still count as equal


# --- The tests of the notebook ---------------------------------------------------------------------------------------


def initialize_parameters_zeros_test(target):
    """Test Exercise 1: every W and every b is zero."""
    run(target, "initialize_parameters_zeros")


def initialize_parameters_random_test(target):
    """Test Exercise 2: W is drawn after seed 3 and multiplied by 10, b is zero."""
    run(target, "initialize_parameters_random")


def initialize_parameters_he_test(target):
    """Test Exercise 3: W is drawn after seed 3 and scaled as He et al. say, b is zero."""
    run(target, "initialize_parameters_he")


def print_parameters(target, layers_dims):
    """Print what a function returns for a list of layer sizes, key by key; the test below says what is wrong with it.

    Parameters
    ----------
    target : callable
        Your function.
    layers_dims : list of int
        The sizes [n_0, n_1, ..., n_L].
    """
    call = fresh_call(target, layers_dims)
    if isinstance(call.returned, dict):
        for key, value in call.returned.items():
            print(f"{key} = {value}")
    else:
        print(f"stopped with {type(call.error).__name__}" if call.error else f"returned {call.returned}")


def run(target, exercise):
    """Examine one exercise on the public lists; print `All tests passed.` or raise with the first cause."""
    results = examine(target, exercise, REFERENCES[exercise], CHECKS[f"{exercise}_public"])
    message = first_message(results)
    if message:
        raise TestsFailedError(message, results)
    print("All tests passed.")


class TestsFailedError(AssertionError):
    """A public test that did not pass. Jupyter shows its text alone; `results` holds the outcome of every check."""

    __test__ = False  # pytest would take it for a test

    def __init__(self, message, results):
        super().__init__(message)
        self.results = results

    def _render_traceback_(self):
        return str(self).splitlines()


# --- What a function returns -----------------------------------------------------------------------------------------


class Call:
    """One call of a student's function.

    Attributes
    ----------
    seed : int or None
        What the generator was seeded with just before; a right answer does not depend on it.
    live : object
        What came back; a later call may change it.
    returned : object
        What came back, as it was then.
    error : Exception or None
        What was raised instead.
    kept : bool
        Whether the list that was passed in is the same afterwards.
    """

    def __init__(self, seed, live, error, kept):
        self.seed, self.live, self.error, self.kept = seed, live, error, kept
        self.returned = snapshot(live)


class Answer:
    """What one function returned for one list of layer sizes, in all calls with it.

    Attributes
    ----------
    exercise : str
        The function's name.
    layers_dims : list of int
        The sizes [n_0, n_1, ..., n_L].
    expected : dict
        The right W1, b1, ..., WL, bL.
    calls : list of Call
        The calls with this list.
    siblings : Answers
        The answers for all lists of the same test, this one included.
    """

    def __init__(self, target, exercise, layers_dims, expected, siblings):
        self.target, self.exercise, self.layers_dims, self.expected = target, exercise, list(layers_dims), expected
        self.calls, self.siblings = [], siblings

    @property
    def depth(self):
        """The number of layers, L."""
        return len(self.layers_dims) - 1

    def names(self, letter):
        """W1, ..., WL for "W", b1, ..., bL for "b"."""
        return [f"{letter}{layer}" for layer in range(1, self.depth + 1)]

    def entries(self, letter):
        """(name, got, expected) of every "W" or every "b", for every call; got is None where it is missing."""
        for call in self.calls:
            for name in self.names(letter):
                yield name, call.returned.get(name), self.expected[name]

    @functools.cached_property
    def expected_weights(self):
        """All expected weights in one flat array, with how far each may be off."""
        flat = np.concatenate([self.expected[name] for name in self.names("W")], axis=None)
        return flat, ATOL + RTOL * np.abs(flat)


class Answers(list):
    """The answers of one function for all lists of a test, and the cause behind wrong numbers once it is known."""

    cause = None


def snapshot(returned):
    """A copy of a returned dictionary and of its arrays; anything else as it is."""
    if not isinstance(returned, dict):
        return returned
    return {key: value.copy() if isinstance(value, np.ndarray) else value for key, value in returned.items()}


# --- The checks ------------------------------------------------------------------------------------------------------


def check(name, points):
    """Mark a function as a check worth `points`; its docstring is the sentence that a student reads."""

    def mark(function):
        function.name, function.points = name, points
        return function

    return mark


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
        if values is None or values.size == 0 or values.any():
            return nonzero_bias(answer, name, values)
    return None


@check("weights", points=2.5)
def zero_weights(answer):
    """Every weight is exactly zero."""
    return wrong_weights(answer)


@check("weights", points=2.5)
def random_weights(answer):
    """The weights are the draws after seed 3, multiplied by 10."""
    return wrong_weights(answer)


@check("weights", points=2.5)
def he_weights(answer):
    """The weights are the draws after seed 3, scaled by sqrt(2 / size of the previous layer)."""
    return wrong_weights(answer)


CHECKS = {
    "initialize_parameters_zeros_public": (shapes, arrays, biases, zero_weights),
    "initialize_parameters_random_public": (shapes, arrays, biases, random_weights),
    "initialize_parameters_he_public": (shapes, arrays, biases, he_weights),
}

# Which list is asked when, and what is seeded before (the first round meets the generator as your notebook left it).
ROUNDS = (((0, None), (1, None), (2, None)), ((2, 2026), (0, 11), (1, 5)))


def examine(target, exercise, cases, checks, rounds=ROUNDS):
    """Call `target` with each list, in several rounds, and look at every check.

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
    rounds : sequence of sequences of (int, int or None)
        For each round, the cases in their order, by number, each with what the generator is seeded with.

    Returns
    -------
    list of dict
        One for each check: name, title, points, max_points, passed, the problems (a list of sizes and a Problem for
        each list that failed, the most telling one first), and the code and message of the first of them.
    """
    answers = Answers()
    answers += [Answer(target, exercise, dims, expected, answers) for dims, expected in cases]
    outer = np.random.get_state()
    try:
        ask_all(answers, [question for one in rounds for question in one])
    finally:
        np.random.set_state(outer)
    answers[:] = sorted((answer for answer in answers if answer.calls), key=how_telling)
    results = [outcome(one, answers) for one in checks]
    passed = [result["name"] for result in results if result["passed"]]
    for result in results:
        found = result["problems"][0][1] if result["problems"] else None
        result["code"], result["message"] = (found.code, render(found, passed)) if found else ("", "")
    return results


def ask_all(answers, questions):
    """Ask every question; a function that has raised three times and never returned is left alone."""
    first, rest = questions[:3], questions[3:]
    ask(answers, first)
    if len(first) < 3 or not all(call.error for answer in answers for call in answer.calls):
        ask(answers, rest)


def ask(answers, questions):
    """Call the function for each question, with a fresh list, and keep what came back with the list's answer."""
    arguments = [list(answers[number].layers_dims) for number, _ in questions]
    calls = [((argument,), seed) for argument, (_, seed) in zip(arguments, questions)]
    target = answers[0].target
    together = getattr(type(target), "call_each", None)  # a grader's stand-in takes all calls in one trip
    outcomes = together(target, calls) if together else (call_once(target, *call) for call in calls)
    for (number, seed), argument, (live, error) in zip(questions, arguments, outcomes):
        answer = answers[number]
        answer.calls.append(Call(seed, live, error, argument == answer.layers_dims))


def fresh_call(target, layers_dims, seed=None):
    """One Call, with a fresh list."""
    argument = list(layers_dims)
    live, error = call_once(target, (argument,), seed)
    return Call(seed, live, error, argument == layers_dims)


def call_once(target, arguments, seed):
    """(what came back, what was raised) for one call, after seeding the generator."""
    if seed is not None:
        np.random.seed(seed)
    try:
        return target(*arguments), None
    except (Exception, SystemExit) as error:  # whatever the student's function raises is the finding
        return None, error


def how_telling(answer):
    """Sorts lists whose sizes tell mistakes apart before others: all different, none 1, several layers."""
    dims = answer.layers_dims
    return 1 in dims or len(set(dims)) < len(dims), answer.depth < 2, -len(set(dims)), max(dims)


def outcome(one, answers):
    """The outcome of one check, earned only if it holds on every call."""
    problems = [(answer.layers_dims, found) for answer in answers if (found := one(answer))]
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


# --- The first rungs: a dictionary, its keys, the shapes and types of its arrays -------------------------------------


def not_a_dictionary(answer):
    """Problem where the function raised, or returned something that is not a dictionary."""
    for call in answer.calls:
        if call.error is not None:
            return raised(answer, call.error)
        if call.returned is None:
            return Problem(answer, "no-return")
        if not isinstance(call.returned, dict):
            return Problem(answer, "wrong-return", fact("returned", "got_a", type=article(call.returned)))
    return None


def raised(answer, error):
    """Problem for an exception in the student's code: its type, its text and the line of the cell."""
    line = getattr(error, "student_line", None) or line_in_cell(error)
    where = WORDS["line"].format(line=line) if line else ""
    text = clip(" ".join(str(error).split()), 160)
    code = "not-written" if isinstance(error, NotImplementedError) else "raises"
    hint = next((hint for part, hint in HINTS if part in f"{type(error).__name__}: {text}"), None)
    return Problem(answer, code, ("says", text), type=type(error).__name__, where=where, next=hint)


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
    for call in answer.calls:
        got = call.returned.keys()
        if got == answer.expected.keys() and all(isinstance(key, str) for key in got):
            continue
        names = clip(", ".join(str(key) for key in got)) or WORDS["none"]
        facts = fact("keys", "got_want", got=names, want=clip(", ".join(answer.expected)))
        return Problem(answer, name_keys(answer, call.returned), facts)
    return None


def name_keys(answer, returned):
    """Code for a wrong set of keys."""
    have, want = {str(key) for key in returned}, set(answer.expected)
    lacking, extra = want - have, have - want
    last = {f"W{answer.depth}", f"b{answer.depth}"}
    rules = (
        ("empty", not have),
        ("keys-type", not all(isinstance(key, str) for key in returned)),
        ("shared", same_dictionary(answer) or (not lacking and left_over(answer, extra))),
        (name_fixed(answer), same_for_another_list(answer)),
        ("keys-case", {key.lower() for key in have} == {key.lower() for key in want}),
        ("keys-from-0", have & {"W0", "b0"}),
        ("keys-no-number", have and not any(character.isdigit() for key in have for character in key)),
        ("keys-spelling", not have & want and {spelled(key) for key in have} == {spelled(key) for key in want}),
        ("last-missing", not extra and lacking == last and answer.depth > 2),
        ("only-last", not extra and have == last and answer.depth > 1),
        ("only-first", not extra and have == {"W1", "b1"} and first_layer_fits(answer, returned)),
        ("same-key", not extra and have == {"W1", "b1"}),
        ("only-weights", not extra and lacking == set(answer.names("b"))),
        ("only-biases", not extra and lacking == set(answer.names("W"))),
        ("keys-extra", extra and not lacking),
    )
    return next((code for code, holds in rules if holds), "keys")


def spelled(key):
    """The letters and digits of a key, in small letters, without a "weight" or "bias" written out."""
    return re.sub(r"[^a-z0-9]", "", key.lower().replace("weights", "w").replace("weight", "w").replace("bias", "b"))


def first_layer_fits(answer, returned):
    """Whether W1 has at least the shape of the first layer, and b1 too."""
    return all(shape_of(returned[name]) == answer.expected[name].shape for name in ("W1", "b1")) and (
        answer.exercise.endswith("zeros") or proportional([numbers(returned["W1"])], own_draws(answer, 3)[:1])
    )


def wrong_shape(answer, name, got, expected):
    """Problem for an array of the wrong shape."""
    if got is None:
        return missing(answer, name)
    shape, want = shape_of(got), expected.shape
    if shape is None:
        return wrong_type(answer, name, got)
    code = name_bias_shape(shape, want) if name[0] == "b" else "transposed" if shape == want[::-1] else "shape"
    if same_dictionary(answer):
        code = "shared"
    elif same_for_another_list(answer):
        code = name_fixed(answer)
    return Problem(answer, code, fact(name, "got_want_shape", got=shape, want=want), name=name)


def name_bias_shape(shape, want):
    """Code for a wrong shape of b."""
    size = want[0]
    if shape == (size,) and size > 1:
        return "bias-flat"
    if shape == (1, size) and size > 1:
        return "bias-row"
    if shape in ((), (1,), (1, 1)):
        return "bias-flat" if shape == (size,) else "bias-scalar"
    return "bias-length"


def missing(answer, name):
    """Problem for a key that is not there."""
    return wrong_keys(answer) or Problem(answer, "keys", fact("keys", "not_there", name=name))


def wrong_type(answer, name, got):
    """Problem for an array that is not a plain numpy.ndarray of float64."""
    kind = type(got)
    if kind is np.ndarray or kind.__name__.startswith("ndarray of "):
        dtype = got.dtype.name if kind is np.ndarray else kind.__name__[len("ndarray of ") :]
        return Problem(answer, "dtype", fact(name, "got_want", got=dtype, want="float64"), name=name)
    return Problem(answer, "container", fact(name, "got_want", got=article(got), want="a numpy.ndarray"), name=name)


def nonzero_bias(answer, name, values):
    """Problem for a bias that is not zero."""
    if values is None or values.size == 0:
        return Problem(answer, "bias", fact(name, "got_want", got=WORDS["no_numbers"], want="0"), name=name)
    flat = values.ravel()
    if not np.isfinite(flat).all():
        return Problem(answer, "not-finite", fact(name, "got_want", got="nan or inf", want="0"), name=name)
    code = "bias-random" if flat.size > 1 and (flat != flat[0]).any() else "bias"
    first = short(flat[np.argmax(flat != 0)])
    return Problem(answer, code, fact(name, "got_want", got=first, want="0"), name=name)


# --- The last rung: which numbers are these? -------------------------------------------------------------------------


def wrong_weights(answer):
    """Problem where a W differs from the expected one, beyond rounding, or where calls get into each other's way."""
    broken = not_a_dictionary(answer)
    if broken:
        return broken
    if same_dictionary(answer):
        return Problem(answer, "shared")
    if not all(call.kept for call in answer.calls):
        return Problem(answer, "changes-input")
    for call in answer.calls:
        got = [call.returned.get(name) for name in answer.names("W")]
        if None in map(type_or_none, got):
            return missing(answer, next(name for name, value in zip(answer.names("W"), got) if value is None))
        values = [numbers(value) for value in got]
        for name, value in zip(answer.names("W"), values):
            if value is None or value.shape != answer.expected[name].shape:
                return wrong_shape(answer, name, call.returned[name], answer.expected[name])
        if not fits(answer, values):
            return wrong_numbers(answer, values)
    return None


def type_or_none(value):
    """The type of a value; None for None (arrays cannot be compared with it)."""
    return None if value is None else type(value)


def fits(answer, values):
    """Whether all weights of a call are the expected ones: exactly if those are zero, else up to rounding."""
    flat = np.concatenate(values, axis=None)
    if answer.exercise.endswith("zeros"):
        return not flat.any()
    expected, tolerance = answer.expected_weights
    with np.errstate(invalid="ignore"):  # what is not finite is not equal
        return bool((np.abs(flat - expected) <= tolerance).all())


def wrong_numbers(answer, values):
    """Problem for weights of the right shape with wrong numbers: the misconception behind them, where one fits."""
    with np.errstate(all="ignore"):
        name, place, got, want = first_difference(answer, values)
        entry = fact(f"{name}[{', '.join(map(str, place))}]", "got_want", got=short(got), want=short(want))
        if not all(np.isfinite(value).all() for value in values):
            return Problem(answer, "not-finite", entry, name=name)
        code = diagnose(answer)
        if code in UNSTABLE_CODES:
            all_calls = [returned for call in answer.calls if (returned := weights(answer, call))]
            shown = [short(returned[int(name[1:]) - 1][place]) for returned in all_calls]
            entry = (entry[0], WORDS["got_want"].format(got=WORDS["then"].join(shown), want=short(want)))
        facts = [ratio_row(answer, values)] if code in WITH_RATIO else []
        wrong = [name for name, value in zip(answer.names("W"), values) if differs(answer, name, value).any()]
    return Problem(answer, code, entry, *facts, names=listed(wrong))


def first_difference(answer, values):
    """(name, place, got, expected) of the first weight that is wrong."""
    name, value = next(pair for pair in zip(answer.names("W"), values) if differs(answer, *pair).any())
    place = tuple(int(i) for i in np.argwhere(differs(answer, name, value))[0])
    return name, place, value[place], answer.expected[name][place]


def differs(answer, name, value):
    """For each entry of a W, whether it is wrong."""
    want = answer.expected[name]
    if answer.exercise.endswith("zeros"):
        return value != 0
    return ~(np.abs(value - want) <= ATOL + RTOL * np.abs(want))


def ratio_row(answer, values):
    """Yours divided by the expected weights, layer by layer; an empty row where no layer has one such number."""
    found = [factor_between(value, answer.expected[name]) for name, value in zip(answer.names("W"), values)]
    if not any(found):
        return "ratio", ""
    texts = [WORDS["no_ratio"] if ratio is None else short(ratio) for ratio in found]
    return fact("ratio", "ratio", parts=" · ".join(map(" ".join, zip(answer.names("W"), texts))))


# --- Diagnosis: a rule says whether one known mistake explains an answer; the first that explains all is named -------


class Evidence:
    """What a rule looks at: the weights of one call whose numbers are wrong.

    Attributes
    ----------
    answer : Answer
        The answer that the call belongs to.
    call : Call
        The call.
    dims : list of int
        The layer sizes.
    weights : list of arrays
        W1, ..., WL.
    draws : list of arrays
        The draws of seed 3, in the same shapes.
    wrong : list of arrays
        Those of the weights that are wrong.
    """

    def __init__(self, answer, call, values):
        self.answer, self.call, self.dims, self.weights = answer, call, answer.layers_dims, values
        self.draws = own_draws(answer, 3)
        self.wrong = [value for name, value in zip(answer.names("W"), values) if differs(answer, name, value).any()]

    @functools.cached_property
    def ratios(self):
        """One factor for each layer by which the draws were multiplied; None where there is none."""
        return ratios(self.weights, self.draws)

    @property
    def seeds(self):
        """Seeds that somebody may have set."""
        return (*SEEDS, sum(self.dims), max(self.dims), math.prod(self.dims) % 2**32, *self.dims)

    @functools.cached_property
    def places(self):
        """Where in the stream of seed 3 each layer's numbers lie side by side; None for a layer where they do not."""
        return [place_in_stream(weight) for weight in self.weights]


def diagnose(answer):
    """Code for wrong numbers; the same for every list of a test, and looked for once."""
    if answer.siblings.cause is None:
        answer.siblings.cause = "unknown"  # what remains if numbers are so odd that the search itself fails
        with contextlib.suppress(ArithmeticError, ValueError, TypeError, IndexError):
            answer.siblings.cause = look_for_cause(answer)
    return answer.siblings.cause


def look_for_cause(answer):
    """What `diagnose` keeps."""
    evidence = [one for other in answer.siblings for one in wrong_calls(other)]
    evidence = [one for one in evidence if one.weights[0].size > 2] or evidence  # two numbers alone say little
    if same_for_another_list(answer):
        return name_fixed(answer)
    if not answer.exercise.endswith("zeros") and not all(repeats(other) for other in answer.siblings):
        return name_seed(answer, evidence)
    evidence = [one for one in evidence if one is first_of(evidence, one.answer)]  # the other calls say the same
    if answer.exercise.endswith("zeros"):
        return first_rule(ZERO_RULES, evidence) or "not-zero"
    code = first_rule(SCALES[short_name(answer)], evidence)
    if code is None and all(one.ratios for one in evidence):
        return "scale"
    code = code or first_rule(OTHER_NUMBERS, evidence) or "unknown"
    return name_other_seed(answer, evidence) if code == "other-seed" else code


def first_of(evidence, answer):
    """The first piece of evidence about an answer."""
    return next(one for one in evidence if one.answer is answer)


def first_rule(rules, evidence):
    """Code of the first rule that explains everything that is wrong."""
    return next((code for code, rule in rules if all(rule(one) for one in evidence)), None)


def wrong_calls(answer):
    """Evidence from the calls that returned W of the right shapes, with wrong and finite numbers."""
    for call in answer.calls:
        values = weights(answer, call)
        if values and not fits(answer, values) and all(np.isfinite(value).all() for value in values):
            yield Evidence(answer, call, values)


def weights(answer, call):
    """[W1, ..., WL] of a call; None where one is missing or has another shape."""
    if not isinstance(call.returned, dict):
        return None
    values = [numbers(call.returned.get(name)) for name in answer.names("W")]
    good = all(v is not None and v.shape == answer.expected[n].shape for n, v in zip(answer.names("W"), values))
    return values if good else None


def repeats(answer):
    """Whether all calls with this list gave the same weights."""
    found = [values for call in answer.calls if (values := weights(answer, call))]
    return all(
        (np.abs(one - other) <= ATOL + RTOL * np.abs(one)).all()
        for again in found[1:]
        for one, other in zip(found[0], again)
    )


def name_fixed(answer):
    """Code for the same weights for every list: numbers that are written down, or computed from another list."""
    first = numbers(answer.calls[0].returned.get("W1"))
    if first is None or answer.exercise.endswith("zeros") or first.size < 2:
        return "hard-coded"
    factors = first.ravel() / stream(3, first.size)[: first.size]
    return "overwritten" if np.abs(factors - factors[0]).max() < 1e-12 * abs(factors[0]) else "hard-coded"


def name_seed(answer, evidence):
    """Code for weights that differ from call to call."""
    seeded = [(one.weights, own_draws(one.answer, one.call.seed)) for one in evidence if one.call.seed is not None]
    if seeded and all(proportional(got, drawn) for got, drawn in seeded):
        return "seed-after-draw" if call_after_call_is_right(answer) else "no-seed"
    if seeded and all(proportional(got[:1], drawn[:1]) for got, drawn in seeded):
        return "seed-after-draw"
    return "seed-at-top" if all(goes_on(one) for one in evidence) else "not-repeatable"


def goes_on(one):
    """Whether all larger layers come from the stream of seed 3, which some earlier call has begun."""
    places = [place for weight, place in zip(one.weights, one.places) if weight.size > 2]
    return bool(places) and None not in places


def call_after_call_is_right(answer):
    """Whether a call that follows another, with nothing seeded between, gives the draws of the expected weights."""
    outer = np.random.get_state()
    try:
        calls = [fresh_call(answer.target, answer.layers_dims, seed) for seed in (7, None)]
    finally:
        np.random.set_state(outer)
    values = weights(answer, calls[1])
    return values is not None and proportional(values, own_draws(answer, 3))


# Each rule of a scale: (code, the factor of layer k in a network of the sizes n[0], n[1], ..., n[L]).

# fmt: off
ROOT = 0.5  # to the power of one half
HE_FACTORS = (
    ("xavier", lambda n, k: (1 / n[k - 1]) ** ROOT),
    ("no-sqrt", lambda n, k: 2 / n[k - 1]),
    ("own-size", lambda n, k: (2 / n[k]) ** ROOT),
    ("first-size", lambda n, k: (2 / n[0]) ** ROOT),
    ("unscaled", lambda n, k: 1),
    ("small", lambda n, k: 0.01),
    ("times-10", lambda n, k: 10),
    ("times-10-and-he", lambda n, k: 10 * (2 / n[k - 1]) ** ROOT),
    ("times-10-and-he", lambda n, k: (2 / n[k - 1]) ** ROOT / 10),
    ("small-and-he", lambda n, k: 0.01 * (2 / n[k - 1]) ** ROOT),
    ("glorot", lambda n, k: (2 / (n[k - 1] + n[k])) ** ROOT),
    ("glorot", lambda n, k: (1 / (n[k - 1] + n[k])) ** ROOT),
    ("inverted", lambda n, k: (n[k - 1] / 2) ** ROOT),
    ("sqrt2-over-n", lambda n, k: 2**ROOT / n[k - 1]),
    ("two-over-sqrt", lambda n, k: 2 / n[k - 1] ** ROOT),
    ("xavier-no-sqrt", lambda n, k: 1 / n[k - 1]),
    ("own-size-xavier", lambda n, k: (1 / n[k]) ** ROOT),
    ("own-size-no-sqrt", lambda n, k: 2 / n[k]),
    ("only-sqrt2", lambda n, k: 2**ROOT),
    ("only-2", lambda n, k: 2),
    ("root-twice", lambda n, k: (2 / n[k - 1]) ** 0.25),
    ("squared", lambda n, k: (2 / n[k - 1]) ** 2),
    ("last-size", lambda n, k: (2 / n[-1]) ** ROOT),
    ("two-back", lambda n, k: (2 / n[k - 2]) ** ROOT),
    ("off-by-one", lambda n, k: (2 / (n[k - 1] + 1)) ** ROOT),
    ("layer-number", lambda n, k: (2 / k) ** ROOT),
    ("layer-count", lambda n, k: (2 / (len(n) - 1)) ** ROOT),
    ("layer-count", lambda n, k: (2 / len(n)) ** ROOT),
    ("product", lambda n, k: (2 * n[k - 1]) ** ROOT),
    ("product", lambda n, k: (2 / (n[k - 1] * n[k])) ** ROOT),
    ("half", lambda n, k: (1 / (2 * n[k - 1])) ** ROOT),
    ("inverted-no-sqrt", lambda n, k: n[k - 1] / 2),
    ("two-over-sqrt", lambda n, k: 2 * n[k - 1] ** ROOT),
    ("negative", lambda n, k: -((2 / n[k - 1]) ** ROOT)),
)
RANDOM_FACTORS = (
    ("unscaled", lambda n, k: 1),
    ("small", lambda n, k: 0.01),
    ("power", lambda n, k: 0.1),
    ("times-100", lambda n, k: 100),
    ("he", lambda n, k: (2 / n[k - 1]) ** ROOT),
    ("times-10-and-he", lambda n, k: 10 * (2 / n[k - 1]) ** ROOT),
    ("xavier", lambda n, k: (1 / n[k - 1]) ** ROOT),
    ("root-10", lambda n, k: 10**ROOT),
    ("layer-number", lambda n, k: 10 * k),
    ("layer-number", lambda n, k: 10**k),
    ("by-size", lambda n, k: 10 * n[k]),
    ("by-size", lambda n, k: 10 * n[k - 1]),
    ("by-size", lambda n, k: 10 / n[k - 1]),
    ("by-size", lambda n, k: n[k - 1]),
    ("negative", lambda n, k: -10),
)
# fmt: on


def scale_rule(factor):
    """A rule: every layer is the expected draws times this factor."""

    def rule(one):
        layers = range(1, len(one.dims))
        return one.ratios is not None and all(
            abs(ratio - factor(one.dims, layer)) <= 1e-5 * abs(ratio) for ratio, layer in zip(one.ratios, layers)
        )

    return rule


# The rules for other numbers, in the order in which they are tried.


def all_zero(one):
    """Every W that is wrong is zero."""
    return not any(weight.any() for weight in one.wrong)


def constant(one):
    """Every W that is wrong holds one number only (those of a single entry alone say nothing)."""
    return any(w.size > 1 for w in one.wrong) and all((w == w.flat[0]).all() for w in one.wrong)


def squared_or_more(one):
    """The draws were raised to the power of 10 or 2."""
    return any(proportional(one.weights, [draw**power for draw in one.draws]) for power in (10, 2))


def added(one):
    """A number was added to the draws, where a factor belongs."""
    lines = [straight_line(weight, draw) for weight, draw in zip(one.weights, one.draws) if weight.size > 2]
    return bool(lines) and all(slope and abs(slope - 1) < 1e-4 for slope in lines)


def shifted(one):
    """A number was added to the draws, and they are scaled as well."""
    lines = [straight_line(weight, draw) for weight, draw in zip(one.weights, one.draws) if weight.size > 2]
    return bool(lines) and all(lines)


def divided_by_draws(one):
    """Something was divided by the draws."""
    return proportional(one.weights, [1 / draw for draw in one.draws])


def rounded(one):
    """The expected numbers with too few digits."""
    expected = [one.answer.expected[name] for name in one.answer.names("W")]
    near = all(np.abs(w - e).max() <= 2e-3 * np.abs(e).max() for w, e in zip(one.weights, expected))
    cut = [how for how in (np.round, np.trunc, np.floor, np.ceil) if same_all(one.weights, map(how, expected))]
    few = any(same_all(one.weights, [np.round(e, digits) for e in expected]) for digits in range(1, 7))
    return near or few or bool(cut)


def unsigned(one):
    """The expected numbers without their signs."""
    return proportional(one.weights, [np.abs(draw) for draw in one.draws])


def restarted(one):
    """Each layer begins with the first draw of a seed (layers of one or two entries say nothing)."""
    large = [(weight, place) for weight, place in zip(one.weights, one.places) if weight.size > 2]
    if len(one.weights) < 2 or not large:
        return False
    return all(place == 0 or seed_of([weight], SEEDS) is not None for weight, place in large)


def turned(one):
    """Drawn as (n_(l-1), n_l) and turned, which is to fill column by column."""
    return proportional(one.weights, [draw.reshape(draw.shape[::-1]).T for draw in one.draws])


def backwards(one):
    """The last layer is drawn first."""
    flat, sizes_back = stream(3, total(one.dims)), sizes(one.dims)[::-1]
    return proportional(one.weights, cut(flat, sizes_back)[::-1])


def extra_draws(one):
    """The numbers are those of the seed, but with gaps."""
    places = [place for weight, place in zip(one.weights, one.places) if weight.size > 2]
    return bool(places) and None not in places and places == sorted(set(places))


def scattered(one):
    """Each layer holds its own draws, at other places."""
    large = [(w, d) for w, d in zip(one.weights, one.draws) if w.size > 2]
    return bool(large) and all(same_but_for_order(w, d) for w, d in large)


def uniform(one):
    """Uniform numbers: those of the seed, shifted and scaled, or others that fill an interval from 0."""
    drawn = cut(legacy(3).random_sample(total(one.dims)), sizes(one.dims))
    large = [(weight, draw) for weight, draw in zip(one.weights, drawn) if weight.size > 2]
    if large and all(straight_line(weight, draw) for weight, draw in large):
        return True
    return all(w.min() >= 0 and w.max() < 2.5 * w.mean() and len(np.unique(w)) == w.size for w, _ in large)


def new_generator(one):
    """The numbers of a generator of the new style, seeded once or for each layer."""
    shapes_of, count = sizes(one.dims), total(one.dims)
    for kind, seed in NEW_GENERATORS:
        drawn = cut(np.random.Generator(getattr(np.random, kind)(seed)).standard_normal(count), shapes_of)
        if proportional(one.weights[:1], drawn[:1]):
            return True
    return False


def python_random(one):
    """The numbers of Python's own `random` module."""
    count, shapes_of = one.weights[0].size, sizes(one.dims)[:1]
    for method in ("gauss", "normalvariate"):
        for seed in (3, 0, 1, 42):
            draw = getattr(random.Random(seed), method)  # noqa: S311 - what a student may have used
            if proportional(one.weights[:1], cut(np.array([draw(0, 1) for _ in range(count)]), shapes_of)):
                return True
    return False


def other_seed(one):
    """The draws of another seed."""
    return seed_of(one.weights, one.seeds) is not None


def name_other_seed(answer, evidence):
    """Code for the draws of other seeds: the same one for every list, or not."""
    seeds = {seed_of(one.weights, one.seeds) for one in evidence}
    some_right = any(not list(wrong_calls(other)) for other in answer.siblings)
    return "seed-from-input" if len(seeds) > 1 or some_right else "other-seed"


ZERO_RULES = (("constant", constant),)
SCALES = {
    "he": tuple((code, scale_rule(factor)) for code, factor in HE_FACTORS),
    "random": tuple((code, scale_rule(factor)) for code, factor in RANDOM_FACTORS),
}
OTHER_NUMBERS = (
    ("zeros", all_zero),
    ("constant", constant),
    ("power", squared_or_more),
    ("power", added),
    ("shifted", shifted),
    ("power", divided_by_draws),
    ("rounded", rounded),
    ("sign", unsigned),
    ("seed-per-layer", restarted),
    ("filled-transposed", turned),
    ("backwards", backwards),
    ("extra-draws", extra_draws),
    ("misplaced", scattered),
    ("uniform", uniform),
    ("other-seed", other_seed),
    ("new-generator", new_generator),
    ("python-random", python_random),
)
UNSTABLE_CODES = {"no-seed", "seed-at-top", "seed-after-draw", "not-repeatable"}
WITH_RATIO = {"scale", "unknown", *(code for code, _ in HE_FACTORS + RANDOM_FACTORS)} - {"power"}
NEW_GENERATORS = (
    *((kind, seed) for kind in ("PCG64", "MT19937") for seed in (3, 0, 1, 42)),
    *((kind, 3) for kind in ("PCG64DXSM", "Philox", "SFC64")),
)
SEEDS = (*range(51), 99, 100, 101, 111, 123, 321, 333, 666, 777, 999, 1000, 1234, 12345, *range(2017, 2031))


# --- Small tools of the diagnosis ------------------------------------------------------------------------------------


def pairs(dims):
    """[(n_(l-1), n_l)] for every layer."""
    return list(zip(dims[:-1], dims[1:]))


def sizes(dims):
    """[(n_l, n_(l-1))] for every layer: the shapes of W."""
    return [(n, before) for before, n in pairs(dims)]


def total(dims):
    """How many weights there are."""
    return sum(n * before for before, n in pairs(dims))


@functools.lru_cache(maxsize=1)
def _generator():
    return np.random.RandomState()


def legacy(seed):
    """The generator of np.random.seed and np.random.randn, apart from the one that everybody shares."""
    generator = _generator()  # making one costs far more than seeding it
    generator.seed(seed)
    return generator


def stream(seed, count):
    """At least `count` draws of np.random.randn after np.random.seed(seed); read-only."""
    return _stream(seed, max(256, 1 << (int(count) - 1).bit_length()))


@functools.lru_cache(maxsize=256)
def _stream(seed, count):
    drawn = legacy(seed).standard_normal(count)
    drawn.flags.writeable = False
    return drawn


def cut(flat, shapes_of):
    """[Z1, ..., ZL]: a flat array, cut into arrays of these shapes, in their order."""
    ends = np.cumsum([rows * columns for rows, columns in shapes_of])
    return [flat[end - rows * columns : end].reshape(rows, columns) for end, (rows, columns) in zip(ends, shapes_of)]


def own_draws(answer, seed):
    """[Z1, ..., ZL] of a seed, in the shapes of W1, ..., WL."""
    return cut(stream(seed, total(answer.layers_dims)), sizes(answer.layers_dims))


def factor_between(got, drawn):
    """The one factor with got = factor * drawn in every entry, up to rounding; None where there is none."""
    square = float((drawn * drawn).sum())
    factor = float((got * drawn).sum()) / square if square else 0.0
    if not factor or not np.isfinite(factor):
        return None
    most = np.abs(got).max()
    close = np.abs(got - factor * drawn) <= 1e-5 * np.abs(factor * drawn) + min(2e-8, 1e-4 * most)
    return factor if close.all() else None


def ratios(got, drawn):
    """The factor of every layer, or None where a layer has none."""
    found = [factor_between(one, other) for one, other in zip(got, drawn)]
    return None if None in found else found


def proportional(got, drawn):
    """Whether every layer of `got` is `drawn` times one factor of its own (a layer of one entry alone says nothing)."""
    return sum(one.size for one in got) > len(got) and ratios(got, drawn) is not None


def straight_line(got, drawn):
    """The a with got = a * drawn + b in every entry; None where there is none."""
    return factor_between(got - got.mean(), drawn - drawn.mean())


def same_but_for_order(got, drawn):
    """Whether got = factor * drawn, once both are sorted."""
    ordered = np.sort(drawn, axis=None)
    return any(factor_between(np.sort(sign * got, axis=None), ordered) for sign in (1, -1))


def same_all(got, others_are):
    """Whether all arrays are equal, one by one."""
    return all(np.array_equal(one, other) for one, other in zip(got, others_are))


def place_in_stream(weight):
    """Where the numbers of a W lie side by side in the stream of seed 3, times one factor; None if nowhere."""
    if weight.size < 3 or not weight.flat[:2].all():
        return None
    flat, long = weight.ravel(), stream(3, 16384)
    near = np.abs(long[1:] * flat[0] - long[:-1] * flat[1]) <= 1e-4 * np.abs(long[:-1] * flat[1])
    for place in np.flatnonzero(near):
        piece = long[place : place + flat.size]
        if piece.size == flat.size and factor_between(flat, piece) is not None:
            return int(place)
    return None


def seed_of(got, seeds):
    """The seed among these whose draws they are, times one factor for each layer; None where none fits."""
    shapes_of, count = [one.shape for one in got], sum(one.size for one in got)
    first = got[0].ravel()[:8]
    draws = first_draws(tuple(seeds))[:, : first.size]
    factors = (draws * first).sum(axis=1) / (draws * draws).sum(axis=1)
    near = np.abs(factors[:, None] * draws - first).max(axis=1) <= 1e-4 * np.abs(first).max()
    for seed in np.array(seeds)[near].tolist():
        if ratios(got, cut(stream(seed, count), shapes_of)):
            return seed
    return None


@functools.lru_cache(maxsize=64)
def first_draws(seeds):
    """The first eight draws of each seed, one row for each."""
    return np.array([legacy(seed).standard_normal(8) for seed in seeds])


def others(answer):
    """The answers for the other lists."""
    return [other for other in answer.siblings if other is not answer]


def same_dictionary(answer):
    """Whether a call with this list returned the very object that another call returned."""
    mine = [call.live for call in answer.calls if isinstance(call.live, dict)]
    all_live = [call.live for other in answer.siblings for call in other.calls if isinstance(call.live, dict)]
    return any(sum(one is two for two in all_live) > 1 for one in mine)


def left_over(answer, extra):
    """Whether keys that are too many are those of a deeper list: a dictionary that remembers."""
    deeper = [other for other in others(answer) if extra <= other.expected.keys()]
    return any(call.returned.keys() == other.expected.keys() for other in deeper for call in other.calls[:1])


def same_for_another_list(answer):
    """Whether another list, of other sizes, gave exactly the same weights."""
    mine = answer.calls[0].returned
    first = numbers(mine.get("W1")) if isinstance(mine, dict) else None
    if first is None or first.ndim < 2:
        return False
    return any(
        isinstance(theirs, dict) and mine.keys() == theirs.keys() and same_arrays(mine, theirs)
        for other in others(answer)
        for theirs in [call.returned for call in other.calls[:1]]
        if [shape.shape for shape in answer.expected.values()] != [shape.shape for shape in other.expected.values()]
    )


def same_arrays(mine, theirs):
    """Whether two dictionaries with the same keys hold the same arrays."""
    return all(shape_of(mine[key]) == shape_of(theirs[key]) and np.array_equal(mine[key], theirs[key]) for key in mine)


def numbers(value):
    """The value as an array of floats, or None where it is not numeric."""
    if type(value) is np.ndarray and value.dtype == np.float64:
        return value
    if not isinstance(value, (np.ndarray, np.number, np.bool_, int, float, complex, list, tuple)):
        return None
    try:
        array = np.array(value)
        if array.dtype.kind not in "biufcO" or (array.dtype.kind == "c" and array.imag.any()):
            return None
        return (array.real if array.dtype.kind == "c" else array).astype(float)
    except (TypeError, ValueError, OverflowError):
        return None


def shape_of(value):
    """The shape of an array, a list or a number; None for whatever else."""
    if isinstance(value, np.ndarray):
        return value.shape
    values = numbers(value)
    return None if values is None else values.shape


# --- What a student reads: codes, and a table of sentences that could be translated ----------------------------------


class Problem:
    """What is wrong with an answer, as plain data; `render` turns it into the text that a student reads.

    Attributes
    ----------
    exercise : str
        The function's name.
    code : str
        A stable short name, for instance "he/no-sqrt".
    headline, why, next : str
        What is wrong, what was probably done, where to look. None of them tells a list of sizes or a value.
    general : str
        The headline without the number of a layer.
    facts : list of (str, str)
        Label and text of what was called, got and expected.
    """

    def __init__(self, answer, code, *facts, **fields):
        kind = short_name(answer)
        headline, why, next_step = TEXTS.get(f"{kind}/{code}") or TEXTS[code]
        self.exercise, self.code = answer.exercise, f"{kind}/{code}"
        self.headline, self.why = headline.format(**fields), why
        self.general = headline.format(**{**fields, "name": fields.get("name", "W")[0], "names": "W"})
        self.next = fields.get("next") or next_step
        self.facts = [("called", f"{answer.exercise}({answer.layers_dims})"), *facts]


def short_name(answer):
    """The last word of the exercise's name: zeros, random or he."""
    return answer.exercise.rsplit("_", 1)[-1]


def fact(label, phrase, **fields):
    """A row: its label, and a phrase with its gaps filled."""
    return label, WORDS[phrase].format(**fields)


def render(found, passed=()):
    """At most eight lines of text for a Problem."""
    rows = [*found.facts, ("why", found.why), ("next", found.next), ("passed", " · ".join(passed))]
    return layout(f"✗ {found.exercise}: {found.headline}", [*rows, ("code", found.code)])


def layout(headline, rows):
    """A headline, and below it each row that says something."""
    return "\n".join([headline, *(f"  {label:<9}  {text}" for label, text in rows if text)])


def short(number):
    """A number in four digits."""
    return f"{number:.4g}" if number else "0"


def clip(text, width=72):
    """The text, cut where it is too long for one line."""
    return text if len(text) <= width else text[: width - 1] + "…"


def listed(names):
    """'W1, W2 and W3'."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def article(value):
    """'a list', 'an int', for a type that Python or numpy knows; otherwise no name."""
    kind = type(value)
    if kind.__module__.split(".")[0] not in ("builtins", "numpy", "public_tests", "__main__", "collections") and not (
        isinstance(value, np.ndarray)
    ):
        return WORDS["something"]
    name = kind.__name__
    return ("an " if name[0].lower() in "aeiou" else "a ") + name


WORDS = {
    "line": " (line {line} of the cell)",
    "none": "none",
    "something": "something else",
    "no_numbers": "no numbers",
    "no_ratio": "varies",
    "then": ", then ",
    "got_a": "{type}; expected a dict",
    "got_want": "yours {got}; expected {want}",
    "got_want_shape": "yours has shape {got}; expected {want}",
    "not_there": "{name} is not there",
    "ratio": "yours / expected: {parts}",
}

FORMULA = "Compare your factor with the formula above the exercise."
SEED_ONCE = "Set the seed inside the function, once, before anything is drawn: that line was given."
ONE_DRAW = "Draw each W in one go, in the shape that it should have."
RANDN = "Use np.random.randn, as the text above the exercise says."
ANEW = "Make the dictionary inside the function, so that each call has its own."
GENERAL = "Use layers_dims for every size: the function must work for any list."
SIZES = "Which entries of layers_dims are the layer's own size and the size of the layer before it?"
SCALE = "the scale of {names} is wrong"
OTHER = "the weights are other numbers than expected"
UNSTABLE = "two calls with the same list give different weights"

# code: (what is wrong, what was probably done, where to look)
# fmt: off
TEXTS = {
    "raises": (
        "your function stopped with {type}{where}",
        "",
        "Read the message: it names what Python could not do.",
    ),
    "not-written": (
        "not written yet{where}",
        "The placeholder is still there.",
        "Write your two lines between the markers, run that cell, then run the test again.",
    ),
    "no-return": (
        "the function returned None",
        "A dictionary that is printed, or only assigned, is not returned.",
        "Look at the last line of the function: it should return parameters.",
    ),
    "wrong-return": (
        "the function did not return a dictionary",
        "The tests look for one dictionary, and nothing beside it.",
        "Look at the return line: it should return parameters, and only that.",
    ),
    # keys
    "empty": (
        "the dictionary is empty",
        "Nothing was assigned to it, or it was made anew at the end.",
        "Assign W and b of every layer to parameters inside the loop.",
    ),
    "keys": (
        "keys of the dictionary are missing",
        "Each layer needs one W and one b, numbered from 1 to L.",
        "Compare your keys with those in the docstring.",
    ),
    "keys-type": (
        "a key of the dictionary is not a text",
        "Keys are texts: a letter and the number of the layer, in one piece.",
        "Look at how the key is put together from the letter and the number.",
    ),
    "keys-case": (
        "the keys are spelled differently",
        "W is a capital letter and b a small one.",
        "Spell the keys as in the docstring.",
    ),
    "keys-spelling": (
        "the keys are spelled differently",
        "A key is the letter and the number, and nothing beside or between them.",
        "Spell the keys as in the docstring.",
    ),
    "keys-no-number": (
        "the keys have no layer number",
        "Every round of the loop then assigns to the same key.",
        "Put the number of the layer into the key, as the text str(l).",
    ),
    "keys-from-0": (
        "there are parameters for layer 0",
        "Layer 0 is the input: it has a size, but no weights.",
        "Look at where the loop begins: the layers are numbered from 1.",
    ),
    "keys-extra": (
        "the dictionary has keys too many",
        "Something else was stored in it than W and b of the layers.",
        "Return W1, b1 to WL, bL and nothing more.",
    ),
    "last-missing": (
        "the last layer is missing",
        "The loop stops one layer early.",
        "Look at where the loop ends: what does L count, and does range include its end?",
    ),
    "only-last": (
        "only the last layer came back",
        "The dictionary is made anew in every round of the loop, which throws the earlier layers away.",
        "Look for the line that makes the empty dictionary: it belongs above the loop.",
    ),
    "only-first": (
        "only layer 1 came back",
        "A return that stands inside the loop ends it after one round.",
        "Look at the indentation of the return line, and at where the loop ends.",
    ),
    "same-key": (
        "only W1 and b1 came back, and they are not those of layer 1",
        "Every round assigns to the same key: probably the digit 1 stands where the letter l should.",
        "Look closely at each 1 and each l in your two lines.",
    ),
    "only-weights": (
        "the biases are missing",
        "Only the W were put into the dictionary.",
        "Assign b of every layer as well.",
    ),
    "only-biases": (
        "the weights are missing",
        "Only the b were put into the dictionary.",
        "Assign W of every layer as well.",
    ),
    # one call and the next
    "hard-coded": (
        "the answer is the same for different lists",
        "Its sizes or numbers are fixed in the code, or layers_dims is set anew inside the function.",
        GENERAL,
    ),
    "overwritten": (
        "the answer is the same for different lists",
        "It is computed, but not from the list passed in: layers_dims is set anew, or an earlier answer is kept.",
        "Look for a line that assigns to layers_dims, for sizes written as numbers, for a result that is stored.",
    ),
    "shared": (
        "all calls share one dictionary",
        "A call changes what earlier calls returned, or returns what they left behind.",
        ANEW,
    ),
    "changes-input": (
        "the list that was passed in is changed",
        "After the call, layers_dims is another list than before, also for whoever called.",
        "Only read layers_dims: no pop, append, del or sort, and no assignment to its entries.",
    ),
    # shapes and types
    "shape": (
        "the shape of {name} is wrong",
        "W has one row for each unit of its layer, and one column for each unit of the layer before.",
        SIZES,
    ),
    "transposed": (
        "the shape of {name} is reversed",
        "Rows belong to this layer's units, columns to those of the layer before.",
        "Look at the order of the two sizes.",
    ),
    "bias-flat": (
        "{name} is flat",
        "b has two axes: one row for each unit of its layer, and one column. A flat array has one axis only.",
        "np.zeros takes the shape as one tuple, of rows and columns. How many columns has b?",
    ),
    "bias-row": (
        "{name} is a row",
        "b is a column: one row for each unit of its layer.",
        "Look at the order of the two sizes.",
    ),
    "bias-scalar": (
        "{name} is a single number",
        "b has one entry for each unit of its layer, even if all are the same.",
        "np.zeros makes such a column; it takes the shape as one tuple.",
    ),
    "bias-length": (
        "the shape of {name} is wrong",
        "b has one row for each unit of its own layer, and one column.",
        "Which entry of layers_dims is the layer's own size?",
    ),
    "dtype": (
        "{name} holds numbers of another type",
        "The tests expect what numpy gives by itself: float64, numbers with about 16 digits.",
        "Look for a dtype, an astype or whole numbers where the array is made.",
    ),
    "container": (
        "{name} is not a plain numpy array",
        "It may hold the right numbers, but forward propagation needs an array.",
        "Let np.zeros or np.random.randn make it, and leave it as it comes.",
    ),
    "not-finite": (
        "{name} holds what is no finite number",
        "Somewhere a division by zero, or the root of a negative number, gave inf or nan.",
        "Look at what you divide by, and at what stands under the root.",
    ),
    # biases
    "bias": (
        "{name} is not zero",
        "Biases start at exactly zero, in all three exercises.",
        "Look at the line that makes b.",
    ),
    "bias-random": (
        "{name} is drawn at random",
        "Only the weights are drawn: they suffice to break the symmetry. Biases start at exactly zero.",
        "Look at the line that makes b: which function fills an array with zeros?",
    ),
    # seeds
    "no-seed": (
        UNSTABLE,
        "The numbers depend on what was drawn before. A seed above the function serves the first call only.",
        SEED_ONCE,
    ),
    "seed-at-top": (
        UNSTABLE,
        "The generator is made outside the function, so that only the very first call begins with its seed.",
        SEED_ONCE,
    ),
    "seed-after-draw": (
        UNSTABLE,
        "The seed is set after something was drawn, so that it serves the next draw, or the next call.",
        SEED_ONCE,
    ),
    "not-repeatable": (
        UNSTABLE,
        "They do not follow np.random.seed: they come from another generator, or one seeded by the clock.",
        "Keep the seed line as it was given, and draw with np.random.randn.",
    ),
    "seed-per-layer": (
        OTHER,
        "Every layer begins with a seed again: its numbers repeat those of another layer.",
        "Set the seed once, above the loop, and nowhere else.",
    ),
    "other-seed": (OTHER, "They are the draws of another seed than 3.", "Leave the seed line as it was given."),
    "seed-from-input": (
        OTHER,
        "They are the draws of a seed that depends on the list.",
        "Leave the seed line as it was given: the seed is always 3.",
    ),
    "new-generator": (
        OTHER,
        "They come from a generator of numpy's new style: a good one, but its numbers are not those compared.",
        "Keep the seed line as it was given, and draw with np.random.randn.",
    ),
    "python-random": (
        OTHER,
        "They come from Python's own random module, not from numpy.",
        "Keep the seed line as it was given, and draw with np.random.randn.",
    ),
    # scales
    "scale": (
        SCALE,
        "The draws are right, but they are multiplied by something that fits no mistake we know.",
        FORMULA,
    ),
    "xavier": (
        SCALE,
        "That is Xavier's factor. He uses 2 instead of 1, because ReLU zeroes half of the inputs.",
        FORMULA,
    ),
    "random/xavier": (SCALE, "That is Xavier's factor. Here all layers have the same one.", FORMULA),
    "no-sqrt": (
        SCALE,
        "That is the variance. Draws are multiplied by the standard deviation, which is its square root.",
        FORMULA,
    ),
    "own-size": (SCALE, "The layer's own size is used. What counts is how many numbers come in.", SIZES),
    "first-size": (SCALE, "The size of the input is used for all layers. Each has its own layer before it.", SIZES),
    "last-size": (SCALE, "The output's size is used for all layers. Each has its own layer before it.", SIZES),
    "two-back": (SCALE, "The size used is that of two layers before, not of the one before.", SIZES),
    "off-by-one": (SCALE, "The size of the layer before is used, plus one.", "Is the 1 in the index, or outside it?"),
    "layer-number": (SCALE, "The number of the layer is used, not its size.", SIZES),
    "random/layer-number": (SCALE, "The factor changes from layer to layer. Here all have the same one.", FORMULA),
    "layer-count": (SCALE, "The number of layers is used, not the size of the one before.", SIZES),
    "unscaled": (SCALE, "The draws are there, but the factor is missing.", FORMULA),
    "small": (SCALE, "They are multiplied by 0.01, for all layers. Small is not good in itself.", FORMULA),
    "random/small": (SCALE, "They are multiplied by 0.01. Here the weights should be large.", FORMULA),
    "small-and-he": (SCALE, "He's factor is there, and 0.01 as well.", FORMULA),
    "times-10": (SCALE, "The factor of exercise 2 is still there.", FORMULA),
    "times-10-and-he": (SCALE, "He's factor is there, and the 10 of exercise 2 as well.", FORMULA),
    "random/times-10-and-he": (SCALE, "The 10 is there, and He's factor of exercise 3 as well.", FORMULA),
    "times-100": (SCALE, "The factor is there twice.", FORMULA),
    "root-10": (SCALE, "The root of the factor is used, not the factor.", FORMULA),
    "by-size": (SCALE, "The factor depends on a layer's size. Here all layers have the same one.", FORMULA),
    "he": (SCALE, "That is He's factor, which belongs to exercise 3.", FORMULA),
    "glorot": (SCALE, "Both sizes are added, as Glorot does. He looks at the layer before alone.", FORMULA),
    "product": (SCALE, "Something is multiplied where it should be divided, or both sizes are used.", FORMULA),
    "half": (SCALE, "The 2 stands below the fraction line.", FORMULA),
    "inverted": (SCALE, "The fraction is upside down, or the draws are divided by the factor.", FORMULA),
    "inverted-no-sqrt": (SCALE, "The fraction is upside down, and the root is missing.", FORMULA),
    "sqrt2-over-n": (SCALE, "The root covers the numerator only.", "What stands under the root in the formula?"),
    "two-over-sqrt": (SCALE, "The root covers the size only, not the 2.", "What stands under the root in the formula?"),
    "xavier-no-sqrt": (SCALE, "The 2 is missing, and so is the root.", FORMULA),
    "own-size-xavier": (SCALE, "That is Xavier's factor, with the layer's own size.", FORMULA),
    "own-size-no-sqrt": (SCALE, "The layer's own size is used, and the root is missing.", FORMULA),
    "only-sqrt2": (SCALE, "The size of the layer before is missing from the factor.", FORMULA),
    "only-2": (SCALE, "The factor is 2 for every layer: the size and the root are missing.", FORMULA),
    "root-twice": (SCALE, "The root is taken twice.", FORMULA),
    "squared": (SCALE, "The factor is squared where its root should be taken.", FORMULA),
    "negative": (OTHER, "The sign of every weight is turned around.", "Look for a minus."),
    # other numbers
    "zeros": (
        "all weights are zero",
        "They are not drawn at all, or multiplied by 0: in Python, 2 // 7 is 0, and so is int(0.5).",
        "Look at the factor, and at the function that makes W.",
    ),
    "constant": (
        "the weights are not drawn at random",
        "Each W holds one number only, so that all units of a layer stay the same.",
        RANDN,
    ),
    "zeros/constant": (
        "the weights are not zero",
        "Every weight is the same number, but it is not 0.",
        "Look at the function that makes W: which one fills an array with zeros?",
    ),
    "not-zero": (
        "the weights are not zero",
        "In this exercise nothing is drawn at random.",
        "Look at the function that makes W: which one fills an array with zeros?",
    ),
    "power": (
        OTHER,
        "The draws are right, but the operation is not: a power, a sum or a quotient in place of a product.",
        "Which operation joins the draws and the factor?",
    ),
    "shifted": (
        OTHER,
        "They are the right draws, scaled and shifted: a number is added, so that their mean is not zero.",
        "Look for a sum, a difference or a loc.",
    ),
    "rounded": (
        OTHER,
        "They are the expected numbers with digits cut off.",
        "Look for a round, an int or an astype, or for numbers copied from the screen.",
    ),
    "sign": (
        OTHER,
        "They are the expected numbers without their signs.",
        "Weights may be negative: look for an abs, a square or a root of the draws.",
    ),
    "filled-transposed": (
        OTHER,
        "They are drawn in the reversed shape and turned, or column by column: same numbers, other places.",
        ONE_DRAW,
    ),
    "misplaced": (OTHER, "Each W holds the right numbers, but at other places.", ONE_DRAW),
    "backwards": (OTHER, "The layers are drawn from the last to the first.", "Draw layer 1 first, then layer 2, ..."),
    "extra-draws": (
        OTHER,
        "Something else is drawn before or between them, for instance a bias, which shifts all that follow.",
        "Draw each W once, and nothing else.",
    ),
    "uniform": (
        OTHER,
        "They are spread evenly over an interval; the exercise wants the normal distribution, which is a bell.",
        RANDN,
    ),
    "unknown": (
        OTHER,
        "They fit none of the mistakes that we know.",
        "Print W1 and compare it with the example in the notebook, entry by entry.",
    ),
}
# fmt: on

# For an exception whose type and text contain the first part: where to look.
HINTS = (
    ("NameError", "Is the name spelled right, and has the cell been run that defines it?"),
    ("UnboundLocalError", "A name is used in the function before anything is assigned to it."),
    ("'tuple' object cannot be interpreted", "np.random.randn takes rows and columns as two numbers, not as a tuple."),
    ("data type", "np.zeros takes the shape as one tuple: mind the double parentheses."),
    ("'type' object is not subscriptable", "A function is called with round brackets: str(l)."),
    ("concatenate str", "A number cannot be added to a text; str makes a text of it."),
    ("positional argument", "The tests call the function with one argument, the list layers_dims."),
    ("'list' object has no attribute", "layers_dims is a plain list: it has no shape; len gives its length."),
    ("unsupported operand type(s) for /", "Divide by one entry of layers_dims, not by the whole list."),
    (
        "'float' object cannot be interpreted",
        "A size must be a whole number: / gives a float, also if nothing remains.",
    ),
    ("IndexError", "layers_dims has the entries 0 to L. Which index goes beyond it?"),
    ("KeyError", "This key is not in the dictionary when it is looked up."),
    ("RecursionError", "The function calls itself without end."),
    ("AssertionError", "An assert in your own code did not hold: what does it compare?"),
)


# --- From a terminal: python public_tests.py [NOTEBOOK] --------------------------------------------------------------

NOTEBOOK = "initialization.ipynb"
GIVEN_FILES = {"init_utils.py": "10c20f7bc7645277c0d0ea0836896cbc046d5f339f1d2204687951fa558aeb30"}  # SHA-256
PLACEHOLDER = "raise NotImplementedError"
RUNS_ITS_REST = ("%%time", "%%capture", "%%prun")  # magics of a whole cell that run it as Python


def main(arguments):
    """Check the notebook that is named, or the one beside this file; 0 if all is well, 1 if not, 2 if there is none."""
    here = Path(__file__).resolve().parent
    found = [Path(name) for name in arguments] or sorted(here.glob("*.ipynb"))
    found = [path for path in found if path.name == NOTEBOOK] or found
    if len(found) != 1 or str(found[0]).startswith("-"):
        say(f"Which notebook? There are {len(found)} in {here}. Type: python public_tests.py NOTEBOOK.ipynb")
        return 2
    try:
        lines, good = check_notebook(found[0])
    except ValueError as error:
        say(error)
        return 2
    say("\n".join(lines))
    return 0 if good else 1


def say(text):
    """Print a text, in letters that the console has."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    text = str(text)
    try:
        text.encode(encoding)
    except UnicodeError:
        for sign, plain in (("✗", "x"), ("✓", "ok"), ("·", "-"), ("…", "...")):
            text = text.replace(sign, plain)
        text = text.encode(encoding, "replace").decode(encoding)
    print(text)


def check_notebook(path):
    """Test every exercise of a notebook.

    Parameters
    ----------
    path : str or Path
        The notebook. `init_utils.py` and `requirements.txt` are looked for beside it.

    Returns
    -------
    lines : list of str
        What to print; what to do first stands first.
    good : bool
        Whether every exercise passed every test.

    Raises
    ------
    ValueError
        If the file is not a notebook.
    """
    notebook = Notebook(path)
    notes = [*old_packages(notebook.folder), *changed_files(notebook.folder)]
    notebook.run()
    notes += given_cells_that_stopped(notebook)
    verdicts = {exercise: verdict_on(notebook, exercise) for exercise in REFERENCES}
    failed = [exercise for exercise, message in verdicts.items() if message]
    lines = [f"{notebook.path.name}, as it was saved on {notebook.saved}", *notes]
    for exercise, message in verdicts.items():
        lines += [message or f"✓ {exercise}: all tests passed"]
        lines += [f"  {'note':<9}  {text}" for text in saved_state(notebook, exercise, failed)]
    if failed or notes:
        first = (notes or [verdicts[failed[0]]])[0].splitlines()[0].lstrip("✗! ")
        lines.append(f"Do this first: {first}")
    else:
        lines.append("Before you hand in: Kernel > Restart Kernel and Run All Cells, look, and save.")
    return lines, not failed


class Notebook:
    """A saved notebook, whose own cells can be run without its tests and trainings.

    Attributes
    ----------
    cells : list of (int, dict)
        The code cells, each with its number among all cells.
    names : dict
        What the notebook defines, once it has run.
    stops : dict
        For each cell that stopped, by number: why.
    """

    def __init__(self, path):
        self.path, self.folder = Path(path), Path(path).resolve().parent
        try:
            cells = json.loads(self.path.read_text(encoding="utf-8"))["cells"]
            self.cells = [(number, cell) for number, cell in enumerate(cells, 1) if cell["cell_type"] == "code"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ValueError(
                f"{path} cannot be read as a notebook ({error}). Save it in Jupyter, try again."
            ) from error
        self.saved = time.strftime("%Y-%m-%d at %H:%M", time.localtime(self.path.stat().st_mtime))
        self.names, self.stops = {}, {}

    def run(self):
        """Run the cells from the top."""
        self.names.update({"__name__": "__main__", "display": print, "input": left_out})
        with working_in(self.folder):
            for number, cell in self.cells:
                if not is_test(cell) and "demonstration" not in tags(cell):
                    self.run_cell(number, text_of(cell))
                if grade_id(cell) == "model":
                    self.names["model"] = left_out  # a cell of the student's own may train as well

    def run_cell(self, number, source):
        """Run one cell; note why it stopped, if it did."""
        place = f"<cell {number}>"
        try:
            exec(compile_cell(source, place), self.names)  # noqa: S102 - the student's own code, on their machine
        except LeftOutError:
            pass
        except (Exception, SystemExit) as error:
            line = error.lineno if isinstance(error, SyntaxError) else line_in_cell(error)
            where = WORDS["line"].format(line=line) if line else ""
            text = error.msg if isinstance(error, SyntaxError) else " ".join(str(error).split())
            self.stops[number] = f"{type(error).__name__}{where}: {clip(str(text), 160)}"
        except KeyboardInterrupt:
            raise SystemExit(f"Stopped by you, while cell {number} of {self.path.name} was running.") from None

    def defining(self, exercise):
        """Numbers of the cells in which a function of this name is written."""
        return [
            number for number, cell in self.cells if re.search(rf"^\s*def {exercise}\b", text_of(cell), re.MULTILINE)
        ]


class LeftOutError(Exception):
    """Raised in place of a training, or of a question to the reader."""


def left_out(*_, **__):
    """Stand in for `model` and `input`."""
    raise LeftOutError


def text_of(cell):
    """A cell's source."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def marks_of(cell):
    """What nbgrader notes about a cell."""
    return cell.get("metadata", {}).get("nbgrader", {})


def grade_id(cell):
    """The cell's name, or "" for one that the student added."""
    return marks_of(cell).get("grade_id", "")


def tags(cell):
    """The cell's tags."""
    return cell.get("metadata", {}).get("tags", [])


def is_test(cell):
    """Whether a cell is one of nbgrader's tests."""
    return bool(marks_of(cell).get("grade") and not marks_of(cell).get("solution"))


def compile_cell(source, place):
    """Compile a cell as IPython would understand it: its indentation, magics and shell lines taken away."""
    lines = source.strip("\n").splitlines()
    if lines and lines[0].startswith("%%"):
        lines = ["", *lines[1:]] if lines[0].split()[0] in RUNS_ITS_REST else []
    indent = re.match(r"[ \t]*", lines[0])[0] if lines else ""
    lines = [line.removeprefix(indent) for line in lines]
    try:
        return compile("\n".join(lines), place, "exec")
    except SyntaxError:
        return compile("\n".join(map(without_magic, lines)), place, "exec")


def without_magic(line):
    """A line of Python in place of a magic, a shell line or a question for help."""
    line = re.sub(r"^(\s*)([%!?].*|[\w.]+\?{1,2}\s*)$", r"\1pass", line)
    return re.sub(r"^(\s*[\w, ]+=\s*)[%!].*$", r"\1None", line)


@contextlib.contextmanager
def working_in(folder):
    """Work in a folder, with its modules importable, drawing no window and printing nothing."""
    before, path, tests = os.getcwd(), list(sys.path), sys.modules.get("public_tests")
    os.environ.setdefault("MPLBACKEND", "Agg")
    os.chdir(folder)
    sys.path[:0] = [str(folder)]
    sys.modules["public_tests"] = sys.modules[__name__]
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        os.chdir(before)
        sys.path[:] = path
        if tests is not None:
            sys.modules["public_tests"] = tests


def verdict_on(notebook, exercise):
    """The message about one exercise; "" if it passed."""
    target = notebook.names.get(exercise)
    if not callable(target):
        why, next_step = not_defined(notebook, exercise)
        return layout(f"✗ {exercise}: not defined", [("why", why), ("next", next_step), ("code", "check/not-defined")])
    with working_in(notebook.folder):
        return first_message(examine(target, exercise, REFERENCES[exercise], CHECKS[f"{exercise}_public"]))


def not_defined(notebook, exercise):
    """(why, next) for an exercise whose name the notebook does not bind to a function."""
    if exercise in notebook.names:
        return f"A cell binds the name to {article(notebook.names[exercise])}.", "Use another name for that variable."
    cells = notebook.defining(exercise)
    for number in cells:
        if number in notebook.stops:
            return f"Its cell, number {number}, stopped with {notebook.stops[number]}", "Repair it, run it, save."
    if cells:
        return "Its definition lies inside something else, or in a cell that is left out.", "Move it out to the left."
    functions = [name for name, value in notebook.names.items() if callable(value)]
    near = difflib.get_close_matches(exercise, set(functions) - {*REFERENCES, *__all__}, 1, 0.8)
    if near:
        return f"There is a function {near[0]}; the names must be the same.", f"Name it {exercise}."
    return "No cell defines it: it was deleted, or the notebook is not saved.", "Save the notebook (Ctrl+S), try again."


def given_cells_that_stopped(notebook):
    """Lines about given cells, such as the imports, that do not run."""
    answers = {number for exercise in REFERENCES for number in notebook.defining(exercise)}
    for number, cell in notebook.cells:
        if number in notebook.stops and grade_id(cell) and number not in answers:
            yield f"✗ cell {number} ({grade_id(cell)}) stopped with {notebook.stops[number]}"


def old_packages(folder):
    """Lines about packages that `requirements.txt` wants newer, or that are not there."""
    path = folder / "requirements.txt"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    for name, lowest in re.findall(r"^(?!jupyter)([\w-]+)>=([\d.]+)", text, re.MULTILINE):
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            version = ""
        if numbered(version) < numbered(lowest):
            have = f"version {version} is installed" if version else "not installed"
            yield f"✗ {name}: {have}, {lowest} or newer is needed. Type: python -m pip install -r requirements.txt"


def numbered(version):
    """A version as a list of its numbers."""
    return [int(part) for part in re.findall(r"\d+", version)]


def changed_files(folder):
    """Lines about given files that are missing, or not as they were handed out."""
    for name, digest in GIVEN_FILES.items():
        path = folder / name
        if not path.is_file():
            yield f"✗ {name} is missing beside the notebook: take it from the archive again"
        elif hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest() != digest:
            yield f"! {name} was changed: we grade with ours, so take it from the archive again"


def saved_state(notebook, exercise, failed):
    """Hints from what the notebook remembers of earlier runs; they never decide anything."""
    counts = {number: cell.get("execution_count") for number, cell in notebook.cells}
    cells = notebook.defining(exercise)
    tests = [(n, cell) for n, cell in notebook.cells if is_test(cell) and f"{exercise}_test(" in text_of(cell)]
    if len(cells) > 1:
        yield f"Cells {listed([str(n) for n in cells])} both define it; the last one counts."
    if exercise in failed and any("All tests passed" in json.dumps(cell.get("outputs", [])) for _, cell in tests):
        yield "The saved output says passed: it comes from an earlier state. Restart the kernel and run all cells."
    ran = [counts[n] for n in cells if counts[n]]
    if cells and not ran and any(counts.values()):
        yield "Its cell has not been run since the notebook was opened or cleared."
    if ran and any(counts[n] and counts[n] < max(ran) for n, _ in tests):
        yield "Its cell was run again after its test: run the test cell once more."
    if exercise in failed and any(number in cells and PLACEHOLDER in text_of(cell) for number, cell in notebook.cells):
        yield "The placeholder is in the file. If you have written an answer, save the notebook, then run this again."


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
