"""The store of a server, as commands know it: each method is asked of the server, with the caller's rights. What only
the owner of a database may do (committing, claiming, cleaning) is refused here already."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, cast

from tradewind.api.remote.messages import (
    DeleteRuns,
    LeaveWish,
    Log,
    LogPiece,
    MakeForks,
    MakeRun,
    NextRun,
    OfAsset,
    OfBackfill,
    Parse,
    SetBackfill,
    ValueBytes,
)
from tradewind.api.remote.rules import RULES
from tradewind.cli.remote.client import Client
from tradewind.model.changes import RunCreated
from tradewind.model.errors import TradewindError
from tradewind.model.ids import MapPath, RunKey
from tradewind.model.parsing import NEXT_RUN_REQUEST, PARSE_REQUEST
from tradewind.model.requests import Cancel, Clear, Fork, ForkMade, Mark, MarkRun, Trigger, Wish
from tradewind.model.service import BackfillRecord, BackfillRunRecord
from tradewind.store.signatures import answer_of, arguments_of, signature_of


class RemoteStore:
    """Passes for a `store.base.Store`, as far as commands need it."""

    has_many_machines = True

    def __init__(self, client: Client) -> None:
        self.client = client

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in RULES:
            raise TradewindError(
                f"this cannot be done on a server from here (it needs {name!r})",
                hint="run the command on the server's machine, without TRADEWIND_URL",
            )

        def asked(*positional: Any, **named: Any) -> Any:
            bound = signature_of(name).bind(None, *positional, **named).arguments
            bound.pop("self", None)
            return self.client.question(
                name, arguments_of(name)(**{k: _listed(v) for k, v in bound.items()}), answer_of(name)
            )

        return asked

    # ------------------------------------------------------------------------------------ what the server does itself

    def ring(self, topic: object) -> None:
        """The server rings once it has done what was asked."""

    def write_audit(self, record: object) -> None:
        """The server writes down who asked."""

    def close(self) -> None:
        self.client.close()

    def add_request(self, kind: str, key: RunKey | None, payload: dict[str, Any], *, who: str, now: datetime) -> None:
        if kind == NEXT_RUN_REQUEST:
            self.client.question("next_run", NextRun(str(payload["dag_id"])), None)
        elif kind == PARSE_REQUEST:
            self.client.question("parse", Parse(**payload), None)
        elif kind == "trigger":
            self.make_run(Trigger(**payload))
        elif kind == "cancel" and key is not None:
            self.leave_wish(key, Cancel(**payload))
        else:
            raise TradewindError(f"a server takes no request {kind!r} from here")

    # ------------------------------------------------------------------------------------ deeds

    def make_run(self, wish: Trigger) -> RunCreated:
        return self.client.question("make_run", MakeRun(wish), RunCreated)

    def make_forks(self, wish: Fork) -> list[ForkMade]:
        return self.client.question("make_forks", MakeForks(wish), list[ForkMade])

    def leave_wish(self, key: RunKey, wish: Wish) -> str:
        """Whom it was left to, in words."""
        if not isinstance(wish, Cancel | Clear | Mark | MarkRun):
            raise TradewindError(f"a server takes no such wish from here: {type(wish).__name__}")
        return self.client.question("leave_wish", LeaveWish(key, wish), str)

    def delete_runs(self, keys: list[RunKey]) -> tuple[int, int]:
        """How many runs and artifacts are gone."""
        return self.client.question("delete_runs", DeleteRuns(keys), tuple[int, int])

    def log(self, key: RunKey, task_id: str, path: MapPath, try_id: str, start: int) -> LogPiece:
        return self.client.question("log", Log(key, task_id, path, try_id, start), LogPiece)

    def value(self, key: RunKey, task_id: str, path: MapPath, name: str, part: tuple[int, ...] = ()) -> bytes:
        return self.client.question("value", ValueBytes(key, task_id, path, name, part), bytes)

    def backfill(self, backfill_id: int) -> BackfillRecord:
        return self.client.question("backfill", OfBackfill(backfill_id), BackfillRecord)

    def backfill_dates(self, backfill_id: int) -> list[BackfillRunRecord]:
        return self.client.question("backfill_dates", OfBackfill(backfill_id), list[BackfillRunRecord])

    def set_backfill(self, backfill_id: int, *, is_paused: bool | None = None, is_cancelled: bool = False) -> None:
        self.client.question("set_backfill", SetBackfill(backfill_id, is_paused, is_cancelled), None)

    def consumers_of(self, name: str, uri: str) -> list[str]:
        return self.client.question("consumers_of", OfAsset(name, uri), list[str])

    def producers_of(self, name: str, uri: str) -> list[tuple[str, str]]:
        return self.client.question("producers_of", OfAsset(name, uri), list[tuple[str, str]])


def _listed(value: Any) -> Any:
    """Sets and generators as what the message has."""
    is_loose = type(value) in (set, frozenset) or hasattr(value, "__next__")
    return list(cast("Iterable[Any]", value)) if is_loose else value
