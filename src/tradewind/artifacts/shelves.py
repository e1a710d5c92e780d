"""Shelves: where checkpoints of task instances stand, beside the artifacts, below a folder or an fsspec URL.

A checkpoint is a folder with a `checkpoint.json` that says what belongs to it. It appears whole or not at all: on a
disk by one rename, in an object store by writing that file last. Data is not fsynced (see `artifacts.store`); one whose
files are not as long as it says is passed over.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

import msgspec
from msgspec import Struct

from tradewind.artifacts.store import storage_errors
from tradewind.model.ids import MapPath, path_to_text

FOLDER = "checkpoints"
MANIFEST = "checkpoint.json"
FINISHED = "finished.json"
_INCOMING = ".incoming-"
MOST_NAME_BYTES = 200
LEFTOVER_AFTER_SECONDS = 24 * 3600.0


class Manifest(Struct, frozen=True):
    serial: int
    """Ascending as they were saved."""
    step: int | None
    try_id: str
    saved_at: datetime
    inputs: dict[str, str] = {}
    """What the task had read: "task/key/path" → hash."""
    files: dict[str, int] = {}
    """Path below the checkpoint's folder → bytes."""

    @property
    def size_bytes(self) -> int:
        return sum(self.files.values())


class Kept(Struct, frozen=True):
    manifest: Manifest
    url: str
    """The folder, or its URL."""


class Finished(Struct, frozen=True):
    """The task has succeeded: what was saved before that is not gone on from."""

    serial: int
    try_id: str


class Shelf(Protocol):
    """The checkpoints of one name of one task instance."""

    def newest(self) -> Kept | None:
        """The newest that is whole."""
        ...

    def new_folder(self) -> Path:
        """To write a checkpoint into; what came of it is `commit`ted or `discard`ed."""
        ...

    def commit(self, folder: Path, manifest: Manifest) -> Kept:
        """From now on it is the newest; its serial and files are found here. Raises ValueStoreError."""
        ...

    def local(self, kept: Kept) -> Path:
        """A folder to read it from. Of a URL, a copy that the caller deletes."""
        ...

    def keep_newest(self, count: int) -> None: ...

    def finish(self, try_id: str) -> None: ...

    def finished(self) -> Finished | None: ...


def shelf(artifact_url: str, dag_id: str, run_id: str, task_id: str, path: MapPath, name: str) -> Shelf:
    """Cheap to make: nothing is opened yet."""
    place = "/".join((*_run_place(dag_id, run_id), _safe(task_id), _safe(path_to_text(path) or "-"), _safe(name)))
    if is_remote(artifact_url):
        return RemoteShelf(f"{artifact_url.rstrip('/')}/{place}")
    return LocalShelf(_folder(artifact_url) / place)


def delete_shelves(artifact_url: str, dag_id: str, run_id: str) -> None:
    """All checkpoints of a run."""
    place = "/".join(_run_place(dag_id, run_id))
    if is_remote(artifact_url):
        files, root = _filesystem(f"{artifact_url.rstrip('/')}/{place}")
        with suppress(FileNotFoundError):
            files.rm(root, recursive=True)
        return
    folder = _folder(artifact_url) / place
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):  # other runs of the DAG have some
        folder.parent.rmdir()


def is_remote(url: str) -> bool:
    return "://" in url and not url.startswith("file://")


def _folder(artifact_url: str) -> Path:
    return Path(artifact_url.removeprefix("file://")).expanduser().absolute()


def _run_place(dag_id: str, run_id: str) -> tuple[str, ...]:
    return FOLDER, _safe(dag_id), _safe(run_id)


def _safe(name: str) -> str:
    """Nothing leads out of the folder, no two names have one place, none is too long for a file's name."""
    safe = f"={quote(name, safe='+:@=,')}"
    if len(safe) <= MOST_NAME_BYTES:
        return safe
    return f"{safe[: MOST_NAME_BYTES - 17]}~{hashlib.blake2b(name.encode(), digest_size=8).hexdigest()}"


