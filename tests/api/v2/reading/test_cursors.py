"""Lists that grow without end are read by cursor, the rest of Airflow's as well as those where Airflow has cursors."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
import urllib3

from tests.api.server import ApiServer
from tradewind.model.service import AuditRecord
from tradewind.scheduler.clock import utc_now

LISTS = {
    "dag_runs": "/dags/~/dagRuns",
    "task_instances": "/dags/~/dagRuns/~/taskInstances",
    "xcom_entries": "/dags/~/dagRuns/~/taskInstances/~/xcomEntries",
    "event_logs": "/eventLogs",
    "asset_events": "/assets/events",
}


@pytest.mark.parametrize(("name", "path"), LISTS.items())
def test_cursors_lead_through_a_list_once(api: ApiServer, name: str, path: str) -> None:
    def page(**asked: object):
        found = urllib3.request("GET", f"{api.url}/api/v2{path}?{urlencode(asked)}", headers=api.headers)
        assert found.status == 200, found.data
        return found.json()

    for _ in range(5 if name == "event_logs" else 0):
        api.store.write_audit(AuditRecord(at=utc_now(), who="admin", action="sign_in", detail={}))
    whole = page(limit=100)
    assert whole["next_cursor"] is None
    rows, cursor = [], ""
    while cursor is not None:
        some = page(limit=2, cursor=cursor)
        rows += some[name]
        cursor = some["next_cursor"]
    assert rows == whole[name]


@pytest.mark.parametrize("path", [LISTS[name] for name in ("dag_runs", "task_instances", "xcom_entries")])
def test_a_cursor_that_is_none_is_refused(api: ApiServer, path: str) -> None:
    found = urllib3.request("GET", f"{api.url}/api/v2{path}?cursor=made+up", headers=api.headers)
    assert (found.status, "cursor" in found.json()["detail"]) == (400, True)
