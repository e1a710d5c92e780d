"""What is being parsed and what waits to be saved: hands files to the parse server, one job a file at a time, and saves
what they yield in batches."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from tradewind.dag_processor.circles import AssetUse, asset_use, circle_through
from tradewind.dag_processor.folder import WatchedFolder
from tradewind.dag_processor.intake import WHO, Result, take_in
from tradewind.dag_processor.kept import Still, made_of, surroundings_of, unchanged
from tradewind.dag_processor.parse_client import ParseClient
from tradewind.model.parsing import FileParsed, ParseFile, digest_of_variables
from tradewind.model.service import AuditRecord, Topic
from tradewind.model.spec import DagSpec
from tradewind.settings import Settings
from tradewind.store.base import Store

_log = logging.getLogger(__name__)
BATCH_FILES = 200
BATCH_SECONDS = 0.25
FEW = 20
"""So many changed files go ahead of a folder that is being parsed for the first time."""
PROGRESS_FROM = 100
PROGRESS_SECONDS = 2.0


@dataclass
class _Pending:
    """A folder's files that are parsed or wait for it, and what they yielded that is not saved yet."""

    folder: WatchedFolder
    jobs: dict[str, bool] = field(default_factory=dict[str, bool])
    """File → has it changed again since."""
    results: list[tuple[Result, str]] = field(default_factory=list[tuple[Result, str]])
    """With the snapshot they were parsed from."""
    has_gone_files: bool = False
    """DAG files may have gone: their DAGs retire once it is known which of them have moved to other files."""


