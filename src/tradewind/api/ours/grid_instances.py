"""A mapped task of the grid, unfolded: its instances in the runs that are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.dags import GridInstance, GridInstances
from tradewind.api.ours.paths import DAG
from tradewind.api.problems import Invalid
from tradewind.model.ids import MapPath, RunKey
from tradewind.store.facets.views import InstanceCell

MOST_RUNS = 30
MOST_INSTANCES = 2_000


class InstancesQuery(Struct, frozen=True):
    task_id: str
    run_id: tuple[str, ...] = ()
    """At most 30 of them."""


def grid_instances(call: Call[InstancesQuery, None]) -> GridInstances:
    """The instances of a mapped task in some runs, by index"""
    query = call.query
    if len(query.run_id) > MOST_RUNS:
        raise Invalid(f"{len(query.run_id)} runs are asked about at once", hint=f"ask about {MOST_RUNS} at most")
    keys = [RunKey(call.path["dag_id"], run_id) for run_id in dict.fromkeys(query.run_id)]
    numbers = sorted(((number, key.run_id) for key, number in call.store.run_numbers(keys).items()), reverse=True)
    places = {number: place for place, (number, _) in enumerate(numbers)}
    cells = call.store.instance_cells(list(places), query.task_id, each=MOST_INSTANCES + 1) if places else []
    found = _folded(cells, places)
    return GridInstances([run_id for _, run_id in numbers], found[:MOST_INSTANCES], len(found) > MOST_INSTANCES)


def _folded(cells: Iterable[InstanceCell], places: Mapping[int, int]) -> list[GridInstance]:
    """`places`: number of a run → its place, the newest first."""
    states: dict[MapPath, list[str]] = {}
    labels: dict[MapPath, tuple[int, str]] = {}
    for one in cells:
        place = places[one.run]
        states.setdefault(one.map_path, [""] * len(places))[place] = one.state
        if one.label:
            labels[one.map_path] = min(labels.get(one.map_path, (len(places), "")), (place, one.label))
    return [GridInstance(path, labels.get(path, (0, ""))[1], states[path]) for path in sorted(states)]


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{DAG}/grid/instances",
        name="tradewind_grid_instances",
        tag="DAGs",
        needs=Need(Resource.TASK),
        do=grid_instances,
        query=InstancesQuery,
        answer=GridInstances,
    ),
)
