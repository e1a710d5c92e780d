"""Tables as pages show them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tradewind.api.ours import table_preview
from tradewind.artifacts.encoding import encode
from tradewind.artifacts.store import ArtifactStore

pandas = pytest.importorskip("pandas")


def test_columns_of_truth_values_are_no_numbers(tmp_path: Path) -> None:
    frame = pandas.DataFrame({"flag": [True, False, True], "byte": pandas.array([0, 1, 1], dtype="uint8")})
    value = encode(frame, ArtifactStore(tmp_path.as_uri()), inline_limit_bytes=1 << 20)
    assert value.inline is not None
    found = table_preview.read(value.inline, rows=2, offset=0, booleans={"flag"})
    assert found.rows == [[True, 0], [False, 1]]
    flag, byte = found.columns
    assert (flag.dtype, flag.top) == ("bool", [("true", 2), ("false", 1)])
    assert byte.dtype == "uint8"
