"""Values with what JSON lacks are shown as trees; nothing that is pickled is ever run."""

from __future__ import annotations

import os
import pickle
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from tradewind.api.ours import typed_preview
from tradewind.artifacts.codecs.nested import pack, part_reference
from tradewind.model.values import Value

NAIVE = datetime(2026, 1, 2, 3, 4)
SHOWN = [
    ((1, "a"), [1, "a"]),
    ({"a": float("inf"), 3: None}, {"a": float("inf"), "3": None}),
    (NAIVE, "2026-01-02 03:04:00"),
    (NAIVE.replace(tzinfo=UTC), "2026-01-02 03:04:00 UTC"),
    (date(2026, 1, 1), "2026-01-01"),
    (timedelta(minutes=3), "0:03:00"),
    (2**80, str(2**80)),
    (Decimal("1.50"), "1.50"),
    (UUID(int=7), str(UUID(int=7))),
    (PurePosixPath("/a/b"), "/a/b"),
    (1 + 2j, "(1+2j)"),
    (range(3), "range(0, 3)"),
    (np.float64(0.93), 0.93),
    (np.uint8(200), 200),
    (np.bool_(True), True),
    (Fraction(1, 3), "<Fraction>"),
    (frozenset({"x"}), ["x"]),
]


@pytest.mark.parametrize(("value", "shown"), SHOWN, ids=[str(place) for place in range(len(SHOWN))])
def test_what_is_shown(value: Any, shown: Any) -> None:
    assert typed_preview.read(pack({"in": [value]}, _refuse), ()) == {"in": [shown]}


def test_a_frame_in_a_container_is_named() -> None:
    part = Value("arrow", "pandas.DataFrame", 10, "hash", shape=(5, 2))
    packed = pack({"frame": object()}, lambda _: part_reference(0))
    assert typed_preview.read(packed, (part,)) == {"frame": "<pandas.DataFrame 5 x 2>"}


class Evil:
    def __reduce__(self) -> Any:
        return os.abort, ()


@pytest.mark.parametrize("pickled", [pickle.dumps(Evil()), b"no pickle", b"", pickle.dumps(None)])
def test_a_pickle_is_read_not_run(pickled: bytes) -> None:
    assert str(typed_preview.atom_text(pickled)).startswith("<")


@pytest.mark.parametrize("data", [b"", b"\xc1", b"\xc7\x01\x06\x09"])
def test_bytes_that_are_none_of_ours(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        typed_preview.read(data, ())


def _refuse(value: Any) -> Any:
    raise AssertionError(value)
