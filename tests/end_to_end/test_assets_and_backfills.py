"""Assets, backfills, deadlines and the operators that reach across DAGs, with the real service and without it."""

from __future__ import annotations

import pytest
from tests.end_to_end.conftest import HEAD, Ended, Place
from tests.end_to_end.test_service import Up

from tradewind.model.states import RunState, RunType

IMPORTS = """
from tradewind import Asset
from airflow.sdk import AssetAlias, AsyncCallback, DeadlineAlert, DeadlineReference, Metadata, SyncCallback, asset
from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskMarker, ExternalTaskSensor
ORDERS, USERS = Asset("orders", "s3://bucket/orders"), Asset("users", "s3://bucket/users")
"""


class Served(Up):
    """A service over files that are there when it starts."""

    def write(self, name: str, text: str) -> None:
        self.place.write(name, HEAD + IMPORTS + text)

    def begin(self, *dag_ids: str) -> None:
        """Start it, and wait until it knows these DAGs."""
        self.process = self.start("standalone")
        self.wait_until_up()
        for dag_id in dag_ids:
            self.place.wait_for(lambda dag_id=dag_id: bool(self.schedules(dag_id)))

    def tradewind(self, *arguments: str) -> Ended:
        ended = self.place.tradewind(*arguments)
        assert ended.code == 0, ended.output
        return ended

    def wait_for_runs(self, dag_id: str, count: int, state: RunState = RunState.SUCCESS) -> None:
        try:
            self.place.wait_for(lambda: sum(run.state is state for run in self.runs(dag_id)) >= count)
        except AssertionError as error:
            raise AssertionError(f"{dag_id} has {self.runs(dag_id)}\n{self.log}") from error


@pytest.fixture
def served(place: Place) -> Served:
    return Served(place)


ASSETS = """
with DAG("make_orders", schedule=None):
    @task(outlets=[ORDERS])
    def orders(outlet_events):
        outlet_events[ORDERS].extra = {"rows": 3}
    orders()

with DAG("make_by_alias", schedule=None):
    @task(outlets=[AssetAlias("any")])
    def stand_in(outlet_events):
        outlet_events[AssetAlias("any")].add(USERS, extra={"by": "alias"})
    stand_in()

with DAG("both", schedule=ORDERS & USERS):
    @task(inlets=[ORDERS])
    def look(triggering_asset_events, inlet_events, dag_run):
        started = {asset.name: events[-1].extra for asset, events in triggering_asset_events.items()}
        source = triggering_asset_events[ORDERS][0].source_dag_run.dag_id
        note(f"{sorted(started.items())} {source} {len(inlet_events[ORDERS])} {dag_run.run_type} {dag_run.logical_date}")
    look()

@asset(schedule=[ORDERS])
def report(self, orders):
    note(f"{self.name} of {orders.name}, {orders.uri}")
"""


def test_updates_of_assets_start_what_waits_for_them(served: Served) -> None:
    served.write("assets.py", ASSETS)
    served.begin("make_orders", "make_by_alias", "both", "report")

    served.tradewind("dags", "trigger", "make_orders")
    served.wait_for_runs("report", 1)
    assert served.runs("both") == []
    served.tradewind("dags", "trigger", "make_by_alias")
    served.wait_for_runs("both", 1)

    (run,) = served.runs("both")
    assert (run.run_type, run.logical_date) == (RunType.ASSET_TRIGGERED, None)
    served.place.wait_for_note(
        "report of orders, s3://bucket/orders",
        "[('orders', {'rows': 3}), ('users', {'by': 'alias'})] make_orders 1 asset_triggered None",
    )


def test_what_happens_outside_starts_runs_as_well_and_can_be_looked_at(served: Served) -> None:
    served.write("assets.py", ASSETS)
    served.begin("make_orders", "both", "report")

    served.tradewind("assets", "emit", "orders", "--extra", '{"from": "outside"}')
    served.wait_for_runs("report", 1)
    served.tradewind("assets", "materialize", "orders")
    served.wait_for_runs("make_orders", 1)

    served.tradewind("assets", "show", "orders").has("make_orders.orders", "both, report")
    served.tradewind("assets", "events", "orders").has('{"from":"outside"}', '{"rows":3}')
    served.tradewind("assets", "waiting", "both").has("orders", "users")
    assert served.place.tradewind("assets", "emit", "orderz").code == 1


def test_a_backfill_runs_to_its_end_and_again_in_reverse(served: Served) -> None:
    served.write(
        "daily.py",
        """
with DAG("daily", schedule="@daily", start_date=datetime(2026, 1, 1), catchup=False, is_paused_upon_creation=False):
    @task
    def work(ds, dag_run):
        note(f"{ds} {dag_run.conf.get('n')} {dag_run.run_type}")
    work()
""",
    )
    served.begin("daily")
    served.tradewind("backfill", "create", "daily", "--from", "2025-02-01", "--to", "2025-02-03", "--dry-run").has(
        "2025-02-02", "new run"
    )

    served.tradewind(
        "backfills", "create", "daily", "--from", "2025-02-01", "--to", "2025-02-03", "--max-active-runs", "1",
        "--conf", '{"n": 7}',
    )  # fmt: skip
    served.place.wait_for_note(*(f"2025-02-0{day} 7 backfill" for day in (1, 2, 3)))
    served.place.wait_for(lambda: "ended" in served.tradewind("backfills", "list").output)
    served.tradewind("backfills", "show", "1", "--runs").has("3 of 3 runs done", "backfill__2025-02-02T00:00:00+00:00")
    again = ("--reprocess", "completed", "--reverse", "--max-active-runs", "1")
    served.tradewind("backfills", "create", "daily", "--from", "2025-02-01", "--to", "2025-02-03", *again)
    served.place.wait_for(lambda: sum("backfill" in line for line in served.place.trace) == 6)

    filled = [line.split()[0] for line in served.place.trace if "backfill" in line]
    assert filled == ["2025-02-01", "2025-02-02", "2025-02-03", "2025-02-03", "2025-02-02", "2025-02-01"]


