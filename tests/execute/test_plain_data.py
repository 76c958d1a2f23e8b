"""What crosses the channel, and that nothing else does."""

from __future__ import annotations

import collections.abc
import contextlib
import json
import math
import typing
from collections import Counter, OrderedDict, deque
from typing import Any, Callable  # noqa: UP035 - as students write it

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.execute.inside import frames
from autograder.execute.inside.frames import ChannelError
from autograder.execute.inside.objects import Objects
from autograder.execute.values import Values
from autograder.records import Handle, NotPlain


def encoded(objects, value):
    """The tree and the buffers of one value."""
    encoder = objects.encoder()
    return objects.tree(value, encoder), encoder.buffers


def through(value):
    """The value as it arrives in the judge after a box has sent it, by way of a real frame."""
    tree, buffers = encoded(Objects(), value)
    frame = frames.pack("reply", "nonce", tree, buffers)
    header, body = frames.lengths(frame[:12])
    message = frames.unpack(frame[12 : 12 + header], bytearray(frame[12 + header :]))
    assert len(message.buffers) == len(buffers)
    assert body == sum(map(len, buffers))
    return Values().decoder(message.buffers).value(message.payload)


def alike(left, right):
    """Equal in value and in exact type, all the way down."""
    if type(left) is not type(right):
        return False
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(alike, left, right))
    if isinstance(left, dict):
        return alike(list(left.items()), list(right.items()))
    if isinstance(left, np.ndarray):
        return left.dtype == right.dtype and left.shape == right.shape and left.tobytes() == right.tobytes()
    if isinstance(left, float):
        return (math.isnan(left) and math.isnan(right)) or (
            left == right and math.copysign(1, left) == math.copysign(1, right)
        )
    if isinstance(left, set | frozenset):
        return left == right
    return repr(left) == repr(right)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
keys = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    texts,
    st.binary(max_size=5),
    st.tuples(st.integers(), texts),
)
leaves = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(), st.complex_numbers(allow_nan=False), texts, st.binary(max_size=50)),
    st.builds(range, st.integers(-9, 9), st.integers(-9, 9), st.integers(1, 9)),
    st.sets(st.integers()), st.frozensets(texts), st.lists(st.floats(), min_size=16, max_size=40),
    st.lists(st.integers(-(2**63), 2**63 - 1), min_size=16, max_size=40),
    st.fractions(), st.decimals(), st.dates(), st.datetimes().map(lambda when: when.replace(fold=0)), st.timedeltas(), st.binary().map(bytearray),
    st.lists(st.integers()).map(deque), st.dictionaries(texts, st.integers()).map(OrderedDict), st.lists(texts).map(Counter),
    hnp.arrays(st.sampled_from(["f8", "f4", "f2", "i8", "i1", "u2", "?", "c16", "U3"]), hnp.array_shapes(min_dims=0, max_dims=3)),
)  # fmt: skip
values = st.recursive(
    leaves,
    lambda inner: st.one_of(st.lists(inner), st.tuples(inner, inner), st.dictionaries(keys, inner)),
    max_leaves=20,
)


@given(values)
@settings(deadline=None)
def test_plain_data_arrives_as_it_was(value):
    """Every kind of plain data comes through a frame with its exact type and value."""
    assert alike(through(value), value)


@pytest.mark.parametrize(
    ("value", "plain", "name"),
    [
        (type("MyDict", (dict,), {"items": None})(a=1), {"a": 1}, "MyDict"),
        (type("MyList", (list,), {"__iter__": None})([1, 2]), [1, 2], "MyList"),
        (type("MyStr", (str,), {"__str__": None})("x"), "x", "MyStr"),
        (type("MyFloat", (float,), {"__float__": lambda _: 9.0})(2.5), 2.5, "MyFloat"),
        (type("MyInt", (int,), {"__eq__": lambda *_: True, "__hash__": None})(7), 7, "MyInt"),
        (type("MySet", (set,), {})({1}), {1}, "MySet"),
    ],
)
def test_subclasses_arrive_reduced_and_named(value, plain, name):
    """A subclass is reduced by its base's own methods, whatever it overrides, and says what it was."""
    arrived = through(value)
    assert arrived == NotPlain(plain, name)
    assert type(arrived.value) is type(plain)


def test_array_subclasses_arrive_as_arrays_with_their_name():
    """A matrix, say, is its data, marked."""
    with pytest.warns(PendingDeprecationWarning):
        matrix = np.matrix([[1.0, 2.0]])
    assert alike(through(matrix).value, np.array([[1.0, 2.0]]))
    assert through(matrix).type == "matrix"


