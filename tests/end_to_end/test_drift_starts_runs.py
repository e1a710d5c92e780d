"""A service whose monitors find drift at the same time: the DAG that waits for it runs once."""

from __future__ import annotations

from tests.end_to_end.conftest import HEAD, Place
from tests.end_to_end.service import ONCE, Up

from tradewind.model.journal import EntryQuery

MONITOR = """
@task
def look():
    import pandas
    from tradewind import ml
    before, now = ({"age": range(shift, shift + 200)} for shift in (0, 150))
    ml.drift(pandas.DataFrame(before), pandas.DataFrame(now), name="orders", classifier=False, figures=False)
look()
"""
RETRAIN = f"""{HEAD}
from tradewind import ml
with DAG("retrain", schedule=ml.OnDrift("orders", cooldown=3600)):
    @task
    def train(**context):
        (events,) = context["triggering_asset_events"].values()
        note(f"{{len(events)}} {{events[0].extra['monitor']}} {{events[0].extra['columns']}}")
    train()
"""
MONITORS = 3


def test_monitors_that_find_drift_at_once_start_one_run(place: Place) -> None:
    up = Up(place)
    up.start("standalone")
    up.wait_until_up()
    file = place.folder / "retrain.new"
    file.write_text(RETRAIN)
    file.rename(place.dags / "retrain.py")
    place.wait_for(lambda: bool(up.schedules("retrain")))
    for number in range(MONITORS):
        up.drop(f"watch{number}", MONITOR, ONCE)
    for number in range(MONITORS):
        up.wait_for_end(f"watch{number}")
    up.wait_for_end("retrain")
    assert place.trace == ["1 orders ['age']"]
    with up.store() as store:
        reports = [one.body for one in store.entries(EntryQuery("DriftReport", name="orders"))]
        assert store.waiting_events("retrain") == []
    assert sorted(report["triggered"] for report in reports) == [False, False, True]
    assert sum("its cooldown runs until" in report["held_why"] for report in reports) == MONITORS - 1
