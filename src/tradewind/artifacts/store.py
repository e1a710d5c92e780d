"""The artifact store: content-addressed files below a folder or an fsspec URL (s3://, gs://, memory://).

A file appears under its hash whole or not at all, is never changed, and equal bytes are stored once. Data is not
fsynced: docs/decisions/0005-artifacts-are-not-fsynced.md says what that keeps and what it risks.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import re
import tempfile
import time
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

from tradewind.model.errors import ConfigurationError, ValueStoreError

_KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}\.[a-z0-9]+")
_INCOMING = ".incoming"
LEFTOVER_AFTER_SECONDS = 24 * 3600.0


class ArtifactStore:
    """`url` is a folder (created on first write) or an fsspec URL. Cheap to make: nothing is opened or imported."""

    def __init__(self, url: str | Path) -> None:
        text = str(url)
        self.url = text
        is_remote = "://" in text and not text.startswith("file://")
        self._root = None if is_remote else Path(text.removeprefix("file://")).expanduser().absolute()
        self._remote: tuple[Any, str] | None = None

    def new_file(self) -> Path:
        """An empty temporary file to write into, where `keep` can take it from without copying."""
        folder = self._root / _INCOMING if self._root else Path(tempfile.gettempdir())
        with storage_errors(self.url):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, path = tempfile.mkstemp(dir=folder, prefix="tradewind-")
            os.close(handle)
        return Path(path)

    def keep(self, temporary: Path, content: str, suffix: str) -> str:
        """Move a finished file to its content's address; returns its key. Equal bytes kept before are kept once."""
        key = f"{content[:2]}/{content}.{suffix}"
        with storage_errors(self.url):
            if self._root:
                self._keep_here(temporary, self._root / key)
            else:
                self._upload(temporary, key)
        return key

    def exists(self, key: str) -> bool:
        if self._root:
            return (self._root / _checked(key)).exists()
        files, base = self._filesystem()
        return bool(files.exists(f"{base}/{_checked(key)}"))

    def touch(self, key: str) -> bool:
        """Whether it is there; then it counts as written just now, and stays while somebody else deletes old ones."""
        if not self._root:
            return self.exists(key)
        try:
            os.utime(self._root / _checked(key))
        except FileNotFoundError:
            return False
        except OSError:  # somebody else's file: it is there
            return True
        return True

    @contextlib.contextmanager
    def local(self, key: str) -> Generator[Path]:
        """The artifact as a local file. One that had to be downloaded is unlinked after the block (a mapping made
        inside of it stays valid). Raises ValueStoreError where it is gone."""
        if self._root:
            yield self._found(self._root / _checked(key), key)
            return
        files, base = self._filesystem()
        temporary = self.new_file()
        try:
            with storage_errors(self.url):
                try:
                    files.get_file(f"{base}/{_checked(key)}", str(temporary))
                except FileNotFoundError:
                    raise _gone(key, self.url) from None
            yield temporary
        finally:
            temporary.unlink(missing_ok=True)

    def delete(self, keys: Iterable[str], *, unused_for_seconds: float = 0.0) -> int:
        """Remove artifacts; returns how many were there. With `unused_for_seconds`, one that was written or written
        again since then stays (a try may have just found its bytes stored already)."""
        removed = 0
        for key in keys:
            with storage_errors(self.url):
                removed += self._delete_one(_checked(key), unused_for_seconds)
        return removed

    def remove_leftovers(self, *, older_than_seconds: float = LEFTOVER_AFTER_SECONDS) -> int:
        """Remove temporary files of processes that died while writing; returns how many."""
        if not self._root:
            return 0
        before = time.time() - older_than_seconds
        removed = 0
        for file in (self._root / _INCOMING).glob("tradewind-*"):
            with contextlib.suppress(FileNotFoundError):
                if file.stat().st_mtime < before:
                    file.unlink()
                    removed += 1
        return removed

    def _keep_here(self, temporary: Path, target: Path) -> None:
        if target.exists():
            os.utime(target)
            temporary.unlink()
            return
        target.parent.mkdir(mode=0o700, exist_ok=True)
        temporary.chmod(0o400)
        os.replace(temporary, target)

    def _upload(self, temporary: Path, key: str) -> None:
        files, base = self._filesystem()
        if not files.exists(f"{base}/{key}"):
            files.makedirs(f"{base}/{key[:2]}", exist_ok=True)
            files.put_file(str(temporary), f"{base}/{key}")
        temporary.unlink()

    def _delete_one(self, key: str, unused_for_seconds: float) -> bool:
        try:
            if not self._root:
                files, base = self._filesystem()
                files.rm_file(f"{base}/{key}")
                return True
            file = self._root / key
            if unused_for_seconds and time.time() - file.stat().st_mtime < unused_for_seconds:
                return False
            file.unlink()
        except FileNotFoundError:
            return False
        return True

    def _found(self, file: Path, key: str) -> Path:
        if not file.exists():
            raise _gone(key, self.url)
        return file

    def _filesystem(self) -> tuple[Any, str]:
        if self._remote is None:
            fsspec = importlib.import_module("fsspec.core")  # 180 ms: only where a URL is used
            try:
                files, base = fsspec.url_to_fs(self.url)
            except (ImportError, ValueError) as error:
                raise ConfigurationError(
                    f"the artifact store {self.url} cannot be opened: {error}",
                    hint="install the file system's package (s3fs for s3://, gcsfs for gs://)",
                ) from error
            self._remote = files, str(base).rstrip("/")
        return self._remote


@contextlib.contextmanager
def storage_errors(url: str) -> Generator[None]:
    """Errors of the file system become a ValueStoreError that says what to do."""
    try:
        yield
    except OSError as error:
        raise ValueStoreError(f"the artifact store {url} failed: {error}", hint=_storage_hint(error)) from error


def _storage_hint(error: OSError) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return "the disk is full: free some space, or set artifact_url to a place that has some"
        case errno.EROFS | errno.EACCES | errno.EPERM:
            return "set artifact_url to a folder this process may write to"
        case errno.EFBIG:
            return "the value is over the process's limit on file sizes (ulimit -f)"
        case _:
            return "see whether artifact_url is right and its storage is there"


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueStoreError(f"{key!r} is not the key of an artifact")
    return key


def _gone(key: str, url: str) -> ValueStoreError:
    return ValueStoreError(
        f"the artifact {key} is not in {url}", hint="clear the task that made it, so that it is made again"
    )
