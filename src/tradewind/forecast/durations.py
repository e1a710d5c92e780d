"""How long tasks take in a forecast, and how many instances mapped ones have: recorded, given in a file, or a guess."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from tradewind.model.errors import TradewindError

DEFAULT_SECONDS = 60.0
DEFAULT_LENGTH = 3


class Given(Struct, frozen=True, forbid_unknown_fields=True):
    """What a file says of one task: `{"seconds": 90, "length": 10}`, or the seconds alone."""

    seconds: float | None = None
    length: int | None = None
    """Instances that what it returns is mapped to."""


class Durations:
    """`recorded(dag_id)`: task → seconds of past tries. The same seed gives the same durations."""

    def __init__(
        self,
        *,
        recorded: Callable[[str], Mapping[str, Sequence[float]]] = lambda dag_id: {},
        given: Mapping[str, Given] | None = None,
        default_seconds: float = DEFAULT_SECONDS,
        seed: int = 0,
    ) -> None:
        self._recorded = recorded
        self._given = given or {}
        self._default_seconds = default_seconds
        self._random = random.Random(seed)
        self._known: dict[str, Mapping[str, Sequence[float]]] = {}

    def seconds(self, dag_id: str, task_id: str) -> float:
        """The file's word goes first, then one of the recorded times by lot, then the default."""
        given = self._find(dag_id, task_id)
        if given is not None and given.seconds is not None:
            return given.seconds
        if dag_id not in self._known:
            self._known[dag_id] = self._recorded(dag_id)
        times = self._known[dag_id].get(task_id)
        return self._random.choice(times) if times else self._default_seconds

    def length(self, dag_id: str, task_id: str) -> int:
        given = self._find(dag_id, task_id)
        return given.length if given is not None and given.length is not None else DEFAULT_LENGTH

    def _find(self, dag_id: str, task_id: str) -> Given | None:
        return self._given.get(f"{dag_id}.{task_id}") or self._given.get(task_id) or self._given.get("*")


def read_durations(file: Path) -> dict[str, Given]:
    """JSON or TOML: {"my_dag.my_task": 90, "fit": {"seconds": 3600}, "*": 5}. A task is named with its DAG, or alone
    for all DAGs. Raises TradewindError for a file that says something else."""
    try:
        data: Any = (
            tomllib.loads(file.read_text()) if file.suffix == ".toml" else msgspec.json.decode(file.read_bytes())
        )
        found = msgspec.convert(data, dict[str, float | Given])
    except (tomllib.TOMLDecodeError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise TradewindError(
            f"{file} does not say how long tasks take: {error}",
            hint='write {"my_dag.my_task": 90, "*": 5}: seconds, or {"seconds": 90, "length": 10}',
        ) from error
    made = {name: one if isinstance(one, Given) else Given(one) for name, one in found.items()}
    for name, one in made.items():
        if (one.seconds or 0) < 0 or (one.length or 0) < 0:
            raise TradewindError(f"{file}: {name} is negative", hint="seconds and lengths are 0 or more")
    return made
