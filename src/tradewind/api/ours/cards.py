"""DAGs as cards: the list, and the head of a DAG's page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from tradewind.api.access.rights import Action, Need, Resource, decide
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.dags import DagCard, DagCards, RunBar
from tradewind.api.ours.paths import DAG, ROOT, bounded, offset_of
from tradewind.api.problems import Invalid, NotFound
from tradewind.model.records import DagRecord
from tradewind.model.service import DagSchedule, Topic
from tradewind.store.facets.views import RunBit

BARS_SHOWN = 14
MOST_CARDS = 500
_Card = tuple[DagRecord, DagSchedule | None]


class CardsQuery(Struct, frozen=True):
    search: str = ""
    """Part of an id or a description, whatever the case."""
    tags: tuple[str, ...] = ()
    """With any of these."""
    owners: tuple[str, ...] = ()
    state: str = ""
    """Of the last run; `active`: with runs that are queued or running; `broken`: its file cannot be imported."""
    paused: bool | None = None
    order: str = "dag_id"
    """`dag_id`, `last_run`, `next_run`, `state`; with `-` before it the other way round."""
    after: str = ""
    limit: int = 50


class PauseBody(Struct, frozen=True):
    is_paused: bool


def cards(call: Call[CardsQuery, None]) -> DagCards:
    """DAGs as cards, with their last runs"""
    query = call.query
    visible = call.visible(Resource.DAG)
    known = [dag for dag in call.store.dags() if visible is None or dag.dag_id in visible]
    shared = _Shared.of(call)
    chosen = [dag for dag in known if _fits(dag, query, shared)]
    chosen = _ordered(chosen, query.order, shared.clocks)
    start, limit = offset_of(query.after), bounded(query.limit, MOST_CARDS)
    page = chosen[start : start + limit]
    is_more = start + limit < len(chosen)
    return DagCards(
        dags=_made(call, page, shared),
        total=len(chosen),
        next_cursor=str(start + limit) if is_more else None,
        tags=sorted({tag for dag in known for tag in dag.tags}),
        owners=sorted({owner for dag in known for owner in dag.owners}),
    )


def card_of(call: Call[Any, Any], dag_id: str) -> DagCard:
    """Raises NotFound."""
    dag = call.store.dag(dag_id)
    if dag is None:
        raise NotFound(f"there is no DAG {dag_id!r}")
    return _made(call, [dag], _Shared.of(call, dag_id))[0]


def set_paused(call: Call[Any, PauseBody]) -> DagCard:
    """Pause a DAG, or let it go on"""
    dag_id = call.path["dag_id"]
    call.store.set_paused(dag_id, call.body.is_paused)
    call.audit("pause" if call.body.is_paused else "unpause", dag_id=dag_id)
    call.store.ring(Topic.DAGS)
    return card_of(call, dag_id)


def bar(bit: RunBit) -> RunBar:
    return RunBar(bit.run_id, bit.state, bit.run_type, bit.run_after, bit.started_at, bit.ended_at)


# ------------------------------------------------------------------------------------------ how


class _Shared(Struct, frozen=True):
    """What is read once for all cards."""

    clocks: Mapping[str, DagSchedule]
    active: Mapping[str, Mapping[str, int]]
    broken_files: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, call: Call[Any, Any], dag_id: str | None = None) -> _Shared:
        store = call.store
        return cls(
            {clock.dag_id: clock for clock in store.schedules(dag_id=dag_id)},
            store.active_counts(),
            frozenset((error.root, error.file) for error in store.import_errors()),
        )


def _fits(dag: DagRecord, query: CardsQuery, shared: _Shared) -> bool:
    wanted = query.search.casefold()
    return (
        (not wanted or wanted in dag.dag_id.casefold() or wanted in dag.description.casefold())
        and (not query.tags or not set(query.tags).isdisjoint(dag.tags))
        and (not query.owners or not set(query.owners).isdisjoint(dag.owners))
        and (query.paused is None or dag.is_paused is query.paused)
        and (not query.state or _has_state(dag, query.state, shared))
    )


def _has_state(dag: DagRecord, state: str, shared: _Shared) -> bool:
    if state == "active":
        return bool(shared.active.get(dag.dag_id))
    if state == "broken":
        return (dag.root, dag.file) in shared.broken_files
    return dag.last_run_state is not None and str(dag.last_run_state) == state


def _ordered(dags: Sequence[DagRecord], order: str, clocks: Mapping[str, DagSchedule]) -> list[DagRecord]:
    """What has no value comes last, either way."""
    name, is_reverse = order.removeprefix("-"), order.startswith("-")
    keys: dict[str, Callable[[DagRecord], Any]] = {
        "dag_id": lambda dag: dag.dag_id,
        "last_run": lambda dag: dag.last_run_date,
        "next_run": lambda dag: clocks[dag.dag_id].next_run_after if dag.dag_id in clocks else None,
        "state": lambda dag: dag.last_run_state,
    }
    if name not in keys:
        raise Invalid(f"cards cannot be ordered by {name[:40]!r}", hint=f"order by {', '.join(keys)}")
    key = keys[name]
    found = sorted((dag for dag in dags if key(dag) is not None), key=key, reverse=is_reverse)
    return [*found, *(dag for dag in dags if key(dag) is None)]


def _made(call: Call[Any, Any], dags: Iterable[DagRecord], shared: _Shared) -> list[DagCard]:
    page = list(dags)
    bars = call.store.bars([dag.dag_id for dag in page], each=BARS_SHOWN)
    return [_card(call, dag, shared, bars[dag.dag_id]) for dag in page]


def _card(call: Call[Any, Any], dag: DagRecord, shared: _Shared, bars: Sequence[RunBit]) -> DagCard:
    clock = shared.clocks.get(dag.dag_id)
    active = shared.active.get(dag.dag_id, {})
    goes = clock is not None and not clock.is_paused and not clock.held_why and dag.retired_at is None
    may_see_runs = decide(call.who, Resource.RUN, Action.READ, dag_id=dag.dag_id).is_allowed
    return DagCard(
        dag_id=dag.dag_id,
        description=dag.description,
        tags=dag.tags,
        owners=dag.owners,
        schedule=dag.schedule if dag.schedule not in ("", "None") else "Never",
        timezone=dag.timezone,
        is_paused=dag.is_paused,
        is_retired=dag.retired_at is not None,
        file=dag.file,
        bundle=dag.bundle,
        next_run_after=clock.next_run_after if goes and clock is not None else None,
        held_why=clock.held_why if clock is not None else "",
        has_import_error=(dag.root, dag.file) in shared.broken_files,
        running=active.get("running", 0),
        queued=active.get("queued", 0),
        last_runs=tuple(map(bar, bars)) if may_see_runs else (),
        may_edit=decide(call.who, Resource.DAG, Action.EDIT, dag_id=dag.dag_id).is_allowed,
        may_trigger=decide(call.who, Resource.RUN, Action.CREATE, dag_id=dag.dag_id).is_allowed,
    )


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{ROOT}/dags",
        name="tradewind_dags",
        tag="DAGs",
        needs=Need(Resource.DAG),
        do=cards,
        query=CardsQuery,
        answer=DagCards,
    ),
    Operation(
        method="PATCH",
        path=DAG,
        name="tradewind_set_paused",
        tag="DAGs",
        needs=Need(Resource.DAG, Action.EDIT),
        do=set_paused,
        body=PauseBody,
        answer=DagCard,
        examples={"pause": {"is_paused": True}},
    ),
)
