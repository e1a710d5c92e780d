"""`tradewind dags diff`: what a new version changes, before and after the dag-processor takes it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import msgspec

from tradewind.cli.complete import complete_dag_id
from tradewind.cli.dags.diff_view import Compared, Version, as_data, print_comparison
from tradewind.cli.home import Home, open_home
from tradewind.cli.session_errors import refused_file
from tradewind.cli.target import Target, resolve
from tradewind.dag_processor.clocks import last_interval, runs_ahead
from tradewind.dag_processor.comparing import SpecDifference, compare, with_fields
from tradewind.dag_processor.once import folders_of, parse_unsaved
from tradewind.dag_processor.source_fields import changed_fields
from tradewind.dagfiles.pinned import PinnedFiles
from tradewind.dagfiles.snapshot import blobs_folder, load_snapshot, take_snapshot
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.records import DagVersionRecord
from tradewind.model.service import DueRun
from tradewind.model.warm import Snapshot
from tradewind.timetables.changing import schedule_change
from tradewind.timetables.errors import TimetableError


@click.command()
@click.argument("dag", metavar="[DAG_ID|FILE]", required=False, shell_complete=complete_dag_id)
@click.option("--file", "file", metavar="FILE", help="Compare with the DAG as this file defines it.")
@click.option("--from", "old", type=int, metavar="NUMBER", help="The older version (see `dags versions`).")
@click.option("--to", "new", type=int, metavar="NUMBER", help="The newer version.")
@click.option("--code", is_flag=True, help="Show how the text of the DAG file differs, too.")
@click.option("-o", "--output", type=click.Choice(("text", "json")), default="text", show_default=True)
def diff(dag: str | None, file: str | None, old: int | None, new: int | None, code: bool, output: str) -> None:
    """What a new version of a DAG changes: tasks, arguments, schedule, and the runs it would add or drop until now.

    FILE, or the DAG's own file where it has been edited since, is compared with the newest version that is known;
    where nothing is new, the newest version with the one before it. Without any, all DAG files are looked at.
    """
    with open_home() as home:
        found = list(_compared(home, dag, file, old, new))
    shown = [one for one in found if dag or file or _says_something(one)]
    if output == "json":
        click.echo(msgspec.json.format(msgspec.json.encode([as_data(one) for one in shown], enc_hook=str), indent=2))
        return
    for one in shown:
        print_comparison(one, with_code=code)
    if not shown:
        click.echo("nothing differs from what is known")


def _compared(home: Home, dag: str | None, file: str | None, old: int | None, new: int | None) -> Iterator[Compared]:
    if old is not None or new is not None:
        if dag is None:
            raise TradewindError("say which DAG the versions are of")
        yield _between_versions(home, dag, old, new)
        return
    for target, snapshot, files in _targets(home, dag, file):
        wanted = target.dag_id if target is not None else None
        wanted = wanted or (dag if file else None)
        for name, parsed in parse_unsaved(home.settings, home.store, snapshot, files):
            specs = [spec for spec in parsed.loaded.specs if wanted in (None, spec.dag_id)]
            if target is not None and not specs:
                raise refused_file(parsed.loaded, target.root, name, wanted)
            for problem in parsed.loaded.problems:
                where = f"{Path(snapshot.root) / problem.file}:{problem.line}"
                click.secho(f"{where}: {problem.message}", fg="red", err=True)
            answers = {answer.dag_id: answer for answer in parsed.clocks}
            for spec in specs:
                edited = Version(str(Path(snapshot.root) / name), spec, snapshot, answers.get(spec.dag_id))
                yield _of_edited(home, edited, is_asked_for=bool(dag) and not file)


def _of_edited(home: Home, edited: Version, *, is_asked_for: bool) -> Compared:
    dag_id = edited.spec.dag_id
    known = home.store.dag(dag_id)
    is_known = known is not None and known.hash == edited.spec.hash and not _differs(home, known.snapshot, edited)
    if is_known and is_asked_for:
        return _between_versions(home, dag_id, None, None)
    return _result(home, _newest(home, dag_id), edited)


def _targets(home: Home, dag: str | None, file: str | None) -> Iterator[tuple[Target | None, Snapshot, Sequence[str]]]:
    """The one file that is meant; or, of each bundle, all."""
    settings = home.settings
    if file or dag:
        target = resolve(file or dag or "", None, settings, home.store)
        most = {"max_files": settings.snapshot_max_files, "max_bytes": settings.snapshot_max_bytes}
        yield target, take_snapshot(target.root, settings.home, only=target.root / target.file, **most), [target.file]
        return
    for folder in folders_of(settings, home.store):
        files = folder.look().to_parse
        assert folder.snapshot is not None, "it was looked at"
        yield None, folder.snapshot, files


def _between_versions(home: Home, dag_id: str, old: int | None, new: int | None) -> Compared:
    versions = {version.number: version for version in home.store.dag_versions(dag_id)}
    if not versions:
        raise NotFoundError(f"no version of a DAG {dag_id!r} is known", hint="see `tradewind dags list`")
    newest = home.store.dag(dag_id)
    current = next((v.number for v in versions.values() if newest and v.hash == newest.hash), max(versions))
    number = new if new is not None else current
    before = old if old is not None else max((one for one in versions if one < number), default=None)
    for wanted in (number, before):
        if wanted is not None and wanted not in versions:
            raise NotFoundError(
                f"DAG {dag_id!r} has no version {wanted}", hint=f"see `tradewind dags versions {dag_id}`"
            )
    older = _version(home, versions[before]) if before is not None else None
    return _result(home, older, _version(home, versions[number]))


def _version(home: Home, record: DagVersionRecord) -> Version:
    spec = home.store.spec(record.dag_id, record.hash)
    assert spec is not None, "versions are never deleted alone"
    return Version(f"version {record.number}", spec, _snapshot(home, record.snapshot))


def _newest(home: Home, dag_id: str) -> Version | None:
    known = home.store.dag(dag_id)
    spec = home.store.spec(dag_id) if known is not None else None
    if known is None or spec is None:
        return None
    number = next((v.number for v in home.store.dag_versions(dag_id) if v.hash == known.hash), 0)
    return Version(f"version {number}", spec, _snapshot(home, known.snapshot))


def _snapshot(home: Home, snapshot_id: str) -> Snapshot | None:
    try:
        return load_snapshot(home.settings.home, snapshot_id)
    except TradewindError:
        return None


def _differs(home: Home, snapshot_id: str, edited: Version) -> bool:
    return bool(_code(home, _snapshot(home, snapshot_id), edited.snapshot, edited.spec.file))


def _result(home: Home, old: Version | None, new: Version) -> Compared:
    dag_id, now = new.spec.dag_id, home.store.now()
    standing = next(iter(home.store.schedules(dag_id=dag_id)), None)
    last = last_interval(standing)
    before: Sequence[DueRun] = ()
    error = ""
    try:
        if old is not None:
            before = runs_ahead(old.spec, last, None, now)
        after = runs_ahead(new.spec, last, new.answer, now)
    except TimetableError as problem:
        after, error = [], problem.message
    return Compared(
        dag_id,
        old,
        new,
        _difference(home, old, new) if old is not None else None,
        schedule_change(before, after, now),
        error,
        _code(home, old.snapshot if old else None, new.snapshot, new.spec.file),
    )


def _difference(home: Home, old: Version, new: Version) -> SpecDifference:
    found = compare(old.spec, new.spec)
    if old.snapshot is None or new.snapshot is None:
        return found
    before, after = (
        "".join(_text(home, snapshot, one.spec.file)) for one, snapshot in ((old, old.snapshot), (new, new.snapshot))
    )
    return with_fields(found, changed_fields(before, after, [task.task_id for task in new.spec.tasks]))


def _code(home: Home, old: Snapshot | None, new: Snapshot | None, file: str) -> tuple[str, ...]:
    if old is None or new is None:
        return ()
    before, after = _text(home, old, file), _text(home, new, file)
    return tuple(line.rstrip("\n") for line in difflib.unified_diff(before, after, f"a/{file}", f"b/{file}"))


def _text(home: Home, snapshot: Snapshot, file: str) -> list[str]:
    pinned = PinnedFiles(snapshot, blobs_folder(home.settings.home))
    try:
        return pinned.read(pinned.absolute(file)).decode("utf-8", "replace").splitlines(keepends=True)
    except FileNotFoundError:
        return []


def _says_something(one: Compared) -> bool:
    return one.difference is None or not one.difference.is_empty or bool(one.code)
