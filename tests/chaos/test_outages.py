"""PostgreSQL goes away under a busy service: for a while, or for good and a standby takes over. Longer ones by hand:
`python -m tests.chaos.outage --minutes 10 [--fail-over]`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos.outage import fail_over
from tests.postgres import PostgresServer, own_postgres

__all__ = ["own_postgres"]  # a fixture
SECONDS = 10.0


@pytest.mark.timeout(900)
def test_a_standby_takes_over(own_postgres: PostgresServer, tmp_path: Path) -> None:
    found = fail_over(tmp_path, own_postgres, seconds=SECONDS)

    assert found["witnesses"] > 40
