"""Files and URLs that a task says it depends on."""

from __future__ import annotations

import glob
import importlib
import os
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tradewind.artifacts.hashing import hash_of, hash_of_file
from tradewind.ml.caching.parts import CannotTell, Part

URL_TIMEOUT_SECONDS = 10.0
MOST_FILES = 10_000
_TELLING = ("ETag", "Last-Modified", "Content-MD5")


def files_of(given: Sequence[str], folder: Path) -> Iterator[Part]:
    """By what is in them. A name may be a pattern or a folder; relative ones are looked for beside the DAG file."""
    for name in given:
        path = Path(os.path.expanduser(name))
        yield Part("file", name, _hash_of_path(path if path.is_absolute() else folder / path, name))


def urls_of(given: Sequence[str]) -> Iterator[Part]:
    """By what their servers say of their version. Raises CannotTell where one says nothing, or cannot be reached."""
    for url in given:
        scheme = urlsplit(url).scheme
        if scheme == "file":
            yield Part("url", url, _hash_of_path(Path(urllib.request.url2pathname(urlsplit(url).path)), url))
        else:
            told = _http(url) if scheme in ("http", "https") else _of_filesystem(url)
            yield Part("url", _without_password(url), told, told)


def _hash_of_path(path: Path, name: str) -> str:
    found = [str(path)] if path.exists() else sorted(glob.glob(str(path), recursive=True))
    files = sorted(file for one in found for file in _below(Path(one)))
    if len(files) > MOST_FILES:
        raise CannotTell(f"{name} are {len(files)} files, more than {MOST_FILES} are looked at")
    if not found:
        return "not there"
    try:
        if len(files) == 1 and str(files[0]) == str(path):
            return hash_of_file(files[0])
        return hash_of("".join(f"{file}\0{hash_of_file(file)}\0" for file in files).encode())
    except OSError as error:
        raise CannotTell(f"{name} cannot be read: {error}") from error


def _below(path: Path) -> list[Path]:
    return [file for file in path.rglob("*") if file.is_file()] if path.is_dir() else [path]


def _http(url: str) -> str:
    request = urllib.request.Request(url, method="HEAD")
    try:
        with urllib.request.urlopen(request, timeout=URL_TIMEOUT_SECONDS) as answer:
            headers = answer.headers
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise CannotTell(f"{_without_password(url)} does not answer: {error}") from error
    told = [f"{name} {headers[name]}" for name in _TELLING if headers.get(name)]
    if not told:
        raise CannotTell(f"{_without_password(url)} has neither ETag nor Last-Modified")
    return ", ".join([*told, f"{headers.get('Content-Length', '?')} bytes"])


def _of_filesystem(url: str) -> str:
    """`s3://`, `gs://`, …: what fsspec knows of the file."""
    try:
        fsspec: Any = importlib.import_module("fsspec.core")  # 180 ms, for whoever has such a URL
        files, path = fsspec.url_to_fs(url)
        files.invalidate_cache()
        return str(files.ukey(path))
    except Exception as error:  # any of many storages, with errors of its own
        raise CannotTell(f"{url} cannot be looked at: {error}") from error


def _without_password(url: str) -> str:
    split = urlsplit(url)
    return url if "@" not in split.netloc else split._replace(netloc=split.netloc.rpartition("@")[2]).geturl()
