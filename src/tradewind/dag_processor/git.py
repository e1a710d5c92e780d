"""A git repository as a bundle: fetched in the background into <home>/bundles/<name>, each commit checked out to a
folder of its own, so that what a run began with stays. The last good commit stays where the network is down."""

from __future__ import annotations

import contextlib
import logging
import os
import selectors
import shutil
import threading
from pathlib import Path

from msgspec import Struct

from tradewind.dag_processor.bundles import prefix_of
from tradewind.dag_processor.git_command import Credentials, GitError, credentials_of, run_git
from tradewind.dagfiles.snapshot import load_snapshot
from tradewind.model.errors import TradewindError
from tradewind.model.service import Topic
from tradewind.model.states import RunState
from tradewind.model.warm import ImportProblem
from tradewind.settings import BundleSetting
from tradewind.store.base import Store

_log = logging.getLogger(__name__)
TREES_KEPT = 5
"""The newest ones; besides, those that unfinished runs began with."""


class Checkout(Struct, frozen=True):
    commit: str
    root: Path
    """The folder of its DAG files."""


class Fetched(Struct, frozen=True):
    """How a fetch ended."""

    checkout: Checkout | None
    error: str = ""


def repository_of(home: Path, name: str) -> Path:
    return home / "bundles" / name


def fetch(bundle: BundleSetting, home: Path, credentials: Credentials) -> Checkout:
    """Ask the repository for the newest commit of the bundle's ref and check it out. Raises GitError."""
    folder = repository_of(home, bundle.name)
    repository = folder / "repository.git"
    if not (repository / "HEAD").exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        run_git(["init", "--quiet", "--bare", str(repository)], credentials)
        run_git(["--git-dir", str(repository), "config", "gc.auto", "0"], credentials)
    # Forced and without the history: whatever was pushed is what counts.
    command = ["fetch", "--quiet", "--force", "--depth", "1", "--no-tags", "--", bundle.url, bundle.ref or "HEAD"]
    run_git(["--git-dir", str(repository), *command], credentials)
    found = run_git(["--git-dir", str(repository), "rev-parse", "--verify", "FETCH_HEAD^{commit}"], credentials)
    return _checked_out(bundle, folder, repository, found.strip())


def last_checkout(bundle: BundleSetting, home: Path) -> Checkout | None:
    """The one that was taken last, also by a process before this one."""
    folder = repository_of(home, bundle.name)
    with contextlib.suppress(OSError):
        commit = (folder / "current").read_text("ascii").strip()
        tree = folder / "trees" / commit
        if commit and tree.is_dir():
            return Checkout(commit, tree / bundle.subdir if bundle.subdir else tree)
    return None


def _checked_out(bundle: BundleSetting, folder: Path, repository: Path, commit: str) -> Checkout:
    tree = folder / "trees" / commit
    if not tree.is_dir():
        new = folder / "trees" / f".new-{commit}-{os.getpid()}"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        index = {"GIT_INDEX_FILE": str(folder / f".index-{os.getpid()}")}
        try:
            command = ["--git-dir", str(repository), "--work-tree", str(new), "checkout", "--quiet", "--force", commit]
            run_git([*command, "--", "."], Credentials(index))
            with contextlib.suppress(OSError):  # another process was faster
                new.rename(tree)
        finally:
            Path(index["GIT_INDEX_FILE"]).unlink(missing_ok=True)
            shutil.rmtree(new, ignore_errors=True)
    root = tree / bundle.subdir if bundle.subdir else tree
    if not root.is_dir():
        raise GitError(f"commit {commit[:12]} has no folder {bundle.subdir!r}", hint="mend the bundle's subdir")
    os.utime(tree)
    current = folder / f".current-{os.getpid()}"
    current.write_text(commit, "ascii")
    current.replace(folder / "current")
    return Checkout(commit, root)


