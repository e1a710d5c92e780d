"""What a tracking server has still to get: files of the home, one a run that was tracked here instead, one a run whose
calls were cut off."""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from tradewind.ml.tracking.place import Place

RUN_SUFFIX, CALLS_SUFFIX = ".run.json", ".calls.jsonl"


class KeptRun(Struct, frozen=True):
    """A run of the home's store that belongs to a server."""

    uri: str
    run_id: str
    parent_id: str
    pid: int
    """Of the process that writes to it."""


class KeptCall(Struct, frozen=True, omit_defaults=True):
    """What a server did not take, as one call of `log_batch`, `update_run_info` or files for a place."""

    uri: str
    run_id: str = ""
    metrics: tuple[tuple[str, float | str, int, int], ...] = ()
    """Name, value (a text where JSON has none), milliseconds, step."""
    params: tuple[tuple[str, str], ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    status: str = ""
    ended_at_milliseconds: int | None = None
    files: str = ""
    """A folder of the spool."""
    artifact_uri: str = ""
    artifact_path: str = ""


def keep_run(place: Place, uri: str, run_id: str, parent_id: str) -> None:
    _folder(place)
    kept = KeptRun(uri, run_id, parent_id, os.getpid())
    (place.spool / f"{run_id}{RUN_SUFFIX}").write_bytes(msgspec.json.encode(kept))


def keep_call(place: Place, uri: str, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
    """One of CALLS. Each line is written at once and whole, so that a process that is killed loses none."""
    kept = CALLS[name](uri, *args, **kwargs)
    _folder(place)
    with open(place.spool / f"{kept.run_id}{CALLS_SUFFIX}", "ab") as file:
        file.write(msgspec.json.encode(kept) + b"\n")


def keep_files(place: Place, uri: str, artifact_uri: str, local: str, artifact_path: str | None) -> None:
    """A copy: the caller's files are often temporary."""
    folder = _folder(place) / "files" / uuid.uuid4().hex
    if os.path.isdir(local):
        shutil.copytree(local, folder)
    else:
        folder.mkdir(parents=True)
        shutil.copy2(local, folder)
    kept = KeptCall(uri, files=folder.name, artifact_uri=artifact_uri, artifact_path=artifact_path or "")
    with open(place.spool / f"{folder.name}{CALLS_SUFFIX}", "ab") as file:
        file.write(msgspec.json.encode(kept) + b"\n")


def runs(place: Place) -> list[KeptRun]:
    return [msgspec.json.decode(file.read_bytes(), type=KeptRun) for file in _files(place, RUN_SUFFIX)]


def calls(place: Place) -> Iterator[tuple[Path, list[KeptCall]]]:
    """File by file. A last line that was cut off when its process was killed is left out."""
    for file in _files(place, CALLS_SUFFIX):
        found: list[KeptCall] = []
        for line in file.read_bytes().splitlines():
            try:
                found.append(msgspec.json.decode(line, type=KeptCall))
            except msgspec.DecodeError:
                break
        yield file, found


def servers(place: Place) -> list[str]:
    """Those for which something is kept."""
    kept = {one.uri for one in runs(place)}
    kept.update(one.uri for _, found in calls(place) for one in found)
    return sorted(kept)


def _files(place: Place, suffix: str) -> list[Path]:
    return sorted(place.spool.glob(f"*{suffix}")) if place.spool.is_dir() else []


def _folder(place: Place) -> Path:
    place.spool.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place.spool


# ------------------------------------------------------------------------------------ MLflow's calls


def _number(value: float) -> float | str:
    return value if json.dumps(value) not in ("NaN", "Infinity", "-Infinity") else str(value)


def _metric(metric: Any) -> tuple[str, float | str, int, int]:
    return metric.key, _number(metric.value), metric.timestamp, metric.step


def _log_batch(uri: str, run_id: str, metrics: Any = (), params: Any = (), tags: Any = ()) -> KeptCall:
    return KeptCall(
        uri,
        run_id,
        tuple(map(_metric, metrics)),
        tuple((one.key, str(one.value)) for one in params),
        tuple((one.key, str(one.value)) for one in tags),
    )


def _log_metric(uri: str, run_id: str, metric: Any) -> KeptCall:
    return KeptCall(uri, run_id, (_metric(metric),))


def _log_param(uri: str, run_id: str, param: Any) -> KeptCall:
    return KeptCall(uri, run_id, params=((param.key, str(param.value)),))


def _set_tag(uri: str, run_id: str, tag: Any) -> KeptCall:
    return KeptCall(uri, run_id, tags=((tag.key, str(tag.value)),))


def _update_run_info(uri: str, run_id: str, run_status: Any, end_time: int | None, run_name: str | None) -> KeptCall:
    """A status travels as its name."""
    from mlflow.entities import RunStatus  # it is loaded: MLflow calls this

    return KeptCall(uri, run_id, status=str(RunStatus.to_string(run_status)), ended_at_milliseconds=end_time)


CALLS: dict[str, Callable[..., KeptCall]] = {
    "log_batch": _log_batch,
    "log_metric": _log_metric,
    "log_param": _log_param,
    "set_tag": _set_tag,
    "update_run_info": _update_run_info,
}
"""Methods of a store that need no answer."""
