"""What the public tests accept, what they refuse, and which points it costs."""

import numpy as np
import pytest


def answer(factor=lambda n, m: np.sqrt(2 / m), bias=lambda n: np.zeros((n, 1)), after=lambda value: value, seed=3):
    """Give a function for exercise 3 in which one thing may be otherwise."""

    def initialize_parameters_he(layers_dims):
        if seed is not None:
            np.random.seed(seed)
        parameters = {}
        for layer, (m, n) in enumerate(zip(layers_dims, layers_dims[1:], strict=False), 1):
            parameters[f"W{layer}"] = after(np.random.randn(n, m) * factor(n, m))
            parameters[f"b{layer}"] = bias(n)
        return parameters

    return initialize_parameters_he


def failed(results):
    """Names of the checks that failed."""
    return [result["name"] for result in results if not result["passed"]]


def points(results):
    """What was earned."""
    return sum(result["points"] for result in results)


def test_a_right_answer_earns_all_points(examined):
    """Nothing is refused in the key's own answer, and no message is left."""
    results = examined(answer())
    assert points(results) == 4
    assert not any(result["message"] or result["code"] or result["problems"] for result in results)


def test_each_mistake_costs_its_own_check_alone(examined):
    """Shapes are earned with a wrong scale, values with a wrong dtype, and so on."""
    assert failed(examined(answer(factor=lambda n, m: 1))) == ["weights"]
    assert failed(examined(answer(bias=np.zeros))) == ["shapes"]
    assert failed(examined(answer(bias=lambda n: np.ones((n, 1))))) == ["biases"]
    assert failed(examined(answer(after=lambda value: value.astype(np.float32)))) == ["arrays"]
    assert failed(examined(answer(after=lambda value: value.tolist()))) == ["arrays"]
    assert failed(examined(answer(after=np.ma.masked_array))) == ["arrays"]


@pytest.mark.parametrize("nothing", [{}, None, [], 3, "W1", {"W1": None}])
def test_nothing_to_look_at_earns_nothing(examined, nothing):
    """A check is earned only by something that holds."""
    assert points(examined(lambda dims: nothing)) == 0


def test_one_wrong_list_is_enough_to_lose_a_check(examined):
    """A check holds on every call, or it is not earned."""
    assert failed(examined(answer(factor=lambda n, m: 1 if m == 7 else np.sqrt(2 / m)))) == ["weights"]


def test_printed_precision_is_accepted_and_less_is_not(examined):
    """Eight digits after the point, as numpy prints them, are enough; five are not."""
    assert not failed(examined(answer(after=lambda value: np.round(value, 8))))
    assert failed(examined(answer(after=lambda value: np.round(value, 5)))) == ["weights"]


def test_zeros_and_biases_are_exact(examined):
    """-0.0 is 0, and nothing else is."""
    assert not failed(examined(answer(bias=lambda n: -np.zeros((n, 1)))))
    assert failed(examined(answer(bias=lambda n: np.full((n, 1), 1e-300)))) == ["biases"]


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_not_finite_is_refused(examined, value):
    """NaN equals nothing, and the message says so."""
    results = examined(answer(factor=lambda n, m: value))
    assert failed(results) == ["weights"]
    assert results[-1]["code"] == "he/not-finite"


def test_an_exception_fails_every_check_and_is_told_once(examined):
    """Type and line are named; after three exceptions the function is left alone."""
    calls = []

    def target(dims):
        calls.append(dims)
        raise ValueError("no such size")

    results = examined(target)
    assert points(results) == 0
    assert {result["code"] for result in results} == {"he/raises"}
    assert "stopped with ValueError" in results[0]["message"]
    assert "no such size" in results[0]["message"]
    assert len(calls) == 3


def test_the_generator_is_left_as_it_was(examined):
    """A test in the middle of a notebook does not change what is drawn after it."""
    np.random.seed(8)
    expected = np.random.randn(3)
    np.random.seed(8)
    examined(answer())
    assert np.array_equal(np.random.randn(3), expected)


def test_an_array_that_a_later_call_overwrites_is_seen_as_it_was_returned(examined):
    """In the notebook and in the judge alike, an answer is what came back at that moment."""
    kept = np.zeros(100)

    def target(dims):
        parameters = answer()(dims)
        size = parameters["b1"].size
        kept[:] = 0
        parameters["b1"] = kept[:size].reshape(size, 1)
        kept[size:] = 1
        return parameters

    assert not failed(examined(target))


def test_the_notebooks_line_prints_or_raises(public, capsys):
    """`All tests passed.` for a right answer; for a wrong one an error whose text is the message alone."""
    public.initialize_parameters_he_test(answer())
    assert capsys.readouterr().out == "All tests passed.\n"
    with pytest.raises(public.TestsFailedError) as caught:
        public.initialize_parameters_he_test(answer(seed=4))
    assert caught.value._render_traceback_() == str(caught.value).splitlines()
    assert [result["passed"] for result in caught.value.results] == [True, True, True, False]


def test_parameters_are_printed_whatever_comes_back(public, capsys):
    """The line above the test never hides the test's own message behind an error of its own."""
    public.print_parameters(lambda dims: {"b1": np.zeros((1, 1))}, [1, 1])
    public.print_parameters(lambda dims: None, [1, 1])
    public.print_parameters(lambda dims: 1 / 0, [1, 1])
    assert capsys.readouterr().out == "b1 = [[0.]]\nreturned None\nstopped with ZeroDivisionError\n"
