"""Takes in what DAG files yielded: which DAGs are theirs, which versions are new, where clocks stand. Saves it in one
transaction, tells the others, and writes what changed to the log and the audit."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from tradewind.dag_processor.clocks import Reckoned, last_interval, reckon, runs_ahead
from tradewind.model.parsing import NEXT_RUN_REQUEST, TO_DAG_PROCESSOR, ClockAnswer, FileParsed
from tradewind.model.records import DagRecord
from tradewind.model.service import AuditRecord, DueRun, Topic
from tradewind.model.spec import DagSpec
from tradewind.model.warm import ImportProblem
from tradewind.store.base import Store
from tradewind.store.facets.parsing import ParsedDag, ParsedFile, Saved
from tradewind.timetables.changing import ScheduleChange
from tradewind.timetables.errors import TimetableError

_log = logging.getLogger(__name__)
WHO = "dag-processor"


class Place(Struct, frozen=True):
    """Where files come from."""

    root: str
    snapshot: str
    bundle: str = ""
    version: str = ""
    """Of the bundle: a commit."""
    prefix: str = ""
    """All roots of this bundle begin with it; empty: there is only the one."""

    def is_of(self, root: str) -> bool:
        return root == self.root or bool(self.prefix and root.startswith(self.prefix))


class Result(Struct, frozen=True):
    file: str
    parsed: FileParsed


class Taken(Struct, frozen=True):
    saved: Saved
    specs: tuple[DagSpec, ...]
    """Those that are the newest versions of their DAGs now."""
    duplicates: dict[str, str]
    """DAG → file that defines it too, and was refused."""


def take_in(
    store: Store,
    place: Place,
    results: Sequence[Result],
    *,
    now: datetime,
    has_file: Callable[[str, str], bool] = lambda root, file: (Path(root) / file).exists(),
    who: str = WHO,
    is_watched: bool = True,
    made_of: Callable[[Result], bytes | None] = lambda result: None,
) -> Taken:
    """`has_file(root, file)`: is it still a DAG file? `is_watched=False`: these files are none that the service looks
    after. DAGs which those define stay theirs, though a run of such a file has its version all the same; and nothing of
    theirs ever runs by the clock. `made_of`: what a file's result is kept with over a restart (see `kept`)."""
    # A file may have been parsed twice since the last time: it would be another file of the same DAGs to itself.
    results = list({result.file: result for result in results}.values())
    reckoned: dict[str, Reckoned] = {}
    duplicates: dict[str, str] = {}
    files: list[ParsedFile] = []
    claimed: dict[str, str] = {}
    for result in results:
        dags: list[ParsedDag] = []
        problems = list(result.parsed.loaded.problems)
        answers = {answer.dag_id: answer for answer in result.parsed.clocks}
        for spec in result.parsed.loaded.specs:
            known = store.dag(spec.dag_id)
            other = claimed.get(spec.dag_id) or _other_home(known, place, result.file, has_file)
            if other and is_watched:
                problems.append(_duplicate(spec, result.file, other, place))
                duplicates[spec.dag_id] = result.file
                continue
            if other:
                dags.append(ParsedDag(spec, moves=False))
                continue
            claimed[spec.dag_id] = result.file
            found = _reckon(store, spec, known, answers.get(spec.dag_id), now) if is_watched else Reckoned(None)
            reckoned[spec.dag_id] = found
            dags.append(ParsedDag(spec, found.clock))
        is_kept = is_watched and len(dags) == len(result.parsed.loaded.specs)
        files.append(_file_of(result, dags, problems, made_of(result) if is_kept else None))
    saved = store.save_parsed(
        place.root, place.snapshot, files, now=now, bundle=place.bundle, bundle_version=place.version
    )
    _set_overtaken(store, saved.overtaken, results, now)
    specs = tuple(dag.spec for file in files for dag in file.dags if dag.moves)
    _tell(store, saved, specs, reckoned, now, who)
    if is_watched:
        _ask_for_clocks(store, specs, results, now, who)
    store.ring(Topic.DAGS)
    return Taken(saved, specs, duplicates)


def _reckon(
    store: Store, spec: DagSpec, known: DagRecord | None, answer: ClockAnswer | None, now: datetime
) -> Reckoned:
    if known is None:
        return reckon(spec, None, None, answer, now)
    standing = next(iter(store.schedules(dag_id=spec.dag_id)), None)
    old = spec if known.hash == spec.hash else store.spec(known.dag_id, known.hash)
    return reckon(spec, None if known.retired_at else old, standing, answer, now)


