"""Names of Airflow 3.1 to 3.3 that load, and do their part when they are run, or are kept for the time being."""
from datetime import datetime, timedelta

from airflow.partition_mappers.window import Window
from airflow.providers.standard.operators.hitl import ApprovalOperator, HITLBranchOperator, HITLEntryOperator, HITLOperator
from airflow.providers.standard.triggers.file import FileDeleteTrigger, FileTrigger
from airflow.providers.standard.triggers.temporal import DateTimeTrigger, TimeDeltaTrigger
from airflow.sdk import (
    DAG,
    AllowedKeyMapper,
    Asset,
    AssetAccessControl,
    AssetWatcher,
    AsyncCallback,
    CronPartitionTimetable,
    DayWindow,
    DeadlineAlert,
    DeadlineReference,
    IdentityMapper,
    MinimumCount,
    Param,
    PartitionedAssetTimetable,
    PartitionedAtRuntime,
    ProductMapper,
    RollupMapper,
    StartOfDayMapper,
    TaskInstance,
    chain,
    macros,
    task,
)

FILES = Asset(
    "files",
    watchers=[AssetWatcher(name="incoming", trigger=FileTrigger(filepath="/tmp/incoming", poke_interval=1))],
    access_control=AssetAccessControl(producer_teams=["a"], allow_global=False),
)
OTHER = Asset("other", watchers=[AssetWatcher(name="gone", trigger=FileDeleteTrigger(filepath="/tmp/x"))])


async def late(**kwargs):
    raise AssertionError


class Weekdays(Window):
    pass


with DAG("partitioned_by_hour", schedule=CronPartitionTimetable("0 * * * *", timezone="UTC", key_format="%Y")) as hourly:
    task(task_id="one")(lambda: 1)()

with DAG(
    "partitioned_by_asset",
    schedule=PartitionedAssetTimetable(
        assets=FILES & OTHER,
        default_partition_mapper=ProductMapper(IdentityMapper(), StartOfDayMapper()),
        partition_mapper_config={
            OTHER: AllowedKeyMapper(["us"]),
            FILES: RollupMapper(upstream_mapper=StartOfDayMapper(), window=DayWindow(), wait_policy=MinimumCount(3)),
        },
    ),
    deadline=DeadlineAlert(
        reference=DeadlineReference.AVERAGE_RUNTIME(max_runs=3),
        interval=timedelta(hours=1),
        callback=AsyncCallback(late, kwargs={"text": "late"}),
    ),
) as by_asset:
    task(task_id="one")(lambda: 1)()

with DAG("names_of_3_3", schedule=PartitionedAtRuntime(), start_date=datetime(2026, 1, 1)) as dag:
    entry = HITLEntryOperator(task_id="entry", subject="Fill in", params={"reason": Param("", type="string")})
    choice = HITLOperator(task_id="choice", subject="Choose", options=["a", "b"], defaults="a", assigned_users={"id": "1"})
    approval = ApprovalOperator(
        task_id="approval", subject="Good?", defaults="Reject", response_timeout=timedelta(minutes=5), retries=3
    )
    branch = HITLBranchOperator(task_id="branch", subject="Where?", options=["x"], options_mapping={"x": "last"})

    @task(trigger_rule="all_done")
    def last(ti: TaskInstance):
        approved = ti.dag_run.get_task_instance("approval") if hasattr(ti, "dag_run") else None
        assert approved is None or approved.state == "failed"
        assert macros.ds_add("2026-01-01", 1) == "2026-01-02"
        assert DateTimeTrigger(datetime(2026, 1, 1, tzinfo=macros.dateutil.tz.UTC)).serialize()[1]["moment"]
        assert TimeDeltaTrigger(timedelta(seconds=1)).serialize()[0].endswith("DateTimeTrigger")

    chain([entry, choice, approval], last())
    branch >> dag.get_task("last")
