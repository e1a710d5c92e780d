"""Recorded answers of Airflow 3.3.2's timetables: schedules, zones, clock changes, catchup, manual runs."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta

from tradewind.timetables import TimeRestriction, TimetableError, build, manual_interval, next_run, schedule_spec

CASES = json.loads((Path(__file__).parents[1] / "data" / "oracle" / "timetables.json").read_text())["cases"]
INTERVALS = {
    "CronDataIntervalTimetable": "data_interval",
    "DeltaDataIntervalTimetable": "data_interval",
    "CronTriggerTimetable": "trigger",
    "DeltaTriggerTimetable": "trigger",
}


def schedule_of(case):
    match case["kind"]:
        case "cron":
            return case["spec"]
        case "delta":
            return timedelta(**case["spec"])
        case _:
            return relativedelta(**case["spec"])


def instant(text):
    return datetime.fromisoformat(text) if text else None


def replay(case, name):
    """The case through our timetables, in the shape of the recording."""
    spec = schedule_spec(schedule_of(case), timezone=case["timezone"], interval=INTERVALS[name])
    timetable, now = build(spec), instant(case["now"])
    restriction = TimeRestriction(instant(case["start"]), instant(case["end"]), case["catchup"])
    runs, last = [], None
    while len(runs) < 10 and (info := next_run(timetable, last, restriction, now)):
        last = info.data_interval
        times = {"start": last.start, "end": last.end, "run_after": info.run_after, "logical_date": info.logical_date}
        runs.append({key: value.isoformat() for key, value in times.items()})
    manual = manual_interval(timetable, now)
    return {
        "runs": runs,
        "manual_at_now": {"start": manual.start.isoformat(), "end": manual.end.isoformat()},
        "summary": timetable.summary,
        "description": timetable.description,
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}")
def test_a_recorded_case_replays(case):
    for name, expected in case["expected"].items():
        if "failed to find next date" in expected.get("error", ""):
            # Its years are over: Airflow breaks, we say that there is no further run.
            assert replay(case, name)["runs"] == []
        elif "error" in expected:
            with pytest.raises(TimetableError, match=r"^cron "):
                replay(case, name)
        else:
            assert replay(case, name) == expected
