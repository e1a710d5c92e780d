"""The words between a triggerer's two sides: the one that has the store, and the processes that run triggers.

Frames as in `messages`. The store side sends `RunTriggers` first, then what to wait for and what to drop; it hears what
came of it. A second socket carries the triggers' own questions (`messages.Request`, each answered by one `Reply`).
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from msgspec import Struct

from tradewind.model.ids import TaskKey, TryId
from tradewind.model.values import Value
from tradewind.model.warm import Snapshot

END_EVENT = "$ends_task"
"""Key of the stored payload that stands for an `EndsTask`: no method of the task is called any more."""


class RunTriggers(Struct, frozen=True, tag=True):
    """What a process needs to begin. `snapshot=None`: it runs triggers of installed packages alone."""

    snapshot: Snapshot | None
    blobs: str
    """Absolute folder of the snapshot's blobs."""
    artifact_url: str
    """Where values go that a trigger hands on for its task (`BaseTaskEndEvent.xcoms`)."""
    inline_value_bytes: int
    log_level: str = "INFO"


class WaitFor(Struct, frozen=True, tag=True):
    """Make this trigger and run it until its first event; a watcher's (`task=None`) goes on."""

    wait_id: int
    """Id of the deferral; negative for a watcher of an asset."""
    trigger: str
    """Class path."""
    kwargs: dict[str, Any]
    """As `authoring.trigger_arguments` wrote them."""
    file: str = ""
    """DAG file (relative) of the task: its own classes can be found there."""
    task: TaskKey | None = None
    try_id: TryId = ""
    try_number: int = 1
    log_path: str = ""
    """Absolute path of the try's log; what the trigger logs goes there."""
    label: str = ""
    """What to call it in the triggerer's own log."""


class Drop(Struct, frozen=True, tag=True):
    """Nobody waits for these any more; or, where they are not `is_unwanted`, another triggerer does."""

    wait_ids: tuple[int, ...]
    is_unwanted: bool = True


class StoreChanged(Struct, frozen=True, tag=True):
    """A run was started, or ended: triggers that watch other DAGs look again now."""


ToTriggers: TypeAlias = RunTriggers | WaitFor | Drop | StoreChanged


class Fired(Struct, frozen=True, tag=True):
    wait_id: int
    event: Any
    """The payload, written as the arguments are; `{END_EVENT: EndsTask as a mapping}` where it ends the task."""


class Broke(Struct, frozen=True, tag=True):
    """The trigger could not be made, raised, or ended without an event."""

    wait_id: int
    error: str
    """With the traceback, cut to the author's files, secrets masked."""


class Blocked(Struct, frozen=True, tag=True):
    """The trigger kept the loop, and with it all other triggers, from going on. Said when it is over."""

    wait_id: int
    seconds: float


FromTriggers: TypeAlias = Fired | Broke | Blocked


class EndsTask(Struct, frozen=True):
    """A trigger's event that ends its task without a process."""

    state: Literal["success", "failed", "skipped"]
    xcoms: dict[str, Value] = {}
