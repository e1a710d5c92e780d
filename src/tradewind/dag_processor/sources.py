"""Where DAG files come from: the bundles of the settings. Looks at a folder when the kernel says that something in it
has changed, once in a while in any case, and when somebody asks."""

from __future__ import annotations

import logging
import os
import selectors
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from tradewind.dag_processor.bundles import Bundle, bundles_of, limits_of
from tradewind.dag_processor.desk import Desk
from tradewind.dag_processor.folder import Look, WatchedFolder
from tradewind.dag_processor.git import GitFolder
from tradewind.dag_processor.lookups import Lookups
from tradewind.dag_processor.watching import Watch, Watcher, folders_to_watch
from tradewind.model.errors import DagFileError
from tradewind.model.parsing import (
    INTERVAL_REQUEST,
    NEXT_RUN_REQUEST,
    PARSE_REQUEST,
    PARTITIONS_REQUEST,
    REFRESH_REQUEST,
)
from tradewind.model.records import RequestRecord
from tradewind.model.service import Topic
from tradewind.model.warm import ImportProblem
from tradewind.settings import Settings
from tradewind.store.base import Store

_log = logging.getLogger(__name__)
SETTLED_SECONDS = 0.02
"""After a file was closed, moved or deleted: more may follow at once."""
WRITTEN_SECONDS = 1.0
"""A file that was written to and not closed counts as being written so long after its last change."""
PATIENCE_SECONDS = 2.0
"""Files that are written to all the time hold up the others no longer than this."""
BLIND_SECONDS = 5.0
BROKEN_SECONDS = 2.0
"""How often a folder that cannot be read is tried again."""
AGAIN_SECONDS = 0.5
"""A new folder is looked at twice: what was put into it before the kernel watched it, nobody told of."""


@dataclass
class _Source:
    bundle: Bundle
    folder: WatchedFolder | None
    """None: there is nothing of a git repository yet."""
    git: GitFolder | None = None
    look_at: float = 0.0
    """On the monotonic clock: when it is to be looked at without being asked."""
    look_again_at: float = 0.0
    """Once more, after a folder has appeared in it."""
    since: float | None = None
    """When the first change came that has not been looked at."""
    changed: dict[str, float] = field(default_factory=dict[str, float])
    """Path → when it is settled."""
    has_moved: bool = False
    """The folder itself came or went, or another one came in its place."""
    broken: str = ""
    """Why the folder itself cannot be read."""


