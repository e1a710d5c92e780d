"""`tradewind xcom get`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from tradewind.cli.home import Home, open_home
from tradewind.cli.output import FORMATS, print_record
from tradewind.cli.tasks.which import map_index_option, task_arguments
from tradewind.cli.which_run import find_run, key_of
from tradewind.cli.xcom.bytes import NotPlainError, is_plain_codec, plain, save
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.ids import MapPath, path_to_text
from tradewind.model.records import RunRecord
from tradewind.model.values import RETURN_KEY, Value, XCom

if TYPE_CHECKING:
    from tradewind.cli.remote.store import RemoteStore


@click.command()
@task_arguments
@map_index_option
@click.option("-k", "--key", default=RETURN_KEY, show_default=True, help="Key of the value.")
@click.option("-s", "--save", "file", type=click.Path(path_type=Path), help="Write its bytes to FILE instead.")
@click.option("-o", "--output", type=click.Choice(FORMATS), default="table", help="With json: value and description.")
def get(
    dag_id: str, task_id: str, run_id: str | None, map_path: MapPath | None, key: str, file: Path | None, output: str
) -> None:
    """Print a value of a run of DAG_ID (default: the latest).

    JSON-like values are printed as JSON. Frames, arrays, models and such are only described here, since reading them
    executes code; --save FILE copies them: .arrow, .npy, .safetensors, .png, … as they are stored. Of a list or dict
    that holds such values, FILE becomes a folder.
    """
    with open_home() as home:
        run = find_run(home.store, dag_id, run_id)
        found = _find(home, run, task_id, map_path, key)
        if home.remote is not None:
            found = _fetched(home.remote, run, found, is_saved=file is not None)
        if file is not None:
            for written in save(found.value, file, home.settings.artifact_url):
                click.echo(f"wrote {written}")
            return
        value, is_plain = _value(home, found.value)
    if output != "table":
        print_record(_described(found, value), output)
    elif is_plain:
        click.echo(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2))
    else:
        _describe(found)


def _fetched(remote: RemoteStore, run: RunRecord, found: XCom, *, is_saved: bool) -> XCom:
    """With its bytes, where they are needed; of a value that is only described none are."""

    def with_bytes(value: Value, part: tuple[int, ...]) -> Value:
        parts = tuple(with_bytes(one, (*part, place)) for place, one in enumerate(value.parts))
        data = value.inline or remote.value(key_of(run), found.task_id, found.map_path, found.key, part)
        return replace(value, inline=data, artifact=None, parts=parts)

    return replace(found, value=with_bytes(found.value, ())) if is_saved or is_plain_codec(found.value) else found


def _value(home: Home, value: Value) -> tuple[Any, bool]:
    try:
        return plain(value, home.settings.artifact_url), True
    except NotPlainError:
        return None, False


def _find(home: Home, run: RunRecord, task_id: str, path: MapPath | None, key: str) -> XCom:
    """Raises NotFoundError saying what there is, TradewindError where several instances have the value."""
    everything = home.store.all_xcoms(key_of(run))
    of_task = [one for one in everything if one.task_id == task_id]
    found = [one for one in of_task if one.key == key and path in (None, one.map_path)]
    if len(found) == 1:
        return found[0]
    if found:
        raise TradewindError(
            f"{len(found)} instances of {task_id!r} pushed {key!r}",
            hint=f"say which: --map-index {path_to_text(found[0].map_path)}, or see `tradewind xcom list`",
        )
    if of_task:
        known = ", ".join(sorted({one.key for one in of_task}))
        raise NotFoundError(f"task {task_id!r} pushed no {key!r} in run {run.run_id!r}", hint=f"it pushed {known}")
    known = ", ".join(sorted({one.task_id for one in everything}))
    hint = f"values are there from {known}" if known else "no task of the run did"
    raise NotFoundError(f"task {task_id!r} pushed no value in run {run.run_id!r}", hint=hint)


def _described(found: XCom, value: Any) -> dict[str, Any]:
    one = found.value
    return {
        "task_id": found.task_id,
        "map_index": path_to_text(found.map_path),
        "key": found.key,
        "type": one.type,
        "codec": one.codec,
        "size_bytes": one.size_bytes,
        "hash": one.hash,
        "length": one.length,
        "shape": one.shape,
        "schema": one.schema,
        "artifact": one.artifact,
        "preview": one.preview,
        "value": value,
    }


def _describe(found: XCom) -> None:
    one = found.value
    shape = f", shape {' x '.join(map(str, one.shape))}" if one.shape else ""
    click.echo(f"{one.type} ({one.codec}, {one.size_bytes:,} bytes{shape})")
    if one.schema:
        click.echo("  ".join(f"{name}: {kind}" if name else kind for name, kind in one.schema.items()))
    click.echo(one.preview or "")
