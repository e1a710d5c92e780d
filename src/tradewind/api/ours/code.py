"""The code of a DAG: its file as a version or a run had it, and what changed between two versions."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.dags import Code, CodeDiff, VersionInfo
from tradewind.api.ours.paths import DAG, spec_of
from tradewind.api.problems import NotFound
from tradewind.dag_processor.comparing import Difference, compare
from tradewind.dagfiles.blobs import blob_path
from tradewind.dagfiles.snapshot import blobs_folder, load_snapshot
from tradewind.model.errors import HomeError, NotFoundError
from tradewind.model.records import DagVersionRecord
from tradewind.model.spec import DagSpec

MOST_SOURCE_BYTES = 2 * 1024 * 1024
MOST_DIFF_CHARACTERS = 1_000_000
FILES_COMPARED = 500
SHOWN_CHARACTERS = 120


class CodeQuery(Struct, frozen=True):
    version: int | None = None
    """Number; absent: the newest."""


class DiffQuery(Struct, frozen=True):
    old: int
    new: int


def code(call: Call[CodeQuery, None]) -> Code:
    """The file of a DAG, as a version had it"""
    dag_id = call.path["dag_id"]
    versions = _versions(call, dag_id)
    record = _version(call, dag_id, versions, call.query.version)
    spec = spec_of(call, dag_id, record.hash)
    runs = call.store.version_runs(dag_id)
    return Code(
        file=spec.file,
        source=_files(call, record.snapshot).text(spec.file),
        version=_info(record, runs),
        versions=[_info(one, runs) for one in versions],
    )


def code_diff(call: Call[DiffQuery, None]) -> CodeDiff:
    """What changed between two versions of a DAG"""
    dag_id = call.path["dag_id"]
    versions = _versions(call, dag_id)
    old, new = (_version(call, dag_id, versions, number) for number in (call.query.old, call.query.new))
    return difference(call, dag_id, old, new)


def difference(call: Call[Any, Any], dag_id: str, old: DagVersionRecord, new: DagVersionRecord) -> CodeDiff:
    before, after = spec_of(call, dag_id, old.hash), spec_of(call, dag_id, new.hash)
    unified = unified_diff(_files(call, old.snapshot), _files(call, new.snapshot), first=after.file)
    return CodeDiff(unified, sentences(before, after))


def code_of_runs(call: Call[Any, Any], left: tuple[str, str], right: tuple[str, str]) -> str:
    """Unified diff; each side is a snapshot and the DAG's file in it."""
    return unified_diff(_files(call, left[0]), _files(call, right[0]), first=right[1])


def source_of_version(call: Call[Any, Any], snapshot_id: str, file: str) -> str | None:
    """A file as a snapshot has it; None where either is gone."""
    return _files(call, snapshot_id).text(file)


# ------------------------------------------------------------------------------------------ files


class _Files(Struct, frozen=True):
    """Files of a snapshot: relative path → hash of its bytes. Nothing but what the manifest names is ever opened."""

    files: Mapping[str, str]
    blobs: Path

    def text(self, name: str) -> str | None:
        content = self.files.get(name)
        if content is None or not _is_hash(content):
            return None
        try:
            with open(blob_path(self.blobs, content), "rb") as stream:
                return stream.read(MOST_SOURCE_BYTES).decode("utf-8", "replace")
        except OSError:
            return None


def _is_hash(text: str) -> bool:
    return len(text) == 64 and all(letter in "0123456789abcdef" for letter in text)


def _files(call: Call[Any, Any], snapshot_id: str) -> _Files:
    """Empty where the snapshot is gone."""
    home = call.server.settings.home
    if not snapshot_id or not all(letter in "0123456789abcdef" for letter in snapshot_id):
        return _Files({}, blobs_folder(home))
    try:
        return _Files(load_snapshot(home, snapshot_id).files, blobs_folder(home))
    except (NotFoundError, HomeError):
        return _Files({}, blobs_folder(home))


def unified_diff(old: _Files, new: _Files, *, first: str) -> str:
    """Of the DAG's file, then of what else changed in its folder."""
    names = [name for name in {**new.files, **old.files} if old.files.get(name) != new.files.get(name)]
    names.sort(key=lambda name: (name != first, name))
    parts: list[str] = []
    size = 0
    for name in names[:FILES_COMPARED]:
        parts.append("".join(_diff_of(name, old.text(name), new.text(name))))
        size += len(parts[-1])
        if size > MOST_DIFF_CHARACTERS:
            parts.append("… more has changed than is shown\n")
            break
    return "".join(parts)


def _diff_of(name: str, old: str | None, new: str | None) -> Iterator[str]:
    before, after = ((text or "").splitlines(keepends=True) for text in (old, new))
    for line in difflib.unified_diff(before, after, f"a/{name}", f"b/{name}"):
        yield line if line.endswith("\n") else f"{line}\n"


# ------------------------------------------------------------------------------------------ sentences


def sentences(before: DagSpec, after: DagSpec) -> list[str]:
    """What changed in the DAG, one each."""
    found = compare(before, after)
    return [
        *(f"task {name} is new" for name in found.tasks_added),
        *(f"task {name} is gone" for name in found.tasks_removed),
        *(_sentence("", one) for one in found.arguments),
        *(_sentence(f"task {name}: ", one) for name, changes in found.tasks_changed.items() for one in changes),
    ]


def _sentence(where: str, one: Difference) -> str:
    return f"{where}{one.name} was {_shown(one.before)}, is {_shown(one.after)}"


def _shown(value: Any) -> str:
    text = "not given" if value is None else msgspec.json.encode(value, enc_hook=str).decode()
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"


# ------------------------------------------------------------------------------------------ versions


def _versions(call: Call[Any, Any], dag_id: str) -> list[DagVersionRecord]:
    """Newest first. Raises NotFound."""
    found = call.store.dag_versions(dag_id)
    if not found:
        raise NotFound(f"there is no DAG {dag_id!r}")
    return found


def _version(
    call: Call[Any, Any], dag_id: str, versions: list[DagVersionRecord], number: int | None
) -> DagVersionRecord:
    known = call.store.dag(dag_id)
    for one in versions:
        if one.number == number or (number is None and known is not None and one.hash == known.hash):
            return one
    if number is None:
        return versions[0]
    raise NotFound(f"DAG {dag_id!r} has no version {number}")


def _info(record: DagVersionRecord, runs: Mapping[str, int]) -> VersionInfo:
    return VersionInfo(record.number, record.hash, record.created_at, record.bundle_version, runs.get(record.hash, 0))


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{DAG}/code",
        name="tradewind_code",
        tag="DAGs",
        needs=Need(Resource.CODE),
        do=code,
        query=CodeQuery,
        answer=Code,
    ),
    Operation(
        method="GET",
        path=f"{DAG}/code/diff",
        name="tradewind_code_diff",
        tag="DAGs",
        needs=Need(Resource.CODE),
        do=code_diff,
        query=DiffQuery,
        answer=CodeDiff,
    ),
)
