"""Takes content-addressed copies of DAG folders, so that a run keeps the code it started with.

Manifests are <home>/snapshots/<id>.json. A second look at an unchanged folder reads no file: hashes are kept by path,
time of change, size and inode.
"""

from __future__ import annotations

import hashlib
import io
import os
import time
import zipfile
from pathlib import Path

import msgspec

from tradewind.dagfiles.blobs import blob_path, store_blob, write_atomically
from tradewind.dagfiles.folder import MAX_FILE_BYTES, FolderTooLargeError, FoundFile, code_files
from tradewind.dagfiles.siblings import file_with_its_imports
from tradewind.model.errors import DagFileError, HomeError, NotFoundError, SourceLocation
from tradewind.model.warm import Snapshot

SIBLING_FOLDERS = ("include", "plugins", "config")
"""Beside a folder named `dags`, these belong to the same deployment (Airflow's and Astronomer's layout)."""
SETTLED_AFTER_NS = 2_000_000_000
"""A file younger than this may change again without a new timestamp (coarse clocks of file systems): read it anew."""


class _Known(msgspec.Struct, array_like=True):
    """What the cache remembers of a file: with these three unchanged, the hash holds."""

    mtime_ns: int
    size_bytes: int
    inode: int
    content: str
    members: dict[str, str] = {}
    """Files inside a zip archive, by name."""


def blobs_folder(home: Path) -> Path:
    return home / "snapshots" / "blobs"


def take_snapshot(
    root: Path, home: Path, *, only: Path | None = None, max_files: int = 5_000, max_bytes: int = 64 << 20
) -> Snapshot:
    """Copy the code below `root` (what has not been copied before) and describe it.

    `only` names the one DAG file of interest: where the folder is too large to be a DAG folder, the file is taken with
    the modules and templates beside it that it names, and the snapshot's `note` says so.
    Raises NotFoundError, DagFileError (too large a folder) or HomeError (cannot write)."""
    root = Path(os.path.abspath(root))
    found, note = _find(root, home, only, max_files, max_bytes)
    cache_file = home / "snapshots" / "cache" / f"{_digest(str(root).encode())[:32]}.msgpack"
    known = _read_cache(cache_file)
    blobs = blobs_folder(home)
    seen = {file.relative: _remembered(file, known.get(file.relative), blobs) for file in found}
    now_ns = time.time_ns()
    settled = {path: entry for path, entry in seen.items() if entry and now_ns - entry.mtime_ns > SETTLED_AFTER_NS}
    if settled != known:
        write_atomically(cache_file, msgspec.msgpack.encode(settled))
    return _describe(root, home, seen, note)


def load_snapshot(home: Path, snapshot_id: str) -> Snapshot:
    """A snapshot taken earlier. Raises NotFoundError where it is gone, HomeError where its manifest is damaged."""
    manifest = home / "snapshots" / f"{snapshot_id}.json"
    try:
        return msgspec.json.decode(manifest.read_bytes(), type=Snapshot)
    except FileNotFoundError:
        raise NotFoundError(
            f"the snapshot {snapshot_id} of the DAG files is not in {manifest.parent}",
            hint="its runs cannot go on; start a new run, which takes a new snapshot",
        ) from None
    except (msgspec.DecodeError, OSError) as error:
        raise HomeError(f"the snapshot manifest {manifest} cannot be read: {error}") from error


def _find(root: Path, home: Path, only: Path | None, max_files: int, max_bytes: int) -> tuple[list[FoundFile], str]:
    lone = Path(os.path.abspath(only)) if only else None
    if lone and not lone.is_file():
        raise NotFoundError(f"there is no file {lone}")
    if not root.is_dir():
        raise NotFoundError(f"there is no folder {root}", hint="set dags_folder, or name a DAG file")
    try:
        found = code_files(root, max_files=max_files, max_bytes=max_bytes, skip=home)
        found += _in_siblings(root, home, max_files - len(found), max_bytes - sum(f.size_bytes for f in found))
    except FolderTooLargeError as error:
        if lone is None:
            raise DagFileError(
                f"the DAG folder cannot be copied: {error}",
                location=SourceLocation(str(root)),
                hint="keep data outside of it, or raise snapshot_max_files and snapshot_max_bytes",
            ) from None
        return file_with_its_imports(lone, root), f"{error}: only {lone.name} and what it imports from there is pinned"
    if lone and all(file.path != str(lone) for file in found):
        found += file_with_its_imports(lone, root)
    return found, ""


def _in_siblings(root: Path, home: Path, max_files: int, max_bytes: int) -> list[FoundFile]:
    found: list[FoundFile] = []
    if root.name != "dags":
        return found
    for name in SIBLING_FOLDERS:
        if (folder := root.parent / name).is_dir():
            files = code_files(folder, max_files=max_files, max_bytes=max_bytes, skip=home)
            found += [_below_sibling(file, name) for file in files]
    return found


def _below_sibling(file: FoundFile, name: str) -> FoundFile:
    return FoundFile(f"../{name}/{file.relative}", file.path, file.size_bytes, file.mtime_ns, file.inode)


def _remembered(file: FoundFile, known: _Known | None, blobs: Path) -> _Known | None:
    """The file's hash, from memory where it has not changed; None where it went away in between."""
    if (
        known
        and (known.mtime_ns, known.size_bytes, known.inode) == (file.mtime_ns, file.size_bytes, file.inode)
        and all(os.path.exists(blob_path(blobs, content)) for content in (known.content, *known.members.values()))
    ):
        return known
    try:
        data = Path(file.path).read_bytes()
    except OSError:
        return None
    content = store_blob(blobs, data)
    members = _members(data, blobs) if file.path.lower().endswith(".zip") else {}
    return _Known(file.mtime_ns, file.size_bytes, file.inode, content, members)


def _members(archive: bytes, blobs: Path) -> dict[str, str]:
    """A zip of DAG files is kept unpacked too, under `name.zip/member`, so that it loads like a folder."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            return {
                info.filename: store_blob(blobs, opened.read(info))
                for info in opened.infolist()
                if not info.is_dir() and info.file_size <= MAX_FILE_BYTES and ".." not in info.filename.split("/")
            }
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        return {}  # damaged or encrypted: loading it as a DAG file says so


def _describe(root: Path, home: Path, seen: dict[str, _Known | None], note: str) -> Snapshot:
    files: dict[str, str] = {}
    for relative, entry in sorted(seen.items()):
        if entry:
            files[relative] = entry.content
            files |= {f"{relative}/{member}": content for member, content in sorted(entry.members.items())}
    return describe(root, home, files, note)


def describe(root: Path, home: Path, files: dict[str, str], note: str = "") -> Snapshot:
    """The snapshot of these files (relative path → hash), whose bytes are kept already. Raises HomeError."""
    identity = _digest(msgspec.json.encode([str(root), sorted(files.items())]))[:32]
    snapshot = Snapshot(id=identity, root=str(root), files=files, note=note)
    manifest = home / "snapshots" / f"{identity}.json"
    if not manifest.exists():
        write_atomically(manifest, msgspec.json.encode(snapshot))
    return snapshot


def _read_cache(file: Path) -> dict[str, _Known]:
    try:
        return msgspec.msgpack.decode(file.read_bytes(), type=dict[str, _Known])
    except (OSError, msgspec.DecodeError):
        return {}


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=32).hexdigest()
