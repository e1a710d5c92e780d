"""What differs between two values."""

from __future__ import annotations

from typing import Any

import numpy
import pandas
import pytest

from tradewind.artifacts import ArtifactStore, encode
from tradewind.artifacts.difference import difference


class Model:
    def __init__(self, weight: float) -> None:
        self.weight = weight


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (1, 1, ()),
        (0.5, 0.75, ("0.5 → 0.75 (+0.25)",)),
        ({"a": 1, "b": [1, 2]}, {"a": 1, "b": [1, 3]}, ("b[1]: 2 → 3 (+1)",)),
        ({"a": 1}, {"c": 1}, ("a: 1 → not there", "c: not there → 1")),
        ([1, 2], [1], ("length: 2 → 1 items",)),
        ("a", 1, ("type str → int",)),
        (float("nan"), float("nan"), ()),
        (numpy.arange(3.0), numpy.array([0.0, 1.0, 5.0]), ("1 of 3 values differ, by up to 3",)),
        (numpy.arange(3.0), numpy.arange(4.0), ("shape (3,) → (4,)",)),
        (
            pandas.DataFrame({"x": [1.0, 2.0], "y": ["a", None]}),
            pandas.DataFrame({"x": [1.0, 2.5], "y": ["a", None]}),
            ("column x: 1 of 2 rows differ, by up to 0.5",),
        ),
        (
            pandas.DataFrame({"x": [1]}),
            pandas.DataFrame({"z": [1]}),
            ("column x: int64 → not there", "column z: not there → int64"),
        ),
    ],
    ids=["same", "number", "nested", "keys", "length", "type", "nan", "array", "shape", "frame", "columns"],
)
def test_what_differs_is_said(store: ArtifactStore, old: Any, new: Any, lines: tuple[str, ...]) -> None:
    before, after = (encode(one, store, inline_limit_bytes=1_000_000) for one in (old, new))
    assert difference(before, after, store) == lines


def test_of_an_object_the_attributes_are_told(store: ArtifactStore) -> None:
    before, after = (encode(Model(one), store, inline_limit_bytes=0) for one in (1.0, 2.0))
    assert difference(before, after, store) == ("weight: 1.0 → 2.0 (+1)",)


def test_values_of_two_stores(store: ArtifactStore, tmp_path: Any) -> None:
    other = ArtifactStore(tmp_path / "other")
    before = encode(numpy.zeros(10_000), store, inline_limit_bytes=0)
    after = encode(numpy.ones(10_000), other, inline_limit_bytes=0)
    assert difference(before, after, store, other) == ("10,000 of 10,000 values differ, by up to 1",)
