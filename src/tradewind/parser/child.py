"""The forked process that loads one DAG file, says what it yields, and ends. It executes the author's code."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NoReturn

import msgspec

from tradewind.authoring import ports
from tradewind.authoring.partitions import PartitionMapper, own_mappers
from tradewind.dagfiles.load import LoadedFile, load_pinned
from tradewind.dagfiles.pinned import PinnedFiles
from tradewind.model import frames
from tradewind.model.messages import Notice, Reply, Request
from tradewind.model.parsing import (
    ClockAnswer,
    FileParsed,
    GetClock,
    GetQuestions,
    GetRunsByHand,
    IntervalInferred,
    MappedKey,
    ParseFile,
    PartitionsMapped,
    ToParseChild,
)
from tradewind.model.spec import DagSpec
from tradewind.model.warm import FileLoaded
from tradewind.parser import limits
from tradewind.parser.outside import Outside
from tradewind.parser.uses import Uses
from tradewind.runner import process
from tradewind.timetables import manual_interval
from tradewind.timetables.base import DataInterval, Timetable
from tradewind.timetables.changing import look_ahead
from tradewind.timetables.partitions import PartitionedAssetTimetable


def load_and_report(order: ParseFile, files: PinnedFiles, line: socket.socket, output: int) -> NoReturn:
    """Called right after the fork. Whatever the file does, nothing of the server's code runs after it."""
    try:
        own_pid = os.getpid()
        process.adopt_orphans()
        limits.set_limits(order.memory_bytes)
        outside = Outside(files)
        asking = _Line(line, outside)
        ports.install(asking)
        uses = Uses(files, order.file)
        loaded = load_pinned(files, order.file, timeout_seconds=order.timeout_seconds, output_descriptor=output)
        clocks = tuple(_clocks(loaded, order, asking))
        intervals = tuple(_intervals(loaded, asking))
        mapped = tuple(_mapped(loaded, asking))
        if os.getpid() == own_pid:  # else a process that the file has forked came back from it
            outside.end()
            found = outside.environment(), outside.why_not_kept
            asking.send(FileParsed(_without_module(loaded), uses.found(), clocks, mapped, intervals, *found))
    finally:
        os._exit(0)


def prepare_process(parent_pid: int) -> None:
    """A group of its own, that ends with the server; signals as a new program has them."""
    os.setsid()
    process.end_with_parent(parent_pid)
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)


class _Line:
    """Asks for variables and connections (see `authoring.ports`)."""

    def __init__(self, sock: socket.socket, outside: Outside) -> None:
        self._socket = sock
        self._outside = outside
        self._reader: frames.FrameReader[ToParseChild] = frames.FrameReader(ToParseChild)

    def send(self, message: FileParsed | GetClock | GetQuestions | GetRunsByHand | Request) -> None:
        self._socket.sendall(frames.encode(message))

    def ask(self, request: Request | GetClock | GetQuestions | GetRunsByHand) -> Any:
        from tradewind.authoring.exceptions import AirflowRuntimeError  # only a file that asks pays for it

        self._outside.asked("it asks for a variable, a connection, a clock or a partition")
        self.send(request)
        replies = frames.receive(self._socket, self._reader)
        if replies is None:
            os._exit(1)  # nobody wants the file any more
        reply: Reply = replies[0]
        if reply.error is not None:
            raise AirflowRuntimeError(reply.error)
        return reply.result

    def tell(self, notice: Notice) -> None:
        """An import has nobody to notify."""


def _without_module(loaded: LoadedFile) -> FileLoaded:
    return FileLoaded(loaded.specs, loaded.problems, seconds=loaded.seconds, output=loaded.output)


def _clocks(loaded: LoadedFile, order: ParseFile, line: _Line) -> Iterator[ClockAnswer]:
    """What custom timetables say, asked in the one process that has their code."""
    for spec, timetable in _custom_timetables(loaded):
        try:
            interval = line.ask(GetClock(spec.dag_id))
            runs = look_ahead(spec, DataInterval(*interval) if interval else None, order.now, timetable=timetable)
            yield ClockAnswer(spec.dag_id, tuple(runs))
        except Exception as error:  # whatever the author's code raises
            yield ClockAnswer(spec.dag_id, error=f"{spec.schedule.import_path} raised {type(error).__name__}: {error}")


def _intervals(loaded: LoadedFile, line: _Line) -> Iterator[IntervalInferred]:
    """What custom timetables infer for runs by hand that somebody wants to know about."""
    for spec, timetable in _custom_timetables(loaded):
        for run_id, at in msgspec.convert(line.ask(GetRunsByHand(spec.dag_id)), list[tuple[str, datetime]]):
            try:
                yield IntervalInferred(spec.dag_id, run_id, *manual_interval(timetable, at))
            except Exception as error:  # whatever the author's code raises
                said = f"{spec.schedule.import_path} raised {type(error).__name__}: {error}"
                yield IntervalInferred(spec.dag_id, run_id, error=said)


def _custom_timetables(loaded: LoadedFile) -> Iterator[tuple[DagSpec, Timetable]]:
    for spec in loaded.specs:
        timetable = loaded.dags[spec.dag_id].schedule
        if spec.schedule.kind == "custom" and isinstance(timetable, Timetable):
            yield spec, timetable


def _mapped(loaded: LoadedFile, line: _Line) -> Iterator[PartitionsMapped]:
    """What partition mappers of the author's own make of keys that somebody wants to know about."""
    for spec in loaded.specs:
        timetable = loaded.dags[spec.dag_id].schedule
        if not isinstance(timetable, PartitionedAssetTimetable):
            continue
        mappers = [own for mapper in timetable.mappers for own in own_mappers(mapper)]
        questions: list[tuple[int, str]] = line.ask(GetQuestions(spec.dag_id)) if mappers else []
        if questions:
            answers = tuple(_map(mappers, number, key) for number, key in questions)
            yield PartitionsMapped(spec.dag_id, spec.hash, answers)


def _map(mappers: list[PartitionMapper], number: int, key: str) -> MappedKey:
    try:
        found = mappers[number].to_downstream(key)
        return MappedKey(number, key, (found,) if isinstance(found, str) else tuple(map(str, found)))
    except Exception as error:  # whatever the author's code raises
        return MappedKey(number, key, error=f"its partition mapper raised {type(error).__name__}: {error}")