class GitFolder:
    """For the loop of the dag-processor: fetches in a thread, one at a time, and says when there is another commit."""

    def __init__(self, bundle: BundleSetting, home: Path, store: Store) -> None:
        self._bundle = bundle
        self._home = home
        self._store = store
        self.checkout = last_checkout(bundle, home)
        self.due_at = 0.0
        """On the monotonic clock."""
        self._thread: threading.Thread | None = None
        self._fetched: Fetched | None = None
        self._read, self._write = os.pipe()
        os.set_blocking(self._read, False)
        self._last_error = ""
        self._noted: str | None = None
        """The error that the store has; None: not known yet what a process before this one has left there."""
        self._again = False

    @property
    def prefix(self) -> str:
        """What all its checkouts' paths begin with."""
        return prefix_of(self._home, self._bundle.name)

    def wake_with(self, selector: selectors.BaseSelector) -> None:
        selector.register(self._read, selectors.EVENT_READ, self._woken)

    def stop(self, selector: selectors.BaseSelector) -> None:
        """A fetch that goes on is left alone: it ends with the process."""
        selector.unregister(self._read)

    def fetch_now(self) -> None:
        self._again = self._thread is not None
        self.due_at = 0.0

    def attend(self, now: float) -> None:
        """Take what a fetch brought; begin one that is due."""
        if self._fetched is not None:
            self._take(self._fetched, now)
        if self._thread is None and now >= self.due_at:
            self.due_at = float("inf")
            try:
                credentials = credentials_of(self._bundle, self._store, self._home)
            except TradewindError as error:
                self._fetched, self.due_at = Fetched(None, str(error)), 0.0  # for the next turn
                return
            self._thread = threading.Thread(target=self._work, args=(credentials,), daemon=True, name="git fetch")
            self._thread.start()

    def _work(self, credentials: Credentials) -> None:
        """In a thread of its own."""
        try:
            self._fetched = Fetched(fetch(self._bundle, self._home, credentials))
        except TradewindError as error:
            self._fetched = Fetched(None, str(error))
        except OSError as error:
            self._fetched = Fetched(None, f"{error.filename or 'git'}: {error.strerror or error}")
        os.write(self._write, b".")

    def _take(self, fetched: Fetched, now: float) -> None:
        self._note(fetched.error)
        if self._thread is not None:
            self._thread.join()
        self._thread, self._fetched = None, None
        every = self._bundle.refresh_seconds
        self.due_at = 0.0 if self._again else (now + every if every else float("inf"))
        self._again = False
        if fetched.checkout is None:
            self._warn(fetched.error)
            if not every and self.checkout is None:
                self.due_at = now + 60.0  # else a first fetch that failed would be the last
            return
        if self._last_error:
            _log.info("the bundle %s can be fetched again", self._bundle.name)
            self._last_error = ""
        if self.checkout is None or self.checkout.commit != fetched.checkout.commit:
            _log.info("the bundle %s is at commit %s", self._bundle.name, fetched.checkout.commit)
        self.checkout = fetched.checkout
        self._delete_old_trees()

    def _warn(self, error: str) -> None:
        if error != self._last_error:
            stays = f"; commit {self.checkout.commit[:12]} stays" if self.checkout else ""
            _log.warning("the bundle %s cannot be fetched: %s%s", self._bundle.name, error, stays)
            self._last_error = error

    def _note(self, error: str) -> None:
        """In the store, as an import error of the whole bundle, until it can be fetched again. Raises StoreError."""
        if error == self._noted:
            return
        name = self._bundle.name
        hint = f"what was fetched last stays; once that is mended: tradewind bundles refresh {name}"
        problem = ImportProblem("", f"the bundle {name} cannot be fetched: {error}", hint=hint)
        root = str(repository_of(self._home, name))
        self._store.replace_import_errors(root, "", [problem] if error else [], now=self._store.now())
        self._store.ring(Topic.DAGS)
        self._noted = error

    def _delete_old_trees(self) -> None:
        trees = [path for path in Path(self.prefix).iterdir() if path.is_dir() and not path.name.startswith(".")]
        old = sorted(trees, key=lambda path: path.stat().st_mtime, reverse=True)[TREES_KEPT:]
        if not old:
            return
        needed = self._roots_of_unfinished_runs()
        needed |= {str(self.checkout.root)} if self.checkout else set()
        for path in old:
            if (
                self.checkout
                and path.name != self.checkout.commit
                and not any(_is_below(root, path) for root in needed)
            ):
                shutil.rmtree(path, ignore_errors=True)

    def _roots_of_unfinished_runs(self) -> set[str]:
        runs = self._store.runs(states=(RunState.QUEUED, RunState.RUNNING), limit=100_000)
        roots: set[str] = set()
        for snapshot in {run.snapshot for run in runs}:
            with contextlib.suppress(TradewindError):
                roots.add(load_snapshot(self._home, snapshot).root)
        return roots

    def _woken(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while os.read(self._read, 4096):
                pass


def _is_below(root: str, folder: Path) -> bool:
    return root == str(folder) or root.startswith(f"{folder}{os.sep}")
