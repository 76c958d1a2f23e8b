"""What students read: short, plain, and the same wherever it is shown."""

import os
import re
from pathlib import Path

import numpy as np
import pytest

GOLDEN = Path(__file__).parent / "messages.txt"


def build(weights, bias=lambda n: np.zeros((n, 1)), begin=lambda dims: np.random.seed(3), key="W"):
    """Give a function for exercise 2 or 3."""

    def target(layers_dims):
        begin(layers_dims)
        parameters = {}
        for layer, (m, n) in enumerate(zip(layers_dims, layers_dims[1:], strict=False), 1):
            parameters[f"{key}{layer}"] = weights(n, m)
            parameters[f"b{layer}"] = bias(n)
        return parameters

    return target


def he(n, m):
    """Give the right weights of exercise 3."""
    return np.random.randn(n, m) * np.sqrt(2 / m)


SAMPLES = {
    "Xavier's factor": build(lambda n, m: np.random.randn(n, m) * np.sqrt(1 / m)),
    "no root": build(lambda n, m: np.random.randn(n, m) * 2 / m),
    "a factor that nobody knows": build(lambda n, m: np.random.randn(n, m) * (0.83 if m > 4 else np.sqrt(2 / m))),
    "rows and columns reversed": build(lambda n, m: he(m, n)),
    "flat bias": build(he, bias=np.zeros),
    "random bias": build(he, bias=lambda n: np.random.randn(n, 1)),
    "no seed": build(he, begin=lambda dims: None),
    "small w in the keys": build(he, key="w"),
    "the last layer missing": lambda dims: build(he)(dims[:-1]),
    "an exception": build(lambda n, m: np.random.randn((n, m))),
    "numbers of unknown origin": build(lambda n, m: np.random.standard_t(3, (n, m))),
}


@pytest.fixture(scope="module")
def messages(examined, public):
    """Give the message about each sample."""
    np.random.seed(8)  # the first calls meet the generator as it is
    return {name: public.first_message(examined(target)) for name, target in SAMPLES.items()}


def test_golden_messages(messages):
    """Each of these says what to change; `make goldens` writes them anew, to be read as a first-time reader would."""
    text = "\n\n".join(f"# {name}\n{message}" for name, message in messages.items()) + "\n"
    if os.environ.get("UPDATE_GOLDENS"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_messages_are_short(messages):
    """Eight lines at most, each of which fits a screen."""
    for message in messages.values():
        lines = message.splitlines()
        assert 5 <= len(lines) <= 8
        assert max(map(len, lines)) <= 120


def test_messages_say_what_where_and_which_code(messages):
    """Every message has a headline with a word beside the sign, a next step and a stable code at its end."""
    for message in messages.values():
        lines = message.splitlines()
        assert re.match(r"✗ initialize_parameters_he: \w", lines[0])
        assert any(line.startswith("  next ") for line in lines)
        assert re.fullmatch(r"  code {7}he/[a-z0-9-]+", lines[-1])


def test_an_unsure_diagnosis_says_so_and_shows_the_ratio(messages):
    """Nobody is told a cause that is only guessed."""
    message = messages["a factor that nobody knows"]
    assert "fits no mistake we know" in message
    assert "W1 1.553 · W2 1.312 · W3 1" in message
    assert "none of the mistakes that we know" in messages["numbers of unknown origin"]


def test_only_the_first_cause_is_told(messages):
    """Random biases shift the weights too; the student reads about the biases."""
    assert messages["random bias"].splitlines()[-1].endswith("he/bias-random")
    assert "other numbers" not in messages["random bias"]


def test_every_code_has_its_sentences(public):
    """A table of plain strings that could be translated; what a rule can find is in it."""
    found = {code for rules in (public.ZERO_RULES, *public.SCALES.values(), public.OTHER_NUMBERS) for code, _ in rules}
    text = Path(public.__file__).read_text(encoding="utf-8")
    found |= set(re.findall(r'Problem\(answer, "([a-z0-9-]+)"', text)) | set(re.findall(r'return "([a-z0-9-]+)"', text))
    known = {code.rsplit("/", 1)[-1] for code in public.TEXTS}
    assert found - {"ratio"} <= known
    assert len(known) >= 60
    assert all(isinstance(part, str) for parts in public.TEXTS.values() for part in parts)


def test_reasons_name_no_list_and_hand_over_no_line(public):
    """What hidden tests show of a cause holds no sizes, no values and no solution."""
    for _, why, next_step in public.TEXTS.values():
        assert not re.search(r"\[\d|\d\.\d{2,}|layers_dims\[|\(layers_dims|{", why.replace("0.01", "") + next_step)


def test_names_of_the_wrong_arrays_are_those_that_differ(examined, public):
    """An answer that is right in the first layer is not blamed for it."""
    target = build(lambda n, m: np.random.randn(n, m) * (np.sqrt(2 / m) if m == 7 else 1))
    assert "the scale of W2 and W3 is wrong" in public.first_message(examined(target))
