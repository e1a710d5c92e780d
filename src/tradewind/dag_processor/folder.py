"""One DAG folder as it was when it was last looked at: its snapshot, its DAG files, what each of them uses. Says which
of them have to be parsed again after a change."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from msgspec import Struct

from tradewind.dag_processor.bundles import Limits
from tradewind.dag_processor.intake import Place
from tradewind.dag_processor.kept import Still
from tradewind.dagfiles.discover import candidate_files, mentions_a_dag
from tradewind.dagfiles.folder import found_file
from tradewind.dagfiles.snapshot import SIBLING_FOLDERS, describe, take_snapshot
from tradewind.model.parsing import FileParsed
from tradewind.model.warm import ImportProblem, Snapshot


class Look(Struct, frozen=True):
    """What a look at the folder found."""

    to_parse: tuple[str, ...]
    is_moved: bool
    """Something in it is other than before: there is a new snapshot."""
    has_other_files: bool
    """DAG files came or went."""
    unreadable: tuple[ImportProblem, ...]
    """Files and folders that are there and cannot be read, now and not before."""
    mended: tuple[str, ...]
    """Those that could not be read before, and now can, or are gone."""
    is_first: bool = False
    """Nothing is known of its files yet, but what the store has kept of them."""


@dataclass
class FileFacts:
    uses: frozenset[str] = frozenset()
    is_broken: bool = False
    dag_ids: tuple[str, ...] = ()


@dataclass
class WatchedFolder:
    root: Path
    """Absolute."""
    home: Path
    limits: Limits
    bundle: str = ""
    version: str = ""
    prefix: str = ""
    snapshot: Snapshot | None = None
    files: tuple[str, ...] = ()
    """DAG files, those that cannot be read just now among them."""
    facts: dict[str, FileFacts] = field(default_factory=dict[str, FileFacts])
    _unreadable: dict[str, ImportProblem] = field(default_factory=dict[str, ImportProblem])
    _again: frozenset[str] = frozenset()
    """To be parsed after the next look in any case."""
    _mentions: dict[str, bool] = field(default_factory=dict[str, bool])
    """Content → may it hold a DAG?"""

    @property
    def place(self) -> Place:
        assert self.snapshot is not None, "it has been looked at"
        return Place(str(self.root), self.snapshot.id, self.bundle, self.version, self.prefix)

    @property
    def unreadable(self) -> tuple[str, ...]:
        """Files and folders that are there and cannot be read."""
        return tuple(self._unreadable)

    @property
    def siblings(self) -> list[str]:
        return [str(self.root.parent / name) for name in SIBLING_FOLDERS] if self.root.name == "dags" else []

    def look(self, changed: Iterable[str] = (), *, being_written: Collection[str] = ()) -> Look:
        """`changed`: absolute paths that somebody said were changed, code or not. Those `being_written` still count as
        they were before.

        Raises OSError where the folder itself cannot be read, DagFileError where it is too large, HomeError."""
        with os.scandir(self.root) as entries:
            next(entries, None)
        taken = take_snapshot(self.root, self.home, max_files=self.limits.files, max_bytes=self.limits.size_bytes)
        half_written = self._below_root(being_written)
        snapshot = self._without_half_written(taken, half_written)
        before = self.snapshot.files if self.snapshot else {}
        unreadable: dict[str, ImportProblem] = {}
        files = self._dag_files(snapshot, half_written - set(snapshot.files), unreadable)
        hidden = {*unreadable, *_below(unreadable, files)}
        untold = self._below_root(changed) - before.keys() - snapshot.files.keys()  # no code: its bytes are not known
        differing = _difference(before, snapshot.files) | untold
        is_first, had = self.snapshot is None, set(self.files)
        news = Look(
            to_parse=self._in_order(
                file for file in files if file not in hidden and (is_first or self._is_due(file, had, differing))
            ),
            is_moved=self.snapshot is None or self.snapshot.id != snapshot.id,
            has_other_files=had != set(files),
            unreadable=tuple(problem for name, problem in unreadable.items() if self._unreadable.get(name) != problem),
            mended=tuple(name for name in self._unreadable if name not in unreadable),
            is_first=is_first,
        )
        self.snapshot, self.files, self._unreadable, self._again = snapshot, files, unreadable, frozenset()
        self.facts = {file: facts for file, facts in self.facts.items() if file in set(files)}
        return news

    def moved_to(self, root: Path, version: str) -> WatchedFolder:
        """The same bundle in another folder. What was learned of its files holds, but for the broken ones: what is said
        of those names the old folder."""
        broken = frozenset(file for file, facts in self.facts.items() if facts.is_broken)
        return replace(self, root=root, version=version, facts=dict(self.facts), _unreadable={}, _again=broken)

    def learn(self, file: str, parsed: FileParsed) -> None:
        problems = parsed.loaded.problems
        self.facts[file] = FileFacts(
            uses=frozenset(parsed.uses),
            is_broken=bool(problems),
            dag_ids=tuple(spec.dag_id for spec in parsed.loaded.specs),
        )

    def recall(self, still: Still) -> None:
        """What was learned of it before the last restart."""
        self.facts[still.file] = FileFacts(uses=still.uses, dag_ids=still.dag_ids)

    def has(self, path: str) -> bool:
        """Whether this absolute path without links lies in it, or beside it where that belongs to it."""
        return any(path.startswith(os.path.realpath(top) + os.sep) for top in (self.root, *self.siblings))

    def is_beside(self, path: str) -> bool:
        return os.path.dirname(path) in (
            os.path.dirname(os.path.realpath(self.root)),
            os.path.realpath(self.root.parent),
        )

    def is_itself(self, path: str) -> bool:
        """Or one of the folders beside it that belong to it, or what a link in its place leads to."""
        return path in {os.path.realpath(self.root), str(self.root), *self.siblings} or os.path.islink(path)

    def stays_behind(self) -> set[str]:
        """Files that keep the snapshot they have: what the new one has of them does not work."""
        broken = {file for file, facts in self.facts.items() if facts.is_broken}
        return broken | set(self._unreadable) | _below(self._unreadable, self.files)

    def _in_order(self, files: Iterable[str]) -> tuple[str, ...]:
        """Those that did not work the last time come last: they may take their time again."""
        return tuple(sorted(files, key=lambda file: file in self.facts and self.facts[file].is_broken))

    def _is_due(self, file: str, had: set[str], differing: set[str]) -> bool:
        if file not in had or file in differing or file in self._unreadable or file in self._again:
            return True
        facts = self.facts.get(file)
        if facts is None or not differing:
            return False  # without facts: it waits to be parsed, and will be as it is then
        if facts.is_broken and any(name.endswith((".py", ".zip")) for name in differing):
            return True  # what it could not import may be there now
        return any(name in facts.uses or f"{os.path.dirname(name)}/" in facts.uses for name in differing)

    def _dag_files(
        self, snapshot: Snapshot, not_yet: set[str], unreadable: dict[str, ImportProblem]
    ) -> tuple[str, ...]:
        def refused(error: OSError) -> None:
            name = os.path.relpath(error.filename, self.root).replace(os.sep, "/")
            unreadable[name] = _problem(name, error)

        skip = self.home if self.home.is_relative_to(self.root) else None
        candidates = candidate_files(self.root, skip=skip, on_error=refused)
        found = [file for file in candidates if file not in not_yet and self._may_hold(file, snapshot)]
        for file in found:
            if file not in snapshot.files and (error := _why_unreadable(self.root / file)) is not None:
                unreadable[file] = _problem(file, error)
        return tuple(sorted({*found, *_below(unreadable, self.files)}))

    def _may_hold(self, file: str, snapshot: Snapshot) -> bool:
        content = snapshot.files.get(file)
        if content is None:
            path = self.root / file
            if file not in self.files and self._came_just_now(path):
                return False
            return mentions_a_dag(path) or (file in self.files or _why_unreadable(path) is not None)
        if content not in self._mentions:
            self._mentions[content] = mentions_a_dag(self.root / file)
        return self._mentions[content]

    def _came_just_now(self, path: Path) -> bool:
        """After the snapshot was taken: the next look, which its coming leads to, has it there too. One that is too
        large for a snapshot is none of these."""
        try:
            return _why_unreadable(path) is None and found_file(str(path), self.root) is not None
        except OSError:
            return False

    def _without_half_written(self, taken: Snapshot, being_written: set[str]) -> Snapshot:
        if not being_written:
            return taken
        before = self.snapshot.files if self.snapshot else {}
        files = {name: content for name, content in taken.files.items() if name not in being_written}
        files |= {name: before[name] for name in being_written if name in before}
        return describe(self.root, self.home, dict(sorted(files.items())), taken.note)

    def _below_root(self, paths: Iterable[str]) -> set[str]:
        """Relative, as in a snapshot; what lies elsewhere (behind a link) is left out."""
        real = os.path.realpath(self.root)
        tops = [real, *(os.path.realpath(folder) for folder in self.siblings)]
        below = (path for path in paths if any(path.startswith(top + os.sep) for top in tops))
        return {os.path.relpath(path, real).replace(os.sep, "/") for path in below}


def _below(folders: Iterable[str], files: Iterable[str]) -> set[str]:
    closed = tuple(f"{name}/" for name in folders)
    return {file for file in files if file.startswith(closed)} if closed else set()


def _difference(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def _why_unreadable(path: Path) -> OSError | None:
    try:
        with open(path, "rb"):
            return None
    except FileNotFoundError as error:
        return error if path.is_symlink() else None  # a link to nowhere; else it went away just now
    except OSError as error:
        return error


def _problem(file: str, error: OSError) -> ImportProblem:
    hint = "it is read as soon as that is mended"
    if error.errno in (errno.EACCES, errno.EPERM):
        hint = f"let the user {os.geteuid()} that Tradewind runs as read it; {hint}"
    return ImportProblem(file=file, message=f"it cannot be read: {error.strerror or error}", hint=hint)
