"""ObjectStoragePath: a path below any fsspec URL (`s3://`, `gs://`, `file://` …) that behaves like a pathlib.Path."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from typing import Any, cast

import fsspec  # pyright: ignore[reportMissingTypeStubs]

from tradewind.authoring.exceptions import AirflowOptionalProviderFeatureException

_EXTRAS = {"s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "abfs": "adlfs", "abfss": "adlfs"}


class ObjectStoragePath:
    """`ObjectStoragePath("s3://conn_id@bucket/key", conn_id=…)`. Credentials come from fsspec's own places (the
    environment, instance roles) or from `storage_options` given by name. A plain path is a local one."""

    def __init__(self, path: str | os.PathLike[str], *more: str, conn_id: str | None = None, **options: Any) -> None:
        text = posixpath.join(os.fspath(path), *more) if more else os.fspath(path)
        self.protocol, _, rest = text.partition("://") if "://" in text else ("file", "", text)
        login, at, bare = rest.partition("@")
        is_login = bool(at) and "/" not in login
        self.conn_id = conn_id or (login if is_login else None)
        self.path = bare if is_login else rest
        self.storage_options: dict[str, Any] = options

    @property
    def fs(self) -> Any:
        """The fsspec file system. Raises AirflowOptionalProviderFeatureException where its package is not installed."""
        try:
            return fsspec.filesystem(self.protocol, **self.storage_options)  # pyright: ignore[reportUnknownMemberType]
        except ImportError as error:
            package = _EXTRAS.get(self.protocol, "the fsspec package that serves it")
            raise AirflowOptionalProviderFeatureException(
                f"{self.protocol}:// paths need a package that is not installed", hint=f"pip install {package}"
            ) from error

    # ------------------------------------------------------------------ names

    @property
    def key(self) -> str:
        """What follows the bucket."""
        return self.path.partition("/")[2]

    @property
    def bucket(self) -> str:
        return self.path.partition("/")[0]

    container = bucket

    @property
    def name(self) -> str:
        return posixpath.basename(self.path.rstrip("/"))

    @property
    def stem(self) -> str:
        return posixpath.splitext(self.name)[0]

    @property
    def suffix(self) -> str:
        return posixpath.splitext(self.name)[1]

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.path.split("/"))

    @property
    def parent(self) -> ObjectStoragePath:
        return self._at(posixpath.dirname(self.path.rstrip("/")))

    def joinpath(self, *more: str | os.PathLike[str]) -> ObjectStoragePath:
        return self._at(posixpath.join(self.path, *(os.fspath(part) for part in more)))

    def __truediv__(self, more: str | os.PathLike[str]) -> ObjectStoragePath:
        return self.joinpath(more)

    def with_name(self, name: str) -> ObjectStoragePath:
        return self.parent / name

    def with_suffix(self, suffix: str) -> ObjectStoragePath:
        return self.with_name(self.stem + suffix)

    def as_uri(self) -> str:
        return str(self)

    def __str__(self) -> str:
        login = f"{self.conn_id}@" if self.conn_id else ""
        return f"{self.protocol}://{login}{self.path}"

    def __repr__(self) -> str:
        return f"ObjectStoragePath({str(self)!r})"

    def __fspath__(self) -> str:
        return self.path if self.protocol == "file" else str(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ObjectStoragePath) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    # ------------------------------------------------------------------ reading and writing

    def open(self, mode: str = "r", **options: Any) -> Any:
        """A file object, to be used in a `with`."""
        return self.fs.open(self.path, mode, **options)

    def read_bytes(self) -> bytes:
        return self.fs.cat_file(self.path)

    def read_text(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        return self.read_bytes().decode(encoding, errors)

    def read_block(self, offset: int, length: int, delimiter: bytes | None = None) -> bytes:
        return self.fs.read_block(self.path, offset, length, delimiter=delimiter)

    def write_bytes(self, data: bytes) -> int:
        self.fs.pipe_file(self.path, data)
        return len(data)

    def write_text(self, data: str, encoding: str = "utf-8") -> int:
        return self.write_bytes(data.encode(encoding))

    # ------------------------------------------------------------------ the tree

    def exists(self) -> bool:
        return self.fs.exists(self.path)

    def is_file(self) -> bool:
        return self.fs.isfile(self.path)

    def is_dir(self) -> bool:
        return self.fs.isdir(self.path)

    def stat(self) -> dict[str, Any]:
        return self.fs.info(self.path)

    def checksum(self) -> int:
        return self.fs.checksum(self.path)

    def iterdir(self) -> Iterator[ObjectStoragePath]:
        return (self._at(path) for path in cast("list[str]", self.fs.ls(self.path, detail=False)))

    ls = iterdir

    def glob(self, pattern: str) -> Iterator[ObjectStoragePath]:
        return (self._at(path) for path in cast("list[str]", self.fs.glob(posixpath.join(self.path, pattern))))

    def rglob(self, pattern: str) -> Iterator[ObjectStoragePath]:
        return self.glob(f"**/{pattern}")

    def mkdir(self, mode: int = 0o777, parents: bool = False, exist_ok: bool = False, **_: Any) -> None:
        if not exist_ok and self.exists():
            raise FileExistsError(str(self))
        self.fs.makedirs(self.path, exist_ok=True) if parents or exist_ok else self.fs.mkdir(self.path)

    def unlink(self, missing_ok: bool = False) -> None:
        if not (missing_ok and not self.exists()):
            self.fs.rm_file(self.path)

    def rmdir(self, recursive: bool = True) -> None:
        self.fs.rm(self.path, recursive=recursive)

    def copy(self, dst: str | ObjectStoragePath, recursive: bool = False, **_: Any) -> None:
        """To another path, of any protocol."""
        target = dst if isinstance(dst, ObjectStoragePath) else ObjectStoragePath(dst)
        if target.protocol == self.protocol:
            self.fs.copy(self.path, target.path, recursive=recursive)
        else:
            with self.open("rb") as source, target.open("wb") as sink:
                while block := source.read(1 << 20):
                    sink.write(block)

    def move(self, path: str | ObjectStoragePath, recursive: bool = False, **_: Any) -> None:
        self.copy(path, recursive=recursive)
        self.fs.rm(self.path, recursive=recursive)

    rename = replace = move

    def _at(self, path: str) -> ObjectStoragePath:
        return ObjectStoragePath(f"{self.protocol}://{path}", conn_id=self.conn_id, **self.storage_options)
