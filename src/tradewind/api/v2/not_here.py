"""Operations of Airflow's that can have no meaning here: each answers 501 with the reason. A page of the documentation
lists them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Method, Operation
from tradewind.api.problems import NotHere


class Missing(Struct, frozen=True):
    method: Method
    path: str
    name: str
    tag: str
    needs: Need
    why: str
    instead: str


_DAG = "/api/v2/dags/{dag_id}"
_FAVOURITES = "the server keeps no favourites"
NO_DELETING = "a task instance belongs to its run and is not deleted alone"
MISSING = (
    Missing(
        "DELETE",
        f"{_DAG}/dagRuns/{{dag_run_id}}/taskInstances/{{task_id}}",
        "delete_task_instance",
        "Task Instance",
        Need(Resource.TASK, Action.DELETE),
        NO_DELETING,
        "clear it, or delete its run",
    ),
    Missing(
        "POST",
        f"{_DAG}/favorite",
        "favorite_dag",
        "DAG",
        Need(Resource.DAG),
        _FAVOURITES,
        "search by tag or owner",
    ),
    Missing(
        "POST",
        f"{_DAG}/unfavorite",
        "unfavorite_dag",
        "DAG",
        Need(Resource.DAG),
        _FAVOURITES,
        "search by tag or owner",
    ),
    Missing(
        "POST",
        f"{_DAG}/clearPartitions",
        "clear_dag_run_partitions",
        "DagRun",
        Need(Resource.RUN, Action.EDIT),
        "a run keeps the partition key that it was made with",
        "clear the runs of a partition: POST /api/v2/dags/{dag_id}/clearDagRuns with partition_key",
    ),
)


def _refuse(row: Missing) -> Callable[[Call[Any, Any]], None]:
    def refuse(call: Call[Any, Any]) -> None:
        raise NotHere(row.why, hint=row.instead)

    refuse.__doc__ = f"Not here: {row.why}."
    return refuse


OPERATIONS = tuple(
    Operation(
        method=row.method,
        path=row.path,
        name=row.name,
        tag=row.tag,
        needs=row.needs,
        do=_refuse(row),
        status=204,
        errors=(501,),
    )
    for row in MISSING
)
