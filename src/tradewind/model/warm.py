"""The words between the local executor and a warm parent: the process that has imported one DAG file and forks runners.

Frames as in `messages`, over a Unix socket; a `ChildForked` carries the supervisor's end of the child's own socket as
an SCM_RIGHTS descriptor. The first warm parent of a file version is also its parser: `FileLoaded` brings the specs.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from tradewind.model.messages import Reply, Request, RunnerMessage
from tradewind.model.spec import DagSpec

MARK_VARIABLE = "TRADEWIND_WARM_PARENT"
"""Set in a warm parent's environment: all its descendants can be found by it, wherever they have gone."""


PINNED_AT_MOST = 4
"""Snapshots that a template keeps; the one it was told of first goes first."""
DAG_MODULE_PREFIX = "tradewind_dag_"
"""How the names of modules begin that DAG files are imported as."""


class Snapshot(Struct, frozen=True):
    """A content-addressed copy of a DAG folder's code. `root` is the original folder; `files` maps relative paths to
    BLAKE2b-256 hashes of blobs under <home>/snapshots/blobs/. `id` is the hash of the sorted mapping and root."""

    id: str
    root: str
    files: dict[str, str]
    note: str = ""
    """What a user should know of it: that a folder too large was not copied whole. Not part of the id."""


class LoadFile(Struct, frozen=True, tag=True):
    snapshot: Snapshot
    blobs: str
    """Absolute folder of the blobs."""
    file: str
    """Relative path of the DAG file in the snapshot."""
    cwd: str
    environment: dict[str, str] = {}
    timeout_seconds: float = 60.0
    is_pinned: bool = False
    """`snapshot` comes without its files: the template that the process was forked from has looked through them."""


class ForkChildren(Struct, frozen=True, tag=True):
    count: int
    rehearse: bool = True
    """While they wait for a try. Not where one waits for them, or others want the CPUs: that costs a fifth more."""


class SignalChild(Struct, frozen=True, tag=True):
    """Send this signal to the process group of a child. The warm parent does it, since it alone knows for sure that the
    process id still is its child's."""

    pid: int
    signal: int


class Retire(Struct, frozen=True, tag=True):
    """Exit once no child is left."""


class ImportProblem(Struct, frozen=True):
    """Why a DAG file, or one DAG of it, was refused: the text a user sees, with the traceback cut to their files."""

    file: str
    message: str
    line: int = 0
    hint: str = ""
    traceback: str = ""
    dag_id: str | None = None


class FileLoaded(Struct, frozen=True, tag=True):
    specs: tuple[DagSpec, ...]
    problems: tuple[ImportProblem, ...]
    fork_unsafe: str = ""
    """Why children cannot be forked from this process (threads left running by the import), or ""."""
    seconds: float = 0.0
    output: str = ""
    """What the file printed while it was imported (cut)."""


class ChildForked(Struct, frozen=True, tag=True):
    pid: int


class ForkFailed(Struct, frozen=True, tag=True):
    """One child that was asked for could not be made."""

    why: str


class ChildEnded(Struct, frozen=True, tag=True):
    pid: int
    exit_code: int | None
    signal: int | None
    max_rss_bytes: int


class ReadyForMore(Struct, frozen=True, tag=True):
    """A child's last word on a try where it can serve another one (see `RunTry.reuse_tries`)."""

    is_unused: bool = False
    """All that it has served was found in the cache: it is as good as a new one, for any try."""


class PinSnapshot(Struct, frozen=True, tag=True):
    """To the template: warm parents that are forked from now on find these files looked through."""

    snapshot: Snapshot
    blobs: str


class TemplateReady(Struct, frozen=True, tag=True):
    """The template has imported what it forks warm parents with."""


class ForkWarmParent(Struct, frozen=True, tag=True):
    """To the template, with three descriptors: the warm parent's control socket, its life pipe, its output."""

    mark: str


class WarmParentForked(Struct, frozen=True, tag=True):
    pid: int


ToTemplate: TypeAlias = PinSnapshot | ForkWarmParent
FromTemplate: TypeAlias = TemplateReady | WarmParentForked | ForkFailed
ToWarmParent: TypeAlias = LoadFile | ForkChildren | SignalChild | Retire | Reply
FromWarmParent: TypeAlias = FileLoaded | ChildForked | ForkFailed | ChildEnded | Request
"""Requests come while the file is imported: `Variable.get` at its top."""
FromChild: TypeAlias = RunnerMessage | ReadyForMore
