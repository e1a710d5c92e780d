"""The words between the dag-processor, the parse server, and the child that loads one DAG file.

Frames as in `messages`, over Unix sockets; a `ParseStarted` carries our end of the child's own socket as an SCM_RIGHTS
descriptor.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias

from msgspec import Struct

from tradewind.model.ids import RunKey
from tradewind.model.messages import Reply, Request
from tradewind.model.service import DueRun
from tradewind.model.warm import FileLoaded, Snapshot

TO_DAG_PROCESSOR = RunKey("", "dag-processor")
"""Requests with this key are for the dag-processor; ring `Topic.PARSE` after one."""
NEXT_RUN_REQUEST = "next_run"
"""{"dag_id"}: its timetable is the author's code; say what comes next."""
PARSE_REQUEST = "parse"
"""{"root", "file"}: parse this file again; {}: all of them."""
REFRESH_REQUEST = "refresh_bundle"
"""{"name"}: fetch this bundle now; {}: all of them."""


INTERVAL_REQUEST = "infer_interval"
"""{"dag_id", "run_id", "at"}: of a run by hand whose timetable is the author's code; ask it for the data interval."""
PARTITIONS_REQUEST = "map_partitions"
"""{"dag_id", "questions": [[number of a mapper of the author's own, partition key], …]}: ask the mappers."""
TO_ASSET_RUNS = RunKey("", "asset-runs")
"""Requests with this key are for whatever scheduler starts runs by assets; ring `Topic.ASSETS` after one."""
PARTITIONS_MAPPED = "partitions_mapped"
"""The answer: a `PartitionsMapped` as plain data."""


class SetUp(Struct, frozen=True, tag=True):
    """The first message to a parse server."""

    settings: dict[str, Any]
    """Fields of `Settings` as plain data: defaults of DAG files."""
    blobs: str
    """Absolute folder of the snapshots' files."""
    cwd: str


class UseSnapshot(Struct, frozen=True, tag=True):
    """Files of this snapshot's root come from it from now on."""

    snapshot: Snapshot


class ParseFile(Struct, frozen=True, tag=True):
    job: int
    root: str
    file: str
    """Relative to the root."""
    timeout_seconds: float
    memory_bytes: int
    """0: no limit."""
    now: datetime


class StopParse(Struct, frozen=True, tag=True):
    """Kill the child of this job, and all that it has started."""

    job: int


class ParseStarted(Struct, frozen=True, tag=True):
    job: int
    pid: int


class ParseEnded(Struct, frozen=True, tag=True):
    """The child is gone. Its report, if there was one, came over its own socket."""

    job: int
    exit_code: int | None
    """Negative: a signal. None: no process could be made; `output` says why."""
    output: str
    """The end of what it printed."""


class ClockAnswer(Struct, frozen=True):
    """What a custom timetable says: the runs that are due and the first that are not, or why it cannot say."""

    dag_id: str
    runs: tuple[DueRun, ...] = ()
    error: str = ""


class MappedKey(Struct, frozen=True):
    """What a mapper of the author's own makes of a partition key."""

    number: int
    """Of the mapper, among those of the author's own in the DAG's schedule."""
    key: str
    keys: tuple[str, ...] = ()
    error: str = ""


class PartitionsMapped(Struct, frozen=True):
    dag_id: str
    dag_hash: str
    answers: tuple[MappedKey, ...]


class IntervalInferred(Struct, frozen=True):
    """What a custom timetable says of a run by hand: its data interval, or why it cannot say."""

    dag_id: str
    run_id: str
    start: datetime | None = None
    end: datetime | None = None
    error: str = ""


class FileParsed(Struct, frozen=True, tag=True):
    loaded: FileLoaded
    uses: tuple[str, ...] = ()
    """What the file imported or read below its root, relative to it; a folder that it listed ends in a slash."""
    clocks: tuple[ClockAnswer, ...] = ()
    mapped: tuple[PartitionsMapped, ...] = ()
    """Where that was asked."""
    intervals: tuple[IntervalInferred, ...] = ()
    """Where that was asked."""
    environment: dict[str, str] = {}
    """Variables of the environment that it read: digests of their values; `*`: it looked at all of them."""
    why_not_kept: str = "not said"
    """Why it has to be parsed again at the next start although nothing in its folder has changed; "": it need not."""


class GetClock(Struct, frozen=True, tag=True):
    """Where this DAG's clock stands, for a timetable that is the author's code: the data interval of its last run by
    the clock as [start, end], or None."""

    dag_id: str


class GetQuestions(Struct, frozen=True, tag=True):
    """What is to be asked of the partition mappers of this DAG, as in PARTITIONS_REQUEST."""

    dag_id: str


class GetRunsByHand(Struct, frozen=True, tag=True):
    """Whose data intervals the timetable of this DAG, the author's code, is to infer: [[run id, instant], …]."""

    dag_id: str


ALL_VARIABLES = "*"


def digest_of_variables(environment: Mapping[str, str], name: str) -> str:
    """Of a variable's value, which may be a secret, or of all of them; "" where it is not set."""
    value = repr(sorted(environment.items())) if name == ALL_VARIABLES else environment.get(name)
    if value is None:
        return ""
    return hashlib.blake2b(value.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


ToParseServer: TypeAlias = SetUp | UseSnapshot | ParseFile | StopParse
FromParseServer: TypeAlias = ParseStarted | ParseEnded
ToParseChild: TypeAlias = Reply
FromParseChild: TypeAlias = FileParsed | GetClock | GetQuestions | GetRunsByHand | Request
