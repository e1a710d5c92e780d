"""What the dag-processor writes: many files in one transaction, so that a thousand of them are saved in a moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from tradewind.model.ids import RunKey
from tradewind.model.records import DagVersionRecord
from tradewind.model.service import DueRun
from tradewind.model.spec import DagSpec
from tradewind.model.warm import ImportProblem


class Clock(Struct, frozen=True):
    """What a new version's clock says, and the last run by the clock it goes on from."""

    due: DueRun | None
    held_why: str = ""
    last_interval_end: datetime | None = None


class ParsedDag(Struct, frozen=True):
    spec: DagSpec
    clock: Clock | None = None
    """None: it stands as it stood."""
    moves: bool = True
    """False: the DAG stays with the file that it has; only its version is kept, for runs of this one."""


class ParsedFile(Struct, frozen=True):
    file: str
    dags: tuple[ParsedDag, ...]
    problems: tuple[ImportProblem, ...] = ()
    seconds: float = 0.0
    is_whole: bool = True
    """DAGs that it defined before and does not name here are gone. False where it could not be read to its end."""
    keep: tuple[str, ...] = ()
    """DAGs that stay although they are not among `dags`: they are broken."""
    made_of: bytes | None = None
    """What it yielded this from, in the dag-processor's own words; None: the next start has to parse it again."""


class KeptFile(Struct, frozen=True):
    """A file that is in the store as it was parsed."""

    file: str
    parsed_at: datetime
    made_of: bytes
    dag_ids: tuple[str, ...]


class Saved(Struct, frozen=True):
    new_versions: tuple[str, ...]
    """DAGs whose newest version this is the first time."""
    retired: tuple[str, ...]
    overtaken: tuple[str, ...]
    """DAGs whose last run by the clock is another by now: their `clock` was not set, and has to be reckoned anew."""


class Parsing(Protocol):
    def save_parsed(
        self,
        root: str,
        snapshot: str,
        files: Sequence[ParsedFile],
        *,
        now: datetime,
        bundle: str = "",
        bundle_version: str = "",
    ) -> Saved:
        """What these files yielded: versions, clocks, import errors, DAGs that are gone. One transaction."""
        ...

    def kept_files(self, root: str) -> list[KeptFile]:
        """Those of this folder that were saved with what they are made of, and whose DAGs are all still theirs."""
        ...

    def set_manual_interval(self, key: RunKey, start: datetime, end: datetime) -> None:
        """What the DAG's own timetable infers for this run by hand; nothing happens where there is none."""
        ...

    def parse_times(self) -> dict[tuple[str, str], datetime]:
        """(Folder, file) → when it was parsed last."""
        ...

    def move_to_snapshot(
        self,
        root: str,
        snapshot: str,
        *,
        but: Collection[str],
        now: datetime,
        bundle_version: str = "",
        old_root: str | None = None,
    ) -> int:
        """The DAGs of this folder (that had them as `old_root`), but those of the files named, run from this snapshot
        from now on: something else than their own file has changed. How many were moved."""
        ...

    def retire_missing(self, root: str, files: Collection[str], *, now: datetime, bundle: str = "") -> list[str]:
        """The folder has these DAG files and no others any more: DAGs of the others are retired, their import errors
        forgotten; so are errors that the bundle had in other folders. Returns the ids of the DAGs."""
        ...

    def dag_versions(self, dag_id: str) -> list[DagVersionRecord]:
        """Newest first."""
        ...
