"""The API server is a part of the service: it says that it lives, and that it has ended."""

from __future__ import annotations

import time
from pathlib import Path

from tests.api.server import ANSWERS_WITHIN_SECONDS, ApiServer, running
from tradewind.model.service import JobKind, JobRecord
from tradewind.settings import load
from tradewind.store import open_store


def first_job(server: ApiServer) -> JobRecord:
    deadline = time.monotonic() + ANSWERS_WITHIN_SECONDS
    while not (found := server.store.jobs(kind=JobKind.API_SERVER)):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return found[0]


def test_it_is_there_while_it_answers_and_ends(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        job = first_job(server)
        assert (job.ended_at, job.lease_until > job.heartbeat_at) == (None, True)
        told = server.anonymous.get("/api/v2/monitor/health").json
        assert told["api_server"]["status"] == "healthy"
    settings = load({}, overrides={"home": str(tmp_path)}, cwd=tmp_path)
    store = open_store(settings.database_url, home=tmp_path)
    (after,) = store.jobs(kind=JobKind.API_SERVER)
    store.close()
    assert (after.job_id, after.ended_at is None) == (job.job_id, False)
