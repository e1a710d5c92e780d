"""The store as a call that needs rights sees it: it writes nothing before somebody has decided, and nothing to a DAG
that no decision was about. The second lock of the door: an operation that forgets to ask changes nothing."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, cast

from tradewind.api.access.rights import Action, Decision
from tradewind.api.problems import Forbidden
from tradewind.model.ids import RunKey
from tradewind.store.base import Store

VERBS = (
    "accept_",
    "add_",
    "adopt_",
    "answer_",
    "change_",
    "claim_",
    "clear_",
    "create_",
    "delete_",
    "encrypt_",
    "end_",
    "forget_",
    "give_",
    "import_",
    "mark_",
    "move_",
    "register_",
    "release_",
    "replace_",
    "retire_",
    "revoke_",
    "save_",
    "set_",
    "take_",
    "touch_",
)
"""Methods that write begin with one of these; a test holds the list complete."""
WITHOUT_VERB = frozenset({"beat", "clean", "commit", "reset", "write_entries"})
READS = frozenset({"import_errors"})


def writes(name: str) -> bool:
    return name not in READS and (name in WITHOUT_VERB or name.startswith(VERBS))


class GuardedStore:
    """Passes everything on to the store; asks before methods that write."""

    def __init__(self, store: Store, decisions: Sequence[Decision]) -> None:
        self._store = store
        self._decisions = decisions

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        if not writes(name):
            return found

        def checked(*values: Any, **named: Any) -> Any:
            self._check(name, values, named)
            return found(*values, **named)

        return checked

    def _check(self, name: str, values: Sequence[Any], named: Mapping[str, Any]) -> None:
        allowed = [one for one in self._decisions if one.is_allowed and one.action not in (None, Action.READ)]
        if not allowed:
            raise Forbidden(f"nobody has decided whether {name} is allowed here")
        about = {one.dag_id for one in allowed}
        for dag_id in _dags_in(name, values, named):
            if dag_id and dag_id not in about:  # "": an address of a process, not a DAG
                raise Forbidden(f"{name} is about DAG {dag_id}, and nobody has decided about that")


def guarded(store: Store, decisions: Sequence[Decision]) -> Store:
    return cast("Store", GuardedStore(store, decisions))


def _dags_in(name: str, values: Sequence[Any], named: Mapping[str, Any]) -> Iterator[str]:
    """Ids of all DAGs that the arguments name: as `dag_id`, within a run's key, a change, a record."""
    given = {**dict(zip(_parameters(name), values, strict=False)), **named}
    if isinstance(dag_id := given.pop("dag_id", None), str):
        yield dag_id
    for value in given.values():
        yield from _named_by(value)


def _named_by(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for one in cast("Sequence[Any]", value):
            yield from _named_by(one)
        return
    run = value if isinstance(value, RunKey) else getattr(value, "run", None)
    if isinstance(run, RunKey):
        yield run.dag_id
    elif isinstance(dag_id := getattr(value, "dag_id", None), str):
        yield dag_id


@cache
def _parameters(name: str) -> tuple[str, ...]:
    method = cast("Callable[..., Any]", getattr(Store, name))
    return tuple(inspect.signature(method).parameters)[1:]
