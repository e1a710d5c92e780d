"""Raising an alarm from inside a task: DAGs that wait for it start, unless their cooldown says that they just did."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple, TypeAlias
from urllib.parse import quote

import msgspec
from msgspec import Struct

from tradewind.authoring import ports
from tradewind.authoring.context import get_current_context
from tradewind.model.messages import RaiseAlarm

AlarmKind: TypeAlias = Literal["drift", "degradation", "gate"]
SCHEME = "tradewind-alarm"


class Alarm(NamedTuple):
    raised: bool
    held_why: str = ""
    """Why not, a sentence for each cooldown that runs; "" where nobody waits for it."""
    dag_ids: tuple[str, ...] = ()
    """Those it starts."""


class _Told(Struct, frozen=True):
    """Of the reply to RaiseAlarm."""

    dag_ids: tuple[str, ...]
    raised: bool
    at: datetime
    cooldown_seconds: float


def alarm_uri(kind: AlarmKind, name: str) -> str:
    return f"{SCHEME}://{kind}/{quote(name, safe='')}"


def raise_alarm(
    kind: AlarmKind, name: str, extra: Mapping[str, Any], *, cooldown: timedelta | float | None = None
) -> Alarm:
    """`cooldown` (a timedelta or seconds): of an alarm that no DAG waits for; else each DAG has said its own. Outside
    of a try nothing is raised; where no scheduler answers (`dag.test()`, a try that is played again) nothing is held
    either."""
    try:
        ti = get_current_context()["ti"]
    except RuntimeError:
        return Alarm(False)
    wish = RaiseAlarm(
        try_id=str(ti.id),
        uri=alarm_uri(kind, name),
        task_id=ti.task_id,
        map_path=ti.map_path,
        extra=dict(extra),
        cooldown_seconds=None if cooldown is None else seconds_of(cooldown),
    )
    told = msgspec.convert(ports.supervisor().ask(wish) or [], list[_Told])
    return Alarm(
        any(one.raised for one in told) or (cooldown is not None and not told),
        "; ".join(_why(one) for one in told if not one.raised),
        tuple(dag_id for one in told if one.raised for dag_id in one.dag_ids),
    )


def seconds_of(cooldown: timedelta | float) -> float:
    """Raises ValueError for less than nothing."""
    seconds = cooldown.total_seconds() if isinstance(cooldown, timedelta) else float(cooldown)
    if not 0 <= seconds < float("inf"):
        raise ValueError(f"a cooldown is a timedelta or seconds, 0 or more, not {cooldown!r}")
    return seconds


def _why(told: _Told) -> str:
    over = (told.at + timedelta(seconds=told.cooldown_seconds)).astimezone(UTC)
    who = f"{', '.join(told.dag_ids)} was triggered" if told.dag_ids else "it went off"
    last = told.at.astimezone(UTC)
    return f"{who} at {last:%Y-%m-%d %H:%M:%S} UTC, and its cooldown runs until {over:%Y-%m-%d %H:%M:%S} UTC"
