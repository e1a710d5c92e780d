"""The warm parents of an executor: started on demand, one per DAG file version, asked for children, retired when idle.

What happens to tries is the owner's business (`family.Owner`); this file knows processes.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import selectors
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import msgspec

from tradewind.executors.base import CodeRef
from tradewind.executors.local import evidence, loading
from tradewind.executors.local.ahead import EXPECTED_SECONDS, Ahead
from tradewind.executors.local.channel import BrokenChannelError, Channel
from tradewind.executors.local.family import Child, Owner, WarmParent, kill_marked, spawn_warm_parent
from tradewind.executors.local.machine import cpu_count
from tradewind.executors.local.template import AdoptedProcess, Template, start_template
from tradewind.executors.local.timers import Timers
from tradewind.model import frames
from tradewind.model.warm import (
    ChildEnded,
    ChildForked,
    FileLoaded,
    ForkChildren,
    ForkFailed,
    FromChild,
    FromWarmParent,
    LoadFile,
    PinSnapshot,
    Retire,
    Snapshot,
)

_log = logging.getLogger(__name__)
IMPORT_LOOK_SECONDS = 0.2


class Household:
    def __init__(
        self,
        owner: Owner,
        selector: selectors.BaseSelector,
        timers: Timers,
        *,
        blobs: Path,
        cwd: Path,
        environment: Mapping[str, str],
        python: str,
        max_spares: int,
        grace_seconds: float,
        import_memory_bytes: int,
        idle_retire_seconds: float,
        max_warm_parents: int,
    ) -> None:
        self._owner = owner
        self._selector = selector
        self._timers = timers
        self._blobs = blobs
        self._cwd = cwd
        self._environment = dict(environment)
        self._python = python
        self._max_spares = max_spares
        self._grace_seconds = grace_seconds
        self._import_memory_bytes = import_memory_bytes
        self._idle_retire_seconds = idle_retire_seconds
        self._max_warm_parents = max_warm_parents
        self._cpus = cpu_count()
        self.all: set[WarmParent] = set()
        self._ahead = Ahead(max(1, min(max_spares, max_warm_parents // 2)))
        self._by_code: dict[CodeRef, WarmParent] = {}
        """Those that take tries; retiring ones are in `all` only."""
        self._snapshots: dict[str, Snapshot] = {}
        self._started_ahead: WarmParent | None = None
        self._want_refill: set[WarmParent] = set()
        self._template: Template | None = None
        self._knows_a_file = False
        self._marks = (f"{os.getpid():08x}-{id(self):016x}-{number:08x}" for number in itertools.count())

    def load(self, snapshot: Snapshot, file: str, timeout_seconds: float = 60.0) -> FileLoaded:
        """The specs of a DAG file, from the warm parent that will run its tasks: started if there is none. Blocks;
        what comes in meanwhile is kept for `wait`. Never raises for what the file does: that is in `problems`."""
        self._snapshots[snapshot.id] = snapshot
        code = CodeRef(snapshot.id, file)
        try:
            parent = self._by_code.get(code) or self._start_parent(code, timeout_seconds)
        except OSError as error:
            return loading.refused(file, str(error))
        while parent.loaded is None:
            self._owner.poll(None)
            self._timers.fire_due()
        return parent.loaded

    def expect(self, code: CodeRef) -> None:
        """Have its file imported, and a child at hand, before its next try is there: as far as there is room."""
        parent = self._by_code.get(code)
        if parent is None:
            self._ahead.expect(code)
        elif not parent.idle and not parent.running:
            parent.expected_until = time.monotonic() + EXPECTED_SECONDS
            self._want_refill.add(parent)
        self._load_ahead()

    def retire(self, code: CodeRef) -> None:
        """Let the warm parent of this code go once its tries have ended."""
        parent = self._by_code.pop(code, None)
        if parent is None:
            return
        parent.retiring = True
        self._let_go_of_idle_children(parent)
        if not parent.running and not parent.waiting:
            parent.channel.send(frames.encode(Retire()))

    def parent_of(self, code: CodeRef) -> WarmParent:
        """The warm parent that runs this code's tries, started if there is none. Raises KeyError for a snapshot that is
        not known, OSError where no process can be started."""
        self._ahead.forget(code)
        parent = self._by_code.get(code) or self._start_parent(code)
        if parent.expected_until:
            parent.expected_until = 0.0
            self._load_ahead()
        return parent

    def start_ahead(self) -> None:
        """Start a warm parent before its file is known: its interpreter is up when it is."""
        with contextlib.suppress(OSError):
            self._started_ahead = self._spawn()

    def start_template(self) -> Template | None:
        """Have a process come up that warm parents are forked from, where there is none."""
        if self._template is None or self._template.is_closed:
            self._template = start_template(self._python, self._whole_environment(), next(self._marks))
        return self._template

    def want_spares(self, parent: WarmParent) -> None:
        """Something was placed there: look after its spare children with the next `refill`."""
        self._want_refill.add(parent)

    def rest(self, parent: WarmParent) -> None:
        """Its last try has ended."""
        if parent.retiring:
            parent.channel.send(frames.encode(Retire()))
        elif parent.idle_timer is None or not parent.idle_timer.is_live:
            parent.idle_timer = self._timers.after(self._idle_retire_seconds, partial(self._retire_if_idle, parent))

    def stop(self, patience_seconds: float) -> None:
        """End all of them; those that stay longer are killed."""
        if self._template is not None:
            self._template.settle()
            self._template.close()
        for parent in self.all:
            parent.channel.close()  # it ends its children and itself
        deadline = time.monotonic() + patience_seconds
        for parent in list(self.all):
            with contextlib.suppress(subprocess.TimeoutExpired):
                parent.process.wait(max(0.0, deadline - time.monotonic()))
            self.gone(parent)

    def refill(self) -> None:
        """Ask for the children that are needed next. Called when there is nothing better to do."""
        wanted, self._want_refill = self._want_refill, set()
        for parent in wanted:
            if parent.loaded is None or parent not in self.all:
                continue
            missing = len(parent.waiting) + parent.spares(self._max_spares) - len(parent.idle) - parent.forking
            if missing > 0:
                parent.forking += missing
                awaited = min(missing, len(parent.waiting))
                for count, rehearse in ((awaited, False), (missing - awaited, not self._is_busy())):
                    if count:
                        parent.channel.send(frames.encode(ForkChildren(count, rehearse)))

    def _is_busy(self) -> bool:
        """Tries want all of the CPUs there are."""
        return sum(parent.running for parent in self.all) >= self._cpus

    def _load_ahead(self) -> None:
        """Start warm parents for what is expected, as far as there is room."""
        now = time.monotonic()
        while (code := self._ahead.next(self._by_code.values(), now)) is not None:
            with contextlib.suppress(OSError, KeyError):  # a try of it will say so
                parent = self._start_parent(code)
                parent.expected_until = now + EXPECTED_SECONDS
                self.rest(parent)

    def _start_parent(self, code: CodeRef, timeout_seconds: float = 60.0) -> WarmParent:
        """Raises KeyError for a snapshot that is not known, OSError where no process can be started."""
        snapshot = self._snapshot(code.snapshot)
        parent, self._started_ahead = self._started_ahead or self._spawn(snapshot), None
        parent.code = code
        self._by_code[code] = parent
        self._knows_a_file = True
        load = LoadFile(
            msgspec.structs.replace(snapshot, files={}) if parent.has_files else snapshot,
            str(self._blobs),
            code.file,
            str(self._cwd),
            self._environment,
            timeout_seconds,
            is_pinned=parent.has_files,
        )
        parent.channel.send(frames.encode(load))
        # The import's own time limit is a signal in its process; this is for one that does not react.
        self._timers.after(timeout_seconds + self._grace_seconds, partial(self._give_up, parent, timeout_seconds))
        if self._import_memory_bytes:
            self._timers.after(IMPORT_LOOK_SECONDS, partial(self._watch_import, parent))
        self._retire_longest_idle()
        return parent

    def _spawn(self, snapshot: Snapshot | None = None) -> WarmParent:
        if self._knows_a_file:  # a second one: there may be many more
            self.start_template()
        pinned = PinSnapshot(snapshot, str(self._blobs)) if snapshot is not None else None
        mark, environment = next(self._marks), self._whole_environment()
        spawned = spawn_warm_parent(self._python, environment, mark, self._template, pinned)

        def handler(ready: int) -> None:
            self._on_parent(parent, ready)

        channel: Channel[FromWarmParent] = Channel(spawned.socket, FromWarmParent, self._selector, handler)
        parent = WarmParent(
            spawned.process, channel, spawned.life, spawned.output, spawned.mark, has_files=spawned.has_files
        )
        self.all.add(parent)
        return parent

    def _whole_environment(self) -> dict[str, str]:
        return {**os.environ, **self._environment}

    def _snapshot(self, snapshot_id: str) -> Snapshot:
        """From memory, or from the home: a run that is resumed has its snapshot from an earlier process."""
        if snapshot_id not in self._snapshots:
            manifest = self._blobs.parent / f"{snapshot_id}.json"
            try:
                self._snapshots[snapshot_id] = msgspec.json.decode(manifest.read_bytes(), type=Snapshot)
            except (OSError, msgspec.DecodeError) as error:
                raise KeyError(snapshot_id) from error
        return self._snapshots[snapshot_id]

    # ---------------------------------------------------------------------------------------------- what they say

    def _on_parent(self, parent: WarmParent, ready: int) -> None:
        if ready & selectors.EVENT_WRITE:
            parent.channel.send_more()
        if not ready & selectors.EVENT_READ:
            return
        try:
            messages = parent.channel.receive_with_descriptors()
        except BrokenChannelError:
            messages = None
        if messages is None:
            self.gone(parent)
            return
        for message in messages:
            self._on_parent_message(parent, message)

    def _on_parent_message(self, parent: WarmParent, message: FromWarmParent) -> None:
        match message:
            case ChildForked(pid=pid):
                self._on_forked(parent, pid)
            case ChildEnded():
                self._owner.child_ended(parent, message)
            case FileLoaded():
                parent.loaded, parent.loaded_at = message, datetime.now(UTC)
                if message.fork_unsafe and parent.code is not None:
                    _log.warning(
                        "%s: %s. Its tasks cannot be forked: each gets a fresh interpreter that imports the file anew",
                        parent.code.file,
                        message.fork_unsafe,
                    )
                self._want_refill.add(parent)
                if parent.waiting:
                    self.refill()
            case ForkFailed(why=why):
                parent.forking = max(0, parent.forking - 1)
                if parent.waiting:
                    self._owner.not_started(parent.waiting[0], why)
            case _:
                self._owner.answer(parent.channel, message)

    def _on_forked(self, parent: WarmParent, pid: int) -> None:
        parent.forking = max(0, parent.forking - 1)
        sock = socket.socket(fileno=parent.channel.descriptors.popleft())

        def handler(ready: int) -> None:
            self._owner.hear(child, ready)

        channel: Channel[FromChild] = Channel(sock, FromChild, self._selector, handler)
        child = Child(pid, parent, channel)
        parent.children[pid] = child
        if parent.waiting:
            self._owner.dispatch(parent.waiting.popleft(), child)
        elif parent.retiring:
            channel.close()
        else:
            parent.idle.append(child)

    # ---------------------------------------------------------------------------------------------- how they end

    def gone(self, parent: WarmParent) -> None:
        """The warm parent has ended, by itself or killed. Its children end with it; nothing of theirs may stay."""
        if parent not in self.all:
            return
        self.all.discard(parent)
        if self._started_ahead is parent:
            self._started_ahead = None
        if parent.code is not None and self._by_code.get(parent.code) is parent:
            del self._by_code[parent.code]
        code = loading.end_of(parent.process)
        for pid in parent.children:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
        if code != 0 or not parent.retiring:  # one that ends in peace has seen to its family itself
            kill_marked(parent.mark)
        if parent.loaded is None and parent.code is not None:
            why_not = parent.process.why_not if isinstance(parent.process, AdoptedProcess) else ""
            parent.loaded = loading.died(parent.code.file, code, parent.printed(), why_not)
        why = f"the process that had imported its DAG file ended: {loading.describe_end(code)}"
        if parent.loaded is not None and parent.loaded.problems:
            why = f"its DAG file could not be loaded: {parent.loaded.problems[0].message}"
        self._owner.family_lost(parent, why)
        parent.close()

    def _end_parent(self, parent: WarmParent) -> None:
        """Kill it, whatever it does."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(parent.process.pid, signal.SIGKILL)
        self.gone(parent)

    def _give_up(self, parent: WarmParent, timeout_seconds: float) -> None:
        if parent.loaded is None and parent.code is not None and parent in self.all:
            parent.loaded = loading.too_slow(parent.code.file, timeout_seconds, parent.printed())
            self._end_parent(parent)

    def _watch_import(self, parent: WarmParent) -> None:
        if parent.loaded is not None or parent.code is None or parent not in self.all:
            return
        used = evidence.family_rss_bytes(parent.process.pid)
        if used <= self._import_memory_bytes:
            self._timers.after(IMPORT_LOOK_SECONDS, partial(self._watch_import, parent))
            return
        parent.loaded = loading.too_large(parent.code.file, used, self._import_memory_bytes)
        self._end_parent(parent)

    def _retire_if_idle(self, parent: WarmParent) -> None:
        """Its timer looks again when there was work meanwhile: one timer per warm parent, not one per try."""
        if parent.code is None or self._by_code.get(parent.code) is not parent:
            return
        left = parent.last_used + self._idle_retire_seconds - time.monotonic()
        if parent.running:
            return  # the end of its last try sets the timer again
        if left > 0:
            parent.idle_timer = self._timers.after(left, partial(self._retire_if_idle, parent))
        else:
            self.retire(parent.code)

    def _retire_longest_idle(self) -> None:
        now = time.monotonic()
        idle = [
            parent
            for parent in self._by_code.values()
            if not parent.running and parent.loaded is not None and parent.expected_until <= now
        ]
        idle.sort(key=lambda parent: parent.last_used)
        for parent in idle[: max(0, len(self._by_code) - self._max_warm_parents)]:
            assert parent.code is not None, "a parent in the table has its code"
            self.retire(parent.code)

    def _let_go_of_idle_children(self, parent: WarmParent) -> None:
        for child in (*parent.idle, *parent.reusable):
            child.channel.close()  # it waits for a try, sees the end of its line, and ends
        parent.idle.clear()
        parent.reusable.clear()
