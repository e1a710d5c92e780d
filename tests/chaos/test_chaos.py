"""A short storm on each database; longer ones by hand: `python -m tests.chaos.run --minutes 60 --seed S`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.chaos.run import server_for, storm

SECONDS = float(os.environ.get("CHAOS_SECONDS", "25"))


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_nothing_is_lost_in_a_storm(database: str, tmp_path: Path) -> None:
    with server_for(database) as server:
        found = storm(tmp_path, seconds=SECONDS, seed=1, server=server)

    assert found["success"] > 0
    assert any(name.startswith("killed") for name in found)