class Desk:
    def __init__(
        self,
        settings: Settings,
        store: Store,
        client: ParseClient,
        heard: Callable[[WatchedFolder, Result], None] = lambda folder, result: None,
    ) -> None:
        """`heard` is told of each file's result, before it is saved."""
        self._heard = heard
        self._settings = settings
        self._store = store
        self._client = client
        self._pending: dict[int, _Pending] = {}
        self._wishes: list[Callable[[], None]] = []
        self._since: float | None = None
        """When the oldest result that is not saved came."""
        self._wants: dict[str, set[tuple[int, str]]] = {}
        """DAG → (folder, file) that would define it, were there not another."""
        self._asset_uses: dict[str, AssetUse] = {}
        self._circles: set[frozenset[str]] = set()
        self._said: dict[tuple[str, str], set[tuple[str, int, str]]] = {}
        """(Bundle, file) → problems that the log has: (file, line, message)."""
        self._done = self._begun = 0
        self._said_at = 0.0
        self._last_parse_seconds = 0.0
        self._surroundings = surroundings_of(settings)

    def add_wish(self, wish: Callable[[], None]) -> None:
        """Called once at the next turn, where an error is ridden out: it is called again then."""
        self._wishes.append(wish)

    def parse(self, folder: WatchedFolder, files: Iterable[str]) -> None:
        assert folder.snapshot is not None, "it has been looked at"
        pending = self._pending.setdefault(id(folder), _Pending(folder))
        pending.folder = folder
        self._client.use(folder.snapshot)
        wanted = list(files)
        goes_first = len(wanted) <= FEW
        for file in reversed(wanted) if goes_first else wanted:
            if file in pending.jobs:
                pending.jobs[file] = True
                continue
            pending.jobs[file] = False
            self._said_at = self._said_at if self._begun else time.monotonic()
            self._begun += 1
            order = ParseFile(
                0,
                str(folder.root),
                file,
                self._settings.dag_import_timeout_seconds,
                self._settings.dag_import_memory_bytes,
                self._store.now(),
            )
            self._client.parse(order, partial(self._parsed, pending, file), first=goes_first)

    def without_unchanged(self, folder: WatchedFolder, files: Iterable[str]) -> tuple[str, ...]:
        """Of a folder that nothing is known of yet: the files that have changed since they were parsed before the last
        restart. What is known of the others is recalled. Raises where the store cannot be reached."""
        assert folder.snapshot is not None, "it has been looked at"
        kept = self._store.kept_files(str(folder.root))
        digest = partial(digest_of_variables, os.environ)
        still = unchanged(kept, folder.snapshot, self._surroundings, self._store.now(), digest)
        wanted = tuple(files)
        changed = tuple(file for file in wanted if file not in still)
        for file in set(wanted) & still.keys():
            folder.recall(still[file])
            self._recall_asset_uses(still[file])
        if len(changed) < len(wanted):
            said = f"{len(wanted) - len(changed):,} of {len(wanted):,}"
            _log.info("%s DAG files in %s are as they were when they were parsed last", said, folder.root)
        return changed

    def _recall_asset_uses(self, still: Still) -> None:
        for dag_id in still.dag_ids if still.has_assets else ():
            spec = self._store.spec(dag_id)
            if spec is not None and (use := asset_use(spec)) is not None:
                self._asset_uses[dag_id] = use

    def look_for_gone(self, folder: WatchedFolder) -> None:
        self._pending.setdefault(id(folder), _Pending(folder)).has_gone_files = True

    def forget(self, folder: WatchedFolder) -> None:
        """Another has taken its place: what its files still yield is not wanted any more."""
        self._pending.pop(id(folder), None)

    def in_hand(self, folder: WatchedFolder) -> set[str]:
        """Files that are parsed or wait for it."""
        pending = self._pending.get(id(folder))
        return set(pending.jobs) if pending else set()

    def counts(self) -> dict[str, object]:
        return {
            "files": sum(len(pending.folder.files) for pending in self._pending.values()),
            "queue": self._client.unfinished,
            "last_parse_seconds": round(self._last_parse_seconds, 3),
        }

    def seconds_until_due(self) -> float | None:
        if self._wishes or any(pending.has_gone_files and not pending.jobs for pending in self._pending.values()):
            return 0.0
        if self._since is None:
            return None
        return 0.0 if self._is_full() else max(0.0, self._since + BATCH_SECONDS - time.monotonic())

    def attend(self) -> None:
        """Raises where the store cannot be reached; nothing is lost, and the next call goes on with it."""
        while self._wishes:
            self._wishes[0]()
            self._wishes.pop(0)
        if self._since is not None and (self._is_full() or time.monotonic() >= self._since + BATCH_SECONDS):
            for pending in list(self._pending.values()):
                self._save(pending)
            self._since = None
        for pending in list(self._pending.values()):
            if pending.has_gone_files and not pending.jobs and not pending.results:
                self._retire_gone(pending)
        self._say_progress()

    def _is_full(self) -> bool:
        waiting = sum(len(pending.results) for pending in self._pending.values())
        return waiting >= BATCH_FILES or self._client.unfinished == 0

    def _parsed(self, pending: _Pending, file: str, parsed: FileParsed, snapshot: str) -> None:
        if self._pending.get(id(pending.folder)) is not pending:
            return
        self._done += 1
        self._last_parse_seconds = parsed.loaded.seconds
        changed_again = pending.jobs.pop(file, False)
        folder = pending.folder
        if file in folder.files:
            result = Result(file, parsed)
            pending.results.append((result, snapshot))
            self._heard(folder, result)
            folder.learn(file, parsed)
            self._since = self._since or time.monotonic()
        if changed_again:
            self.add_wish(lambda: self.parse(folder, [file]))

    def _save(self, pending: _Pending) -> None:
        folder = pending.folder
        results, now = list(pending.results), self._store.now()
        for snapshot in dict.fromkeys(snapshot for _, snapshot in results):
            batch = [result for result, its in results if its == snapshot and result.file not in pending.jobs]
            stale = [result for result, its in results if its == snapshot and result.file in pending.jobs]
            assert folder.snapshot is not None, "files of it were parsed"
            # What has not changed since is as it is in the newest snapshot; what has is as it was in its own.
            for group, its in ((batch, folder.snapshot.id), (stale, snapshot)):
                if group:
                    self._take_in(folder, group, its, now)
        del pending.results[: len(results)]

    def _take_in(self, folder: WatchedFolder, results: list[Result], snapshot: str, now: datetime) -> None:
        place = replace(folder.place, snapshot=snapshot)
        files = set(folder.files)

        def has_file(root: str, file: str) -> bool:
            return file in files if place.is_of(root) else (Path(root) / file).exists()

        taken = take_in(self._store, place, results, now=now, has_file=has_file, made_of=partial(self._made_of, folder))
        for result in results:
            self._say_problems(folder, result)
        for dag_id, file in taken.duplicates.items():
            self._wants.setdefault(dag_id, set()).add((id(folder), file))
        self._free(taken.saved.retired)
        for spec in taken.specs:
            self._look_for_circle(spec)

    def _say_problems(self, folder: WatchedFolder, result: Result) -> None:
        """Once: a broken file is tried again with every change beside it."""
        problems = {(problem.file, problem.line, problem.message) for problem in result.parsed.loaded.problems}
        key = folder.bundle, result.file
        for file, line, message in sorted(problems - self._said.get(key, set())):
            where = Path(folder.root) / file
            _log.warning("%s: %s", f"{where}:{line}" if line else where, message)
        self._said[key] = problems

    def _made_of(self, folder: WatchedFolder, result: Result) -> bytes | None:
        if folder.snapshot is None:
            return None
        return made_of(result.file, result.parsed, folder.snapshot, self._surroundings)

    def _free(self, dag_ids: Iterable[str]) -> None:
        """Files that were refused these DAGs may have them now, or are refused them for another file's sake."""
        for dag_id in list(dag_ids):
            for number, file in sorted(self._wants.pop(dag_id, set())):
                if (pending := self._pending.get(number)) is not None and file in pending.folder.files:
                    self.parse(pending.folder, [file])

    def _retire_gone(self, pending: _Pending) -> None:
        folder = pending.folder
        there = {*folder.files, *folder.unreadable}
        retired = self._store.retire_missing(
            str(folder.root), there, now=self._store.now(), bundle=folder.bundle if folder.prefix else ""
        )
        pending.has_gone_files = False
        self._said = {key: said for key, said in self._said.items() if key[0] != folder.bundle or key[1] in there}
        for dag_id in retired:
            _log.info("DAG %s is gone: its file is; its runs stay", dag_id)
            self._store.write_audit(AuditRecord(self._store.now(), WHO, "dag_retired", dag_id))
        for dag_id in retired:
            self._asset_uses.pop(dag_id, None)
        self._free(retired)
        self._free(
            [dag_id for dag_id, files in self._wants.items() if any(number == id(folder) for number, _ in files)]
        )
        self._store.ring(Topic.DAGS)

    def _look_for_circle(self, spec: DagSpec) -> None:
        """A warning: such DAGs may be meant, where one of them is triggered by hand and skips in the end."""
        use = asset_use(spec)
        if use is None:
            self._asset_uses.pop(spec.dag_id, None)
            return
        self._asset_uses[spec.dag_id] = use
        way = circle_through(spec.dag_id, self._asset_uses)
        if way and frozenset(way) not in self._circles:
            self._circles.add(frozenset(way))
            shown = " → ".join(way)
            _log.warning("DAGs start each other in a circle, by assets: %s", shown)
            detail: dict[str, object] = {"circle": list(way)}
            self._store.write_audit(AuditRecord(self._store.now(), WHO, "asset_circle", spec.dag_id, detail=detail))

    def _say_progress(self) -> None:
        """A line now and then while many files are parsed, and one when they are done."""
        now = time.monotonic()
        if self._client.unfinished == 0:
            if self._begun >= PROGRESS_FROM:
                _log.info("parsed %s DAG files", f"{self._done:,}")
            self._begun = self._done = 0
        elif self._begun >= PROGRESS_FROM and now >= self._said_at + PROGRESS_SECONDS:
            _log.info("parsed %s of %s DAG files", f"{self._done:,}", f"{self._begun:,}")
            self._said_at = now
