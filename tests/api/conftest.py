"""What tests of the API have at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import airflow_client.client as airflow
import pytest

from tests.api.server import ApiServer, running


@pytest.fixture
def api(tmp_path: Path) -> Iterator[ApiServer]:
    """A server of this test's own, where everybody is the admin."""
    with running(tmp_path / "home") as found:
        yield found


@pytest.fixture
def client(api: ApiServer) -> Iterator[airflow.ApiClient]:
    """Airflow's official client."""
    with airflow.ApiClient(airflow.Configuration(host=api.url, access_token=api.token)) as found:
        yield found