def _other_home(known: DagRecord | None, place: Place, file: str, has_file: Callable[[str, str], bool]) -> str:
    """The other file that defines the DAG, as a person would look for it; "" where there is none."""
    if known is None or known.retired_at is not None:
        return ""
    if place.is_of(known.root):
        is_other = known.file != file and has_file(place.root, known.file)
    else:
        is_other = has_file(known.root, known.file)
    return str(Path(known.root) / known.file) if is_other else ""


def _duplicate(spec: DagSpec, file: str, other: str, place: Place) -> ImportProblem:
    return ImportProblem(
        file=file,
        message=f"the DAG {spec.dag_id!r} is defined in two files: {Path(place.root) / file} and {other}, which counts",
        hint="give each DAG an id of its own, or delete one of the files",
        dag_id=spec.dag_id,
    )


def _file_of(
    result: Result, dags: Sequence[ParsedDag], problems: Sequence[ImportProblem], made_of: bytes | None
) -> ParsedFile:
    """A DAG that is broken stays as it was; where the file broke off, any DAG may be missing because of it."""
    broke_off = any(problem.dag_id is None for problem in result.parsed.loaded.problems)
    broken = [problem.dag_id for problem in result.parsed.loaded.problems if problem.dag_id is not None]
    return ParsedFile(
        result.file,
        tuple(dags),
        tuple(problems),
        result.parsed.loaded.seconds,
        is_whole=not broke_off,
        keep=tuple(broken),
        made_of=made_of,
    )


def _set_overtaken(store: Store, overtaken: Sequence[str], results: Sequence[Result], now: datetime) -> None:
    """A run was made by the old clock in the meantime: the new one goes on from there."""
    answers = {answer.dag_id: answer for result in results for answer in result.parsed.clocks}
    for dag_id in overtaken:
        spec, standing = store.spec(dag_id), next(iter(store.schedules(dag_id=dag_id)), None)
        if spec is None or standing is None:
            continue
        try:
            ahead: list[DueRun] = runs_ahead(spec, last_interval(standing), answers.get(dag_id), now)
            store.set_next_run(dag_id, spec.hash, ahead[0] if ahead else None)
        except TimetableError as error:
            store.set_next_run(dag_id, spec.hash, None, held_why=error.message)


def _ask_for_clocks(store: Store, specs: Sequence[DagSpec], results: Sequence[Result], now: datetime, who: str) -> None:
    """Of custom timetables whose code was not asked, since the file was loaded for something else."""
    answered = {answer.dag_id for result in results for answer in result.parsed.clocks}
    asking = [spec for spec in specs if spec.schedule.kind == "custom" and spec.dag_id not in answered]
    for spec in asking:
        store.add_request(NEXT_RUN_REQUEST, TO_DAG_PROCESSOR, {"dag_id": spec.dag_id}, who=who, now=now)
    if asking:
        store.ring(Topic.PARSE)


def _tell(
    store: Store,
    saved: Saved,
    specs: Sequence[DagSpec],
    reckoned: dict[str, Reckoned],
    now: datetime,
    who: str,
) -> None:
    for dag_id in saved.retired:
        _log.info("DAG %s is gone: no file defines it any more; its runs stay", dag_id)
        store.write_audit(AuditRecord(now, who, "dag_retired", dag_id))
    new = set(saved.new_versions)
    for spec in specs:
        found = reckoned[spec.dag_id]
        if spec.dag_id in new and found.change is not None:
            _log.info("DAG %s has another schedule: %s", spec.dag_id, in_words(found.change))
            store.write_audit(AuditRecord(now, who, "schedule_changed", spec.dag_id, detail=as_detail(found.change)))
        if found.clock is not None and found.clock.held_why:
            _log.warning(
                "the schedule of DAG %s is held: %s; look with: tradewind dags diff %s; go on with: "
                "tradewind dags accept %s",
                spec.dag_id,
                found.clock.held_why,
                spec.dag_id,
                spec.dag_id,
            )
            detail: dict[str, object] = {"why": found.clock.held_why}
            store.write_audit(AuditRecord(now, who, "schedule_held", spec.dag_id, detail=detail))


def in_words(change: ScheduleChange) -> str:
    words = f"{len(change.added):,} due runs more, {len(change.dropped):,} fewer"
    if change.next_after:
        return f"{words}; the next at {change.next_after[0].run_after:%Y-%m-%d %H:%M:%S} UTC"
    return words


def as_detail(change: ScheduleChange) -> dict[str, object]:
    return {
        "added": [due.logical_date.isoformat() for due in change.added[:20]],
        "added_count": len(change.added),
        "dropped": [due.logical_date.isoformat() for due in change.dropped[:20]],
        "dropped_count": len(change.dropped),
        "next_before": [due.run_after.isoformat() for due in change.next_before],
        "next_after": [due.run_after.isoformat() for due in change.next_after],
    }