def test_odd_arrays_are_marked():
    """Object, long-double and foreign-endian arrays are not plain."""
    assert through(np.array([1, None], object)) == NotPlain([1, None], "ndarray of object")
    assert through(np.ones(2, np.longdouble)).type.startswith("ndarray of")
    assert alike(through(np.ones(2, ">f8")).value, np.ones(2))


def test_numpy_scalars_are_plain_and_numpy_text_keys_are_text():
    """`np.float64` stays what it is; `np.str_` as a key is str, and costs nothing."""
    assert type(through(np.float64(1.5))) is np.float64
    assert type(through(np.float32(1.5))) is np.float32
    arrived = through({np.str_("W1"): 1, np.int64(3): 2})
    assert arrived == {"W1": 1, 3: 2}
    assert list(map(type, arrived)) == [str, int]


def test_exceptions_arrive_as_they_are():
    """A builtin one with what it was made of, one of a class of its own with that and its bases, and with its cause."""

    class OddError(KeyError):
        pass

    found = through(OddError("a", 2))
    assert (found.type, found.message, found.args) == ("KeyError", "('a', 2)", ("a", 2))
    assert (found.kind.name, found.kind.bases) == ("OddError", (KeyError,))
    error = ValueError("no")
    error.__cause__ = OSError(2, "gone")
    plain = through(error)
    assert (plain.kind, plain.args, plain.number) == (ValueError, ("no",), None)
    assert (plain.cause.kind, plain.cause.args) == (FileNotFoundError, (2, "gone"))


def test_classes_of_data_go_by_their_names():
    """And no others: what can be called with a stranger's data stays in the box."""
    assert through([int, dict, ValueError]) == [int, dict, ValueError]
    assert all(type(value) is Handle for value in through([type, eval, print, Values]))


OF_TYPING = "List[int] Optional[str] Union[int,str,None] Dict[str,Any] Tuple[int,...] Literal['a',1] List Any Optional"


@pytest.mark.parametrize(
    "alias",
    [
        *(list[int], dict[str, list[float]], tuple[int, ...], int | None, set[int] | bytes | None, type[int]),
        *(eval(text, vars(typing)) for text in OF_TYPING.split()),
        *(Callable[[int, str], None], Callable[..., Any], collections.abc.Callable[[], int]),
        *(collections.abc.Iterable[str], collections.abc.Sequence, deque[int], Counter, np.ndarray, np.int8),
    ],
    ids=repr,
)
def test_annotations_arrive_as_they_are(alias):
    """Those of builtin classes and of each other."""
    assert through(alias) == alias
    assert type(through([alias])[0]) is type(alias)


def test_annotations_of_other_classes_stay():
    """What may be a student's, or has a text that `typing` would compile."""

    class Own:
        pass

    for alias in (list[Own], Own | None, Callable[[Own], int], eval("List['Own']", vars(typing)), list["Own"], Own):
        assert type(through(alias)) is Handle


def test_tables_and_masks_arrive_as_they_are():
    """Of types that cross by themselves, without gaps."""
    table = np.array([("a", 3, True), ("\u00e9", 4, False)], dtype=[("name", "U4"), ("n", "i2"), ("is", "?")])
    assert through(table).dtype == table.dtype
    assert (through(table) == table).all()
    assert through(table[0]) == table[0]
    masked = np.ma.masked_array([1.0, 2.0], mask=[False, True])
    assert type(through(masked)) is np.ma.MaskedArray
    assert through(masked).mask.tolist() == [False, True]
    assert through(np.ma.masked_array([1.0])).mask is np.ma.nomask
    for odd in ([("a", object)], [("a", "i4", (2,))], {"names": ["a"], "formats": ["i1"], "offsets": [3]}):
        assert type(through(np.zeros(2, np.dtype(odd)))) is NotPlain


def test_text_in_tables_must_be_text():
    """The same as in arrays of nothing else."""
    buffers = [memoryview(np.array([7, 0x110000], np.uint32).tobytes())]
    with pytest.raises(ChannelError):
        Values().decoder(buffers).value(["a", [["n", "int32"], ["x", "U1"]], [1], "C", 0])


def test_other_things_stay_as_handles_also_inside_of_containers():
    """A function in a list arrives as a handle, and the same one has the same number."""
    first, second = through([print, print])
    assert first == second == Handle(0, "builtin_function_or_method", callable=True)


@pytest.mark.parametrize("value", [np.zeros(9_000_000), "x" * 2_000_000, list(map(str, range(500_000)))])
def test_what_is_too_large_stays_in_the_box(value):
    """A value over the limits arrives as a handle, which can still be asked for its shape."""
    tree, buffers = encoded(Objects(), value)
    try:
        frames.pack("reply", "", tree, buffers)
    except frames.TooLarge:
        return
    assert tree[0] == "h"


