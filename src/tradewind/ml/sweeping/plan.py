"""What a sweep begins with, handed from its first task to its trials: who it is, what is known from earlier sweeps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from tradewind.authoring.exceptions import AirflowFailException
from tradewind.ml import journal
from tradewind.ml.sweeping.config import SweepConfig
from tradewind.ml.sweeping.past import ENDED, EVERYTHING
from tradewind.model.entries import SweepStarted, TrialEnded
from tradewind.model.ids import MapPath
from tradewind.model.journal import EntryQuery, JournalEntry

PREVIOUS = "previous"


class EarlierTrial(Struct, frozen=True):
    """A complete trial of another sweep, over a space that this one has as well."""

    params: dict[str, Any]
    value: float
    distributions: dict[str, str]
    state: str = "complete"
    steps: tuple[tuple[int, float], ...] = ()


class Plan(Struct, frozen=True):
    """Travels as plain data."""

    study: str
    begun_at: datetime
    history: tuple[EarlierTrial, ...] = ()
    queue: tuple[dict[str, Any], ...] = ()
    """Parameters of the first trials."""


def sweep_name(context: Any, group_id: str, prefix: MapPath) -> str:
    """`dag_id/run_id/group`; in a mapped group with the indexes of that."""
    ti = context["ti"]
    return "/".join([ti.dag_id, ti.run_id, group_id, *map(str, prefix)])


def make_plan(config: SweepConfig, context: Any, now: datetime) -> tuple[Plan, tuple[str, ...]]:
    """The plan, and the sweeps it learns from. Raises AirflowFailException for a sweep that is not there."""
    names = [_resolved(name, config, context) for name in config.warm_start]
    known = [name for name in names if name is not None]
    history = [trial for name in known for trial in _history(name, config)]
    queue = [params for wish in config.enqueue for params in _queued(wish, config, context)]
    return Plan(context["ti"].id, now, tuple(history), tuple(queue)), tuple(known)


def _resolved(name: str, config: SweepConfig, context: Any) -> str | None:
    """`previous` is this group's newest sweep in another run of the DAG; None where there has been none yet."""
    if name == PREVIOUS:
        ti = context["ti"]
        ending = f"/{config.group_id}"
        for entry in journal.read(EntryQuery(SweepStarted.__name__, dag_id=ti.dag_id, limit=1000)):
            if entry.run_id != ti.run_id and entry.name.endswith(ending):
                return entry.name
        return None
    if _newest_start(name) is None:
        raise AirflowFailException(f"there is no sweep {name!r} to learn from; `tradewind sweeps list` names them")
    return name


def _newest_start(name: str) -> JournalEntry | None:
    found = journal.read(EntryQuery(SweepStarted.__name__, name=name, limit=1))
    return found[0] if found else None


def _complete(name: str) -> tuple[SweepStarted, list[TrialEnded]]:
    entry = _newest_start(name)
    assert entry is not None, "a name that was resolved has begun"
    begun = msgspec.convert(entry.body, SweepStarted)
    read = journal.read(EntryQuery(ENDED, name=name, limit=EVERYTHING))
    ended = [msgspec.convert(one.body, TrialEnded) for one in reversed(read)]
    newest = {one.number: one for one in ended if one.study == begun.study}
    return begun, [one for one in newest.values() if one.state == "complete" and one.value is not None]


def _history(name: str, config: SweepConfig) -> list[EarlierTrial]:
    """Only what can be compared: in the same direction, and parameters that lie in this space."""
    begun, complete = _complete(name)
    if begun.direction != config.direction:
        raise AirflowFailException(f"sweep {name!r} was to {begun.direction}, this one is to {config.direction}")
    own = config.space.distributions()
    found: list[EarlierTrial] = []
    for one in complete:
        texts = one.distributions or begun.distributions
        if own and not _lies_in(one.params, own):
            continue
        distributions = config.space.as_texts() if own else texts
        assert one.value is not None, "it is complete"
        found.append(EarlierTrial(one.params, one.value, distributions, steps=one.steps))
    return found


def _lies_in(params: dict[str, Any], own: dict[str, Any]) -> bool:
    if set(params) != set(own):
        return False
    for name, distribution in own.items():
        try:
            internal = distribution.to_internal_repr(params[name])
        except (ValueError, TypeError):
            return False
        if not distribution._contains(internal):
            return False
    return True


def _queued(wish: Any, config: SweepConfig, context: Any) -> list[dict[str, Any]]:
    if isinstance(wish, dict):
        return [_as_optuna_has_it(wish, config)]  # pyright: ignore[reportUnknownArgumentType]
    name = _resolved(str(wish), config, context)
    if name is None:
        return []
    begun, complete = _complete(name)
    sign = 1 if begun.direction == "minimize" else -1
    return [min(complete, key=lambda one: sign * (one.value or 0.0)).params] if complete else []


def _as_optuna_has_it(params: dict[str, Any], config: SweepConfig) -> dict[str, Any]:
    """Options of a choice by their labels."""
    found: dict[str, Any] = {}
    for name, value in params.items():
        dimension = config.space.dimensions.get(name)
        options = getattr(dimension, "options", None)
        if options is not None and value in options:
            value = getattr(dimension, "labels", options)[options.index(value)]
        found[name] = value
    return found


def read_plan(value: Any) -> Plan:
    """What the first task has handed on."""
    return msgspec.convert(value, Plan)
