"""Values of the standard library come back equal and of the same type, inline and as files."""

from __future__ import annotations

import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import math
import pathlib
import uuid
import zoneinfo

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.artifacts import ArtifactStore, decode, encode


class Colour(enum.Enum):
    RED = 1


class Level(enum.IntEnum):
    HIGH = 3


@dataclasses.dataclass
class Result:
    score: float
    rest: object = None


Pair = collections.namedtuple("Pair", "left right")
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")

VALUES = [
    ("json", None),
    ("json", True),
    ("json", -1),
    ("json", 2**200),
    ("json", 0.1),
    ("json", -0.0),
    ("json", "text ✓"),
    ("json", [1, [2.5, {"a": None, "": [[]]}]]),
    ("text", "long" * 50_000),
    ("bytes", b"\x00\xff" * 50_000),
    ("typed", math.inf),
    ("typed", {"loss": -math.inf}),
    ("typed", [2**70, (1,)]),
    ("typed", (1, ("a", []), {})),
    ("typed", {1, 2}),
    ("typed", frozenset({"a", (1, 2)})),
    ("typed", {1: "int", ("a", 2): "tuple", None: "none", False: 1.5}),
    ("typed", {"raw": b"bytes", "array": bytearray(b"x")}),
    ("typed", datetime.datetime(2025, 10, 26, 2, 30, fold=1, tzinfo=BERLIN)),
    ("typed", datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)),
    ("typed", [datetime.date(2025, 1, 1), datetime.time(1, 2), datetime.timedelta(days=-1, microseconds=3)]),
    ("typed", {"d": decimal.Decimal("1.10"), "f": fractions.Fraction(1, 3), "u": uuid.UUID(int=5), "c": 1 + 2j}),
    ("typed", [pathlib.Path("/a/b"), pathlib.PurePosixPath("c"), range(3), slice(1, None)]),
    ("typed", pendulum.datetime(2025, 1, 1, tz="Europe/Paris")),
    ("typed", [pendulum.duration(days=2), pendulum.date(2025, 1, 1)]),
    ("cloudpickle", Colour.RED),
    ("cloudpickle", Level.HIGH),
    ("cloudpickle", Result(1.5)),
    ("cloudpickle", Pair(1, 2)),
    ("cloudpickle", collections.OrderedDict(a=1)),
    ("cloudpickle", collections.Counter("aab")),
    ("cloudpickle", "lone \ud800 surrogate"),
    ("tree", {"colour": Colour.RED, "pair": [Pair(1, 2)]}),
]


@pytest.mark.parametrize(("codec", "value"), VALUES, ids=[f"{codec}{n}" for n, (codec, _) in enumerate(VALUES)])
@pytest.mark.parametrize("limit", [64 * 1024, 0], ids=["inline", "file"])
def test_comes_back_equal_and_of_the_same_type(trip, codec, value, limit):
    again, encoded = trip(value, limit)
    assert (again, type(again), encoded.codec) == (value, type(value), codec)
    assert (encoded.inline is None) == (encoded.artifact is not None)


def test_types_inside_containers_are_kept(trip):
    value = {"level": Level.HIGH, "flag": True, "one": 1, "float": 1.0, "items": [(1,), [1]]}
    again, _ = trip(value)
    assert [type(item) for item in again.values()] == [Level, bool, int, float, list]
    assert [type(item) for item in again["items"]] == [tuple, list]


def test_nan_comes_back_as_nan(trip):
    again, _ = trip({"loss": [1.0, math.nan, None]})
    assert math.isnan(again["loss"][1])
    assert again["loss"][2] is None


def test_a_list_that_holds_itself(trip):
    value: list[object] = [1]
    value.append(value)
    again, _ = trip(value)
    assert again[1] is again


def test_functions_and_classes_made_on_the_spot(trip):
    class Local:
        def __init__(self, x: int) -> None:
            self.x = x

    factor = 3
    (times, made), _ = trip((lambda x: x * factor, Local(5)))
    assert (times(2), made.x) == (6, 5)


atoms = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
    | st.decimals(allow_nan=False)
    | st.datetimes(timezones=st.timezones() | st.none())
    | st.timedeltas()
    | st.uuids()
)
keys = st.text() | st.integers() | st.tuples(st.integers(), st.text())


def containers(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(keys, inner) | st.sets(st.integers() | st.text())


@given(st.recursive(atoms, containers, max_leaves=12), st.sampled_from([0, 64, 1 << 16]))
def test_anything_like_json_and_more(tmp_path_factory, value, limit):
    store = ArtifactStore(tmp_path_factory.getbasetemp() / "any")
    again = decode(encode(value, store, inline_limit_bytes=limit), store)
    assert again == value
    assert exactly(again) == exactly(value)


def exactly(value: object) -> object:
    """The value with its types spelled out, since 1 == True == 1.0; sets in no order."""
    match value:
        case dict():
            return [(exactly(key), exactly(item)) for key, item in value.items()]
        case list() | tuple():
            return type(value), [exactly(item) for item in value]
        case set():
            return set, frozenset(map(exactly, value))
        case _:
            return type(value), repr(value)


@given(st.sets(st.integers() | st.text()))
def test_equal_sets_have_equal_hashes(value):
    store = ArtifactStore("/nonexistent")
    shuffled: set[object] = set()
    for item in sorted(value, key=repr):
        shuffled.add(item)
    first, second = (encode(each, store, inline_limit_bytes=1 << 30) for each in (value, shuffled))
    assert first.hash == second.hash