def test_of_many_answers_the_same_bytes_travel_once():
    """One answer that cannot be sent leaves nothing behind, and costs no other one its place."""
    objects = Objects()
    encoder = objects.encoder(once=True)
    ones, ring = np.ones(3), [np.ones(3), np.zeros(3)]
    ring.append(ring)
    trees = [objects.tree(value, encoder) for value in ([ones, ones.copy()], ring, [np.zeros(3), ones])]
    assert [tree[0] for tree in trees] == ["l", "h", "l"]
    assert encoder.buffers == [ones.tobytes(), np.zeros(3).tobytes()]
    assert [part[-1] for part in (*trees[0][1:], *trees[2][1:])] == [0, 0, 1, 0]


def test_a_ring_stays_in_the_box():
    """A list that holds itself does not send the encoder round for ever."""
    ring: list = []
    ring.append(ring)
    assert isinstance(through(ring), Handle)


def test_lone_surrogates_are_shown_not_sent():
    """Text that UTF-8 cannot write arrives as its escape, marked."""
    assert through("\ud800") == NotPlain("'\\ud800'", "str with lone surrogates")


# --- the decoder against a hostile box ---

json_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-3, 9),
        st.integers(),
        st.floats(),
        st.text(max_size=5),
        st.sampled_from("IcbldLtsfrSeanohxEXKkgmPNv"),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=6), st.tuples(st.sampled_from("IcbldLtsfrSeanohxEXKkgmPNv"), inner, inner).map(list)
    ),
    max_leaves=30,
)


@given(json_values, st.lists(st.binary(max_size=24), max_size=4))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_tree_raises_anything_but_the_channels_error(tree, buffers):
    """Any JSON at all is either a value or a `ChannelError`."""
    with contextlib.suppress(ChannelError):
        Values().decoder([memoryview(bytearray(data)) for data in buffers]).value(tree)


@given(st.binary(max_size=200), st.binary(max_size=50))
@settings(deadline=None)
def test_no_bytes_raise_anything_but_the_channels_error(header, body):
    """Any bytes in the place of a header are a message or a `ChannelError`."""
    with contextlib.suppress(ChannelError):
        frames.unpack(header, bytearray(body))


@given(st.binary(max_size=20))
def test_no_prefix_asks_for_more_than_the_limits(prefix):
    """The sizes in a prefix are within the limits before anything is allocated."""
    try:
        header, body = frames.lengths(prefix)
    except ChannelError:
        return
    assert header <= frames.MAX_HEADER
    assert body <= frames.MAX_BODY