def test_a_backfill_that_is_cancelled_drops_what_waits_and_kills_what_runs(served: Served) -> None:
    served.write(
        "slow.py",
        """
with DAG("slow", schedule="@daily", start_date=datetime(2026, 1, 1), catchup=False):
    @task
    def work(ds):
        note(ds)
        time.sleep(300 if ds.startswith("2025") else 0)
    work()
""",
    )
    served.begin("slow")
    served.tradewind(
        "backfills", "create", "slow", "--from", "2025-02-01", "--to", "2025-02-09", "--max-active-runs", "1"
    )
    served.place.wait_for_note("2025-02-01")

    served.tradewind("backfills", "cancel", "1", "--kill")
    served.place.wait_for(lambda: "cancelled" in served.tradewind("backfills", "list").output)

    def filled() -> list[RunState]:
        return [run.state for run in served.runs("slow") if run.run_type is RunType.BACKFILL]

    served.place.wait_for(lambda: filled() == [RunState.FAILED])
    assert served.place.tradewind("backfills", "cancel", "1").code == 1


def test_a_missed_deadline_calls_back_while_the_run_goes_on(served: Served) -> None:
    served.write(
        "late.py",
        """
def late(text, context):
    note(f"{text} {context['dag_run'].dag_id} {context['deadline']['name']}")
async def later(**kwargs):
    note(f"async {kwargs['n']} {'context' in kwargs}")
QUEUED = DeadlineReference.DAGRUN_QUEUED_AT
with DAG("late", schedule=None, deadline=[
    DeadlineAlert(QUEUED, timedelta(seconds=0.3), SyncCallback(late, {"text": "late:"}), name="first"),
    DeadlineAlert(QUEUED, timedelta(seconds=0.3), AsyncCallback(later, {"n": 2}), name="second"),
    DeadlineAlert(QUEUED, timedelta(hours=1), SyncCallback(late, {"text": "never:"})),
]):
    @task
    def wait():
        while not os.path.exists(os.environ["TRACE"] + ".go"):
            time.sleep(0.02)
    wait()
""",
    )
    served.begin("late")

    served.tradewind("dags", "trigger", "late")
    served.place.wait_for_note("late: late first", "async 2 True")
    served.place.trace_file.with_name(served.place.trace_file.name + ".go").touch()
    served.wait_for_runs("late", 1)

    served.tradewind("deadlines", "list", "late").has("missed", "kept", "first")
    assert not any("never" in line for line in served.place.trace)


REACHING = """
with DAG("child", schedule=None):
    @task
    def hello(dag_run):
        note(f"child {dag_run.conf}")
    hello() >> ExternalTaskMarker(task_id="mark", external_dag_id="parent", external_task_id="see")

with DAG("parent", schedule=None):
    start = TriggerDagRunOperator(
        task_id="start", trigger_dag_id="child", conf={"by": "{{ dag.dag_id }}"}, logical_date="{{ ts }}",
        wait_for_completion=True,
    )
    see = ExternalTaskSensor(task_id="see", external_dag_id="child", external_task_id="mark", check_existence=True)
    @task
    def after():
        note("after")
    start >> see >> after()
"""


def test_a_run_starts_another_and_waits_for_it_under_the_service(served: Served) -> None:
    served.write("reaching.py", REACHING)
    served.begin("parent", "child")

    served.tradewind("dags", "trigger", "parent")
    served.wait_for_runs("parent", 1)

    assert served.place.trace == ["child {'by': 'parent'}", "after"]


def test_a_run_starts_another_and_waits_for_it_without_a_service(place: Place) -> None:
    file = place.write("reaching.py", HEAD + IMPORTS + REACHING)

    ended = place.run(file, "--dag-id", "parent")

    assert ended.code == 0, ended.output
    assert place.trace == ["child {'by': 'parent'}", "after"]
    cleared = place.tradewind("tasks", "clear", "child", "hello", "-d", "--dry-run")
    cleared.has("hello", "mark", "see", "after")


def test_a_service_that_is_killed_loses_no_event(served: Served) -> None:
    served.write("assets.py", ASSETS)
    served.begin("make_orders", "both", "report")
    served.process.kill()
    served.process.wait()
    served.place.end_everything()
    served.place.is_quiet()
    served.tradewind("assets", "emit", "orders").has("no scheduler is running")

    served.begin()

    served.wait_for_runs("report", 1)


OWN_MAPPER = """
from airflow.sdk import PartitionedAssetTimetable, PartitionMapper

class Continents(PartitionMapper):
    def to_downstream(self, key):
        note(f"asked for {key}")
        return ["europe", f"{key}_alone"]

with DAG("by_continent", schedule=PartitionedAssetTimetable(assets=ORDERS, default_partition_mapper=Continents())):
    @task
    def say(dag_run=None):
        note(f"run {dag_run.partition_key}")
    say()
"""


def test_a_partition_mapper_of_the_authors_own_starts_runs(served: Served) -> None:
    served.write("own.py", OWN_MAPPER)
    served.begin("by_continent")

    served.tradewind("assets", "emit", "orders", "--partition-key", "france")

    served.wait_for_runs("by_continent", 2)
    assert sorted(served.place.trace) == ["asked for france", "run europe", "run france_alone"]
    assert served.end(served.process) == 0
