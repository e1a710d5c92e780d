"""Values as a table shows them."""

from __future__ import annotations

from typing import Any

import pytest

from tradewind.cli import output


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "true"),
        (0.12345, "0.123"),
        ([1, None], "1, "),
        ({"löss": 0.5, "none": None}, '{"löss":0.5,"none":null}'),
        ({"nan": float("nan"), "inf": float("-inf")}, '{"nan":"nan","inf":"-inf"}'),
    ],
    ids=["none", "yes", "number", "list", "metrics", "metrics that are no numbers"],
)
def test_a_cell(value: Any, shown: str) -> None:
    assert output._text(value) == shown