class Sources:
    def __init__(
        self, settings: Settings, store: Store, selector: selectors.BaseSelector, desk: Desk, lookups: Lookups
    ) -> None:
        """`lookups`: what files ask for while they are parsed. Raises ConfigurationError for bundles that cannot be."""
        self._lookups = lookups
        self._settings = settings
        self._store = store
        self._selector = selector
        self._desk = desk
        self._watcher = Watcher()
        self._sources = [self._source(bundle) for bundle in bundles_of(settings)]

    def start(self) -> None:
        self._watcher.start()
        self._selector.register(self._watcher.fileno(), selectors.EVENT_READ, self._hear)
        self._rewatch()
        for source in self._sources:
            where = source.bundle.url if source.git is not None else source.bundle.path
            _log.info("watching %s (bundle %s)", where, source.bundle.name)
            if source.git is not None:
                source.git.wake_with(self._selector)

    def stop(self) -> None:
        self._selector.unregister(self._watcher.fileno())
        self._watcher.stop()
        for source in self._sources:
            if source.git is not None:
                source.git.stop(self._selector)

    def counts(self) -> dict[str, object]:
        folders = [source.folder for source in self._sources if source.folder is not None]
        return {
            "bundles": len(self._sources),
            "files": sum(len(folder.files) for folder in folders),
            "errors": sum(facts.is_broken for folder in folders for facts in folder.facts.values())
            + sum(len(folder.unreadable) for folder in folders)
            + sum(bool(source.broken) for source in self._sources),
        }

    def seconds_until_due(self) -> float:
        dues = [due for source in self._sources for due in self._dues(source)]
        return max(0.0, min(dues, default=time.monotonic() + 60.0) - time.monotonic())

    def attend(self) -> None:
        """Look at what is due. Raises where the store cannot be reached; it stays due."""
        now = time.monotonic()
        for source in self._sources:
            if source.git is not None:
                self._attend_git(source, source.git, now)
            if source.folder is not None and self._look_due(source) <= now:
                self._look(source, source.folder)

    def obey(self, request: RequestRecord) -> None:
        match request.kind:
            case kind if kind == REFRESH_REQUEST:
                for source in self._sources:
                    if request.payload.get("name") in (None, source.bundle.name):
                        source.look_at = 0.0
                        if source.git is not None:
                            source.git.fetch_now()
            case kind if kind == NEXT_RUN_REQUEST:
                dag = self._store.dag(str(request.payload.get("dag_id")))
                if dag is not None:
                    self._parse(dag.root, dag.file)
            case kind if kind == PARTITIONS_REQUEST:
                dag = self._store.dag(str(request.payload.get("dag_id")))
                if dag is not None:
                    questions = msgspec.convert(request.payload["questions"], list[tuple[int, str]])
                    self._lookups.put_questions(dag.dag_id, questions)
                    self._parse(dag.root, dag.file)
            case kind if kind == INTERVAL_REQUEST:
                dag = self._store.dag(str(request.payload.get("dag_id")))
                if dag is not None:
                    at = msgspec.convert(request.payload["at"], datetime)
                    self._lookups.put_run_by_hand(dag.dag_id, str(request.payload["run_id"]), at)
                    self._parse(dag.root, dag.file)
            case kind if kind == PARSE_REQUEST:
                self._parse(request.payload.get("root"), request.payload.get("file"))
            case _:
                _log.warning("a request of %s is not understood: %s", request.who, request.kind)

    # ------------------------------------------------------------------------------------ looking

    def _look(self, source: _Source, folder: WatchedFolder) -> None:
        now = time.monotonic()
        changed = list(source.changed)
        being_written = [path for path, settled_at in source.changed.items() if settled_at > now]
        try:
            look = folder.look(changed, being_written=being_written)
        except (OSError, DagFileError) as error:
            self._refuse(source, folder, error)
            return
        try:
            self._act_on(source, folder, look)
        except BaseException:
            folder.snapshot = None  # so that the next look finds all this anew
            raise
        self._watcher.look_for_limits()
        every = BLIND_SECONDS if self._watcher.is_blind else self._settings.dag_rescan_seconds
        if folder.unreadable:
            every = min(every, BROKEN_SECONDS)
        source.look_at = now + every
        if source.look_again_at > now:
            source.look_at = min(source.look_at, source.look_again_at)
        source.changed = {path: source.changed[path] for path in being_written}
        source.since = now if being_written else None

    def _act_on(self, source: _Source, folder: WatchedFolder, look: Look) -> None:
        if source.broken:
            _log.info("the DAG folder %s can be read again", folder.root)
            source.broken = ""
            self._desk.look_for_gone(folder)
            self._rewatch()
        for problem in look.unreadable:
            _log.warning("%s: %s", folder.root / problem.file, problem.message)
            self._store.replace_import_errors(str(folder.root), problem.file, [problem], now=self._store.now())
        for name in look.mended:
            self._store.replace_import_errors(str(folder.root), name, [], now=self._store.now())
        if look.unreadable or look.mended:
            self._store.ring(Topic.DAGS)
        to_parse = self._desk.without_unchanged(folder, look.to_parse) if look.is_first else look.to_parse
        if look.is_moved:
            self._move(folder, to_parse)
        self._desk.parse(folder, to_parse)
        if look.has_other_files:
            self._desk.look_for_gone(folder)
        if look.has_other_files or source.has_moved:
            source.has_moved = False
            self._rewatch()

    def _refuse(self, source: _Source, folder: WatchedFolder, error: OSError | DagFileError) -> None:
        """What the store has of it stays until it can be read again."""
        why = error.message if isinstance(error, DagFileError) else f"it cannot be read: {error.strerror or error}"
        if why != source.broken:
            source.broken = why
            _log.warning("the DAG folder %s: %s; it is tried again all the time", folder.root, why)
            hint = error.hint if isinstance(error, DagFileError) else "make it, mend it, or set another dags_folder"
            problem = ImportProblem("", why, hint=hint)
            self._store.replace_import_errors(str(folder.root), "", [problem], now=self._store.now())
            self._store.ring(Topic.DAGS)
        source.look_at = time.monotonic() + BROKEN_SECONDS
        source.changed, source.since = {}, None
        self._rewatch()

    def _move(self, folder: WatchedFolder, to_parse: tuple[str, ...], old_root: str | None = None) -> None:
        stay = {*to_parse, *folder.stays_behind(), *self._desk.in_hand(folder)}
        place = folder.place
        moved = self._store.move_to_snapshot(
            place.root, place.snapshot, but=stay, now=self._store.now(), bundle_version=place.version, old_root=old_root
        )
        if moved:
            self._store.ring(Topic.DAGS)

    def _parse(self, root: object, file: object) -> None:
        """Again, changed or not; everything where no file is named."""
        for source in self._sources:
            if source.folder is None or source.folder.snapshot is None:
                continue
            if root is None:
                self._desk.parse(source.folder, source.folder.files)
            elif str(source.folder.root) == str(root) and str(file) in source.folder.files:
                self._desk.parse(source.folder, [str(file)])

    # ------------------------------------------------------------------------------------ being told

    def _hear(self) -> None:
        now = time.monotonic()
        local = [(source, source.folder) for source in self._sources if source.folder and source.git is None]
        for path, is_open in self._watcher.heard():
            if path.endswith((".pyc", ".pyo")) or "__pycache__" in path:
                continue
            # What lies neither in one of them nor beside one lies behind a link from any.
            inside = [one for one in local if one[1].has(path)]
            beside = [one for one in local if one[1].is_beside(path)]
            for source, folder in inside or beside or local:
                if folder.is_beside(path) and not folder.is_itself(path):
                    continue
                source.changed[path] = now + (WRITTEN_SECONDS if is_open else SETTLED_SECONDS)
                source.since = source.since or now
                if os.path.isdir(path):
                    source.look_again_at = now + AGAIN_SECONDS
                if folder.is_itself(path):
                    source.has_moved = True

    def _look_due(self, source: _Source) -> float:
        if source.since is None:
            return source.look_at
        settled = max(source.changed.values(), default=0.0)
        return min(source.look_at, max(settled, source.since + SETTLED_SECONDS), source.since + PATIENCE_SECONDS)

    def _dues(self, source: _Source) -> list[float]:
        found = [self._look_due(source)] if source.folder is not None else []
        return [*found, source.git.due_at] if source.git is not None else found

    def _rewatch(self) -> None:
        wanted: set[Watch] = set()
        for source in self._sources:
            if source.folder is not None and source.git is None:
                wanted |= folders_to_watch(str(source.folder.root), source.folder.siblings)
        self._watcher.watch(wanted)

    # ------------------------------------------------------------------------------------ git

    def _attend_git(self, source: _Source, git: GitFolder, now: float) -> None:
        git.attend(now)
        checkout = git.checkout
        if checkout is None or (source.folder is not None and source.folder.version == checkout.commit):
            return
        before = source.folder
        if before is None:
            source.folder = WatchedFolder(
                checkout.root,
                self._settings.home,
                limits_of(self._settings),
                bundle=source.bundle.name,
                version=checkout.commit,
                prefix=git.prefix,
            )
            source.look_at = 0.0
            return
        moved = before.moved_to(checkout.root, checkout.commit)
        look = moved.look()
        source.folder = moved
        self._move(source.folder, (*look.to_parse, *self._desk.in_hand(before)), old_root=str(before.root))
        self._desk.parse(source.folder, {*look.to_parse, *self._desk.in_hand(before)} & set(source.folder.files))
        self._desk.forget(before)
        self._desk.look_for_gone(source.folder)

    def _source(self, bundle: Bundle) -> _Source:
        if bundle.kind == "git":
            return _Source(bundle, None, GitFolder(bundle, self._settings.home, self._store))
        folder = WatchedFolder(Path(bundle.path), self._settings.home, limits_of(self._settings), bundle=bundle.name)
        return _Source(bundle, folder)
