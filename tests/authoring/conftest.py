"""An open DAG for the authoring tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tradewind.authoring.dag import DAG


@pytest.fixture
def dag() -> Iterator[DAG]:
    with DAG("d", schedule=None, start_date=datetime(2025, 1, 1, tzinfo=UTC)) as opened:
        yield opened
