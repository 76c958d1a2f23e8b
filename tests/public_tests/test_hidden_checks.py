"""The hidden checks: what they ask, what they cost, and how little they give away."""

import random
import re

import numpy as np
import pytest


def he(factor=lambda n, m, dims: np.sqrt(2 / m), changed=lambda parameters, dims: parameters):
    """Give a function for exercise 3 that notes what it was asked."""

    def target(layers_dims):
        np.random.seed(3)
        target.asked.append((list(layers_dims), state))
        parameters = {}
        for layer, (m, n) in enumerate(zip(layers_dims, layers_dims[1:], strict=False), 1):
            parameters[f"W{layer}"] = np.random.randn(n, m) * factor(n, m, layers_dims)
            parameters[f"b{layer}"] = np.zeros((n, 1))
        return changed(parameters, layers_dims)

    state = None
    target.asked = []
    return target


def printed(hidden, target, capsys):
    """What a student reads, and the marks."""
    capsys.readouterr()
    marks = hidden.marks("initialize_parameters_he_hidden", target)
    return marks, capsys.readouterr().out


def test_a_right_answer_earns_six_points_in_silence(hidden, capsys):
    """The marks are a number for nbgrader, with every check's outcome beside it."""
    marks, text = printed(hidden, he(), capsys)
    assert marks == 6
    assert repr(marks) == "6.0"
    assert text == ""
    assert [result["name"] for result in marks.results] == ["shapes", "arrays", "biases", "weights"]


def test_every_list_is_asked_twice_in_another_order(hidden, capsys):
    """The named lists are all there, and some that nobody has seen before."""
    target = he()
    printed(hidden, target, capsys)
    lists = [tuple(dims) for dims, _ in target.asked]
    half = len(lists) // 2
    assert sorted(lists[:half]) == sorted(lists[half:])
    assert lists[:half] != lists[half:]
    assert {tuple(dims) for dims in hidden.NAMED_LISTS} < set(lists)


def test_each_call_meets_another_state_of_the_generator(hidden, public, monkeypatch):
    """A function without a seed never returns the same numbers twice."""
    met = []
    seed = np.random.seed
    monkeypatch.setattr(np.random, "seed", lambda value: (met.append(value), seed(value)))
    hidden.marks("initialize_parameters_zeros_hidden", lambda dims: {})
    assert len(met) == len(set(met)) >= 2 * len(hidden.NAMED_LISTS)


def test_fresh_lists_follow_the_seed_of_the_grading(hidden, capsys):
    """The same seed asks the same lists in the same order, so that a result can be repeated; another does not."""
    asked = []
    for seed in ("one", "one", "two"):
        random.seed(seed)
        target = he()
        printed(hidden, target, capsys)
        asked.append(target.asked)
    assert asked[0] == asked[1] != asked[2]


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (lambda dims: len(dims) > 4, "for networks deeper than three layers"),
        (lambda dims: len(dims) > 10, "for networks with ten or more layers"),
        (lambda dims: max(dims) > 127, "for layers of more than 127 units"),
        (lambda dims: len(set(dims)) < len(dims), "where a size is repeated"),
        (lambda dims: 1 in dims[1:-1], "where a hidden layer has one unit"),
        (lambda dims: len(dims) == 2, "for networks with one layer"),
        (lambda dims: True, "for every list of layer sizes"),
        (lambda dims: dims == [2, 10, 5, 1], "for some lists of layer sizes"),
        (lambda dims: dims != [2, 10, 5, 1], "for most lists of layer sizes"),
    ],
)
def test_the_property_is_one_that_exactly_the_failing_lists_have(hidden, capsys, broken, words):
    """Its name is true, and where none fits nothing is claimed."""
    target = he(factor=lambda n, m, dims: np.sqrt(2 / m) * (1.7 if broken(dims) else 1))
    marks, text = printed(hidden, target, capsys)
    assert marks == 2.5
    assert text.splitlines()[0] == f"✗ initialize_parameters_he: fails {words}"


def test_a_message_gives_neither_lists_nor_values_away(hidden, capsys):
    """No brackets, no decimals, no number of a layer, and nothing of an exception but its type and line."""

    def explodes(dims):
        raise ValueError(f"secret {dims}")

    wrong = [
        he(factor=lambda n, m, dims: 0.77),
        he(changed=lambda parameters, dims: {**parameters, "b1": parameters["b1"] + 0.123}),
        he(changed=lambda parameters, dims: {**parameters, "W1": parameters["W1"].T}),
        he(changed=lambda parameters, dims: {key: value for key, value in parameters.items() if key != "b2"}),
        he(changed=lambda parameters, dims: {key: value.astype(int) for key, value in parameters.items()}),
        explodes,
    ]
    for target in wrong:
        marks, text = printed(hidden, target, capsys)
        assert marks < 6
        assert text
        assert not re.search(r"\[|\d\.\d|W\d|secret|yours", text.replace("W1, b1 to WL, bL", "")), text


def test_partial_credit(hidden, capsys):
    """The shapes count though the scale is wrong; structure alone is worth less than half."""
    marks, _ = printed(hidden, he(factor=lambda n, m, dims: 1), capsys)
    assert marks == 2.5
    assert 1.5 + 2.5 <= 4  # with the public structure checks


def test_public_and_hidden_checks_ask_for_the_same(hidden, public):
    """The sentences differ by the lists that they speak of."""
    for name, checks in public.CHECKS.items():
        twins = hidden.CHECKS[name.replace("_public", "_hidden")]
        for one, twin in zip(checks, twins, strict=True):
            assert one.name == twin.name
            assert " ".join(twin.__doc__.split()).startswith(" ".join(one.__doc__.split()).rstrip("."))