class LocalShelf:
    def __init__(self, root: Path) -> None:
        self._root = root

    def newest(self) -> Kept | None:
        for serial in reversed(self._serials()):
            if (kept := self._read(self._root / _folder_name(serial))) is not None:
                return kept
        return None

    def new_folder(self) -> Path:
        with storage_errors(str(self._root)):
            self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._remove_leftovers()
            name = f"{_INCOMING}{socket.gethostname()}-{os.getpid()}-"
            return Path(tempfile.mkdtemp(prefix=name, dir=self._root))

    def commit(self, folder: Path, manifest: Manifest) -> Kept:
        with storage_errors(str(self._root)):
            serial = max((*self._serials(), 0)) + 1
            while True:
                made = msgspec.structs.replace(manifest, serial=serial, files=_files_in(folder))
                (folder / MANIFEST).write_bytes(msgspec.json.encode(made))
                target = self._root / _folder_name(serial)
                try:
                    os.rename(folder, target)
                except OSError:
                    if not target.exists():
                        raise
                    serial += 1  # a try that was taken for lost, and is not, has saved one as well
                else:
                    return Kept(made, str(target))

    def local(self, kept: Kept) -> Path:
        return Path(kept.url)

    def keep_newest(self, count: int) -> None:
        for serial in self._serials()[:-count]:
            shutil.rmtree(self._root / _folder_name(serial), ignore_errors=True)

    def finish(self, try_id: str) -> None:
        if not (serials := self._serials()):
            return
        with storage_errors(str(self._root)):
            temporary = self._root / f"{_INCOMING}{FINISHED}"
            temporary.write_bytes(msgspec.json.encode(Finished(serials[-1], try_id)))
            os.replace(temporary, self._root / FINISHED)

    def finished(self) -> Finished | None:
        try:
            return msgspec.json.decode((self._root / FINISHED).read_bytes(), type=Finished)
        except (OSError, msgspec.MsgspecError):
            return None

    def _serials(self) -> list[int]:
        try:
            names = os.listdir(self._root)
        except FileNotFoundError:
            return []
        return sorted(int(name) for name in names if name.isdigit())

    def _read(self, folder: Path) -> Kept | None:
        try:
            manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
            is_whole = all((folder / name).stat().st_size == size for name, size in manifest.files.items())
        except (OSError, msgspec.MsgspecError):
            return None
        return Kept(manifest, str(folder)) if is_whole else None

    def _remove_leftovers(self) -> None:
        """Of processes that were killed while they saved."""
        for folder in self._root.glob(f"{_INCOMING}*-*"):
            host, pid, *_ = folder.name.removeprefix(_INCOMING).rsplit("-", 2)
            with suppress(OSError, ValueError):
                is_old = time.time() - folder.stat().st_mtime > LEFTOVER_AFTER_SECONDS
                if is_old or (host == socket.gethostname() and not _is_alive(int(pid))):
                    shutil.rmtree(folder, ignore_errors=True)


class RemoteShelf:
    def __init__(self, url: str) -> None:
        self._url = url

    def newest(self) -> Kept | None:
        files, root = _filesystem(self._url)
        for name in reversed(self._names()):
            with suppress(FileNotFoundError, msgspec.MsgspecError):
                manifest = msgspec.json.decode(files.cat_file(f"{root}/{name}/{MANIFEST}"), type=Manifest)
                return Kept(manifest, f"{self._url}/{name}")
        return None

    def new_folder(self) -> Path:
        return Path(tempfile.mkdtemp(prefix="tradewind-checkpoint-"))

    def commit(self, folder: Path, manifest: Manifest) -> Kept:
        files, root = _filesystem(self._url)
        serial = max((_serial_of(name) for name in self._names()), default=0) + 1
        made = msgspec.structs.replace(manifest, serial=serial, files=_files_in(folder))
        name = f"{_folder_name(serial)}-{manifest.try_id}"
        with storage_errors(self._url):
            files.makedirs(f"{root}/{name}", exist_ok=True)
            for one in made.files:
                target = f"{root}/{name}/{one}"
                files.makedirs(target.rpartition("/")[0], exist_ok=True)
                files.put_file(str(folder / one), target)
            files.pipe_file(f"{root}/{name}/{MANIFEST}", msgspec.json.encode(made))
        shutil.rmtree(folder, ignore_errors=True)
        return Kept(made, f"{self._url}/{name}")

    def local(self, kept: Kept) -> Path:
        files, root = _filesystem(kept.url)
        folder = self.new_folder()
        with storage_errors(kept.url):
            for one in kept.manifest.files:
                (folder / one).parent.mkdir(parents=True, exist_ok=True)
                files.get_file(f"{root}/{one}", str(folder / one))
        return folder

    def keep_newest(self, count: int) -> None:
        files, root = _filesystem(self._url)
        for name in self._names()[:-count]:
            with suppress(FileNotFoundError):
                files.rm_file(f"{root}/{name}/{MANIFEST}")
                files.rm(f"{root}/{name}", recursive=True)

    def finish(self, try_id: str) -> None:
        if names := self._names():
            files, root = _filesystem(self._url)
            files.pipe_file(f"{root}/{FINISHED}", msgspec.json.encode(Finished(_serial_of(names[-1]), try_id)))

    def finished(self) -> Finished | None:
        files, root = _filesystem(self._url)
        with suppress(FileNotFoundError, msgspec.MsgspecError):
            return msgspec.json.decode(files.cat_file(f"{root}/{FINISHED}"), type=Finished)
        return None

    def _names(self) -> list[str]:
        """Of those that were committed, oldest first."""
        files, root = _filesystem(self._url)
        with suppress(FileNotFoundError):
            found: list[str] = files.glob(f"{root}/*/{MANIFEST}")
            return sorted((one.split("/")[-2] for one in found), key=_serial_of)
        return []


def _folder_name(serial: int) -> str:
    return f"{serial:08d}"


def _serial_of(name: str) -> int:
    return int(name.partition("-")[0])


def _files_in(folder: Path) -> Mapping[str, int]:
    return dict(sorted(_walk(folder)))


def _walk(folder: Path) -> Iterator[tuple[str, int]]:
    for parent, _, names in os.walk(folder):
        for name in names:
            file = Path(parent) / name
            if file.parent != folder or name != MANIFEST:
                yield file.relative_to(folder).as_posix(), file.stat().st_size


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _filesystem(url: str) -> tuple[Any, str]:
    fsspec = importlib.import_module("fsspec.core")  # 180 ms: only where a URL is used
    files, root = fsspec.url_to_fs(url)
    return files, str(root).rstrip("/")
