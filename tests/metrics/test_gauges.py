"""Gauges as functions of rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tradewind.metrics.gauges import Reading, file_gauges

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def test_how_long_ago_files_were_parsed() -> None:
    """Two of one name are one series, as in Airflow: the newest counts. A clock that was set back makes nothing negative."""
    parsed = {
        ("/dags", "a.py"): NOW - timedelta(seconds=30),
        ("/other", "team/a.py"): NOW - timedelta(seconds=10),
        ("/dags", "b.py"): NOW + timedelta(seconds=5),
    }

    assert file_gauges(parsed, NOW) == [
        Reading("dag_processing.last_run.seconds_ago", 10.0, {"file_name": "a"}),
        Reading("dag_processing.last_run.seconds_ago", 0.0, {"file_name": "b"}),
    ]