@pytest.mark.parametrize(
    "tree",
    [
        ["d", "a", 1, "a", 2],
        ["s", 1, 1],
        ["d", ["l"], 1],
        "\ud800",
        ["a", "f8", [2**40, 2**40], "C", 0],
        ["a", "object", [1], "C", 0],
        ["a", "i8,(9999999)f8", [1], "C", 0],
        ["a", "float64", [-1], "C", 0],
        ["a", "float64", [True], "C", 0],
        ["L", "d", 7],
        ["b", -1],
        ["b", True],
        ["I", "0x" + "f" * 5 + "g"],
        ["r", 1, 2, 0],
        ["h", -1, "f", True],
        ["h", 0, "f"],
        ["k", 0],
        ["g", "os", "system"],
        ["g", "builtins", "eval"],
        ["g", "builtins", "open"],
        ["m", "os"],
        ["K", 0],
        ["P", "PosixPath", "/etc/passwd"],
        ["P", "PosixPath", 3, 0],
        ["P", "Path", "a", 0],
        ["R", "Pattern", ["t", "(a+)+b", 0]],
        ["O", ["t", 1], ["l", 1]],
        ["C", 0, "Odd", ["t"], ["t"]],
        ["F", 0, ["d"]],
        ["o", "array", ["t", "u", ["b", 0]]],
        ["o", "array", ["t", "i", "text"]],
        ["o", "UUID", ["t", "0"]],
        ["o", "MaskedArray", ["t", 1, None]],
        ["a", [], [0], "C", 0],
        ["a", [["x", "object"]], [0], "C", 0],
        ["a", [["x", "int8"], ["x", "int8"]], [0], "C", 0],
        ["a", [["x", [["y", "int8"]]]], [0], "C", 0],
        ["a", [["x"]], [0], "C", 0],
        ["a", [[3, "int8"]], [0], "C", 0],
        ["A", "os.system", None],
        ["A", "subprocess.Popen", ["t", 1]],
        ["A", "list", 3],
        ["A", "list", ["l", ["g", "builtins", "int"]]],
        ["A", "list", ["t", ["h", 0, "type", True]]],
        ["A", "list", ["t", "Text"]],
        ["A", "typing.List", ["t", "open('x', 'w')"]],
        ["A", "typing.Callable", ["t", ["l", "open('x', 'w')"], ["g", "builtins", "int"]]],
        ["A", "typing.Literal", ["t", ["h", 0, "type", True]]],
        ["A", "|", ["t"]],
        ["A", "|", None],
        ["A", "|", ["t", ["g", "builtins", "int"], 3]],
        ["A", "collections.abc.Hashable", ["t", ["g", "builtins", "int"]]],
        ["A", ["t"], None],
        ["o", "Fraction", ["t", 1, 0]],
        ["o", "Fraction", ["t", "1e999999999", 1]],
        ["o", "Fraction", ["t", ["I", "0x" + "f" * 9000], 1]],
        ["o", "Decimal", ["t", "1e999999"]],
        ["o", "date", ["t", 2024, 13, 1]],
        ["o", "OrderedDict", ["t", ["l", ["t", 1, 2]]]],
        ["o", "defaultdict", ["t", ["g", "builtins", "print"], ["d"]]],
        ["o", "PosixPath", ["t", "/etc"]],
        ["E", 0, "m", "Odd", ["l"]],
        ["E", -1, "m", "Odd", ["t"]],
        ["X", None, ["g", "builtins", "int"], "ValueError", "no", ["t"], None, ["d"]],
        ["X", None, ["g", "builtins", "ValueError"], "int", "no", ["t"], None, ["d"]],
        ["X", None, ["g", "builtins", "ValueError"], "ValueError", "no", ["l"], None, ["d"]],
        ["X", None, ["g", "builtins", "ValueError"], "ValueError", "no", ["t"], None, ["l"]],
        ["x", "Odd", 1, -1],
        ["N", 0, ["l"]],
        ["N", 2**31, ["l"]],
        ["N", 1],
        ["N", 1, ["t"]],
        ["N", 1, ["l", ["N", 1]]],
        ["l", ["N", 1, ["l"]], ["N", 1, ["l"]]],
        ["N", 1, ["v", ["a", "int8", [8], "C", 0], "int8", ["t", 8], 0, ["t", 1]]],
        ["N", 1, ["v", ["N", 2, ["a", "int8", [8], "C", 0]], "object", ["t", 8], 0, ["t", 1]]],
        ["N", 1, ["v", ["N", 2, ["a", "int8", [8], "C", 0]], "int8", ["t", 2**30, 2**30], 0, ["t", 0, 0]]],
        ["N", 1, ["v", ["N", 2, ["a", "int8", [8], "C", 0]], ["l", ["l", "x", "U2"]], ["t", 1], 0, ["t", 8]]],
        ["N", 1, ["v", ["N", 2, ["a", [["x", "int8"]], [8], "C", 0]], "int8", ["t", 8], 0, ["t", 1]]],
        {"a": 1},
        2**64,
        ["l"] * 0,
    ],
    ids=repr,
)
def test_what_the_encoder_never_writes_is_refused(tree):
    """Duplicate keys, absurd shapes, unknown types, numbers and tags: each is an error."""
    with pytest.raises(ChannelError):
        Values().decoder([memoryview(bytearray(8))]).value(tree)


def test_depth_and_costly_keys_are_limited():
    """Neither a deep list nor keys that collide hold the judge up."""
    deep: list = ["l"]
    for _ in range(100):
        deep = ["l", deep]
    colliding = ["d"]
    for number in range(3000):
        colliding += [["I", hex(2**63 + number * (2**61 - 1))], 0]
    for tree in (deep, colliding, json.loads("[" * 900 + "]" * 900)):
        with pytest.raises(ChannelError):
            Values().decoder([]).value(tree)


def test_what_is_copied_is_limited():
    """A buffer may be mentioned many times, and each mask or text of a table is made anew."""
    buffers = [memoryview(bytearray(frames.MAX_BODY))]
    table = ["a", [["n", "int32"], ["x", "U1"]], [frames.MAX_BODY // 8], "C", 0]
    masked = ["o", "MaskedArray", ["t", ["a", "int8", [frames.MAX_BODY], "C", 0], None]]
    for one in (table, masked):
        with pytest.raises(ChannelError):
            Values().decoder(buffers).value(["l", *[one] * 5])


def test_text_in_arrays_must_be_text():
    """A buffer of numbers that are no code points is refused before NumPy makes text of it."""
    with pytest.raises(ChannelError):
        Values().decoder([memoryview(bytearray(b"\xff" * 4))]).value(["a", "U1", [1], "C", 0])


def test_odd_type_names_are_cleaned():
    """A type's name cannot carry terminal escapes or direction marks into a report."""
    kind = type("\x1b[31mred\u202e" + "x" * 500, (), {})
    name = through(kind()).type
    assert name.isprintable()
    assert len(name) <= 100
