"""Runs an empty task a few times in the process that is to be forked, and once in each idle child.

The interpreter specialises byte code and fills its caches while code runs, which writes to memory. Done here, the
children find it done, else each of them copies those pages for itself. A child that nobody waits for yet does it once
more: that takes the page faults of a first try (a thousand, some 2 ms) out of the real one.
"""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tradewind.authoring import ports
from tradewind.authoring.compile import compile_dag
from tradewind.authoring.dag import DAG
from tradewind.authoring.ports import EnvironmentSupervisor
from tradewind.authoring.taskflow import task
from tradewind.dagfiles.load import LoadedFile
from tradewind.dagfiles.pinned import PinnedFiles
from tradewind.model import frames
from tradewind.model.ids import TaskKey
from tradewind.model.messages import RunFacts, RunTry, SupervisorMessage
from tradewind.model.states import RunState, RunType, TryPurpose
from tradewind.model.warm import Snapshot
from tradewind.runner import capture
from tradewind.runner.tracking import not_followed
from tradewind.runner.try_runner import run_try

TIMES = 16
"""Python specialises an instruction after 8 runs (3.11), or some 16 (3.12 and later)."""
NAME = "tradewind_rehearsal"


_times_done = [0]


def is_done() -> bool:
    """This process, or the one it was forked from, has rehearsed."""
    return _times_done[0] >= TIMES


def rehearse(times: int = TIMES) -> None:
    """Nothing of the user's runs, nothing is logged or sent. A fault in here must not cost a DAG file its children."""
    root = logging.getLogger()
    handlers = root.handlers
    root.handlers = [capture.HANDLER]  # where a DAG file logs besides is not told of a rehearsal
    try:
        with not_followed():
            _rehearse(times)
        _times_done[0] += times
    except Exception:
        logging.getLogger(__name__).debug("the rehearsal failed", exc_info=True)
    finally:
        root.handlers = handlers
        capture.OUTPUT.file = None
        ports.install(None)


def _rehearse(times: int) -> None:
    dag = _dag()
    no_files = PinnedFiles(Snapshot("", "", {}), Path())
    file = LoadedFile(NAME, None, {NAME: dag}, (compile_dag(dag),), (), "", 0.0, no_files)
    encoded = frames.encode(_message())
    nobody = EnvironmentSupervisor()
    for _ in range(times):
        reader: frames.FrameReader[Any] = frames.FrameReader(SupervisorMessage)
        message: RunTry = reader.feed(encoded)[0]
        capture.open_log(message.log_path)
        frames.encode(run_try(message, file, nobody))
        print("")  # noqa: T201  # the streams are part of it
        capture.close_log()


def _dag() -> DAG:
    def nothing() -> int:
        return 1

    with DAG(NAME) as dag:
        task(nothing)()
    return dag


def _message() -> RunTry:
    now = datetime(2000, 1, 1, tzinfo=UTC)
    facts = RunFacts(RunType.MANUAL, RunState.RUNNING, now, now, now, now, now)
    return RunTry(
        NAME,
        TaskKey(NAME, NAME, "nothing"),
        1,
        1,
        TryPurpose.EXECUTE,
        facts,
        log_path=os.devnull,
        artifact_url=os.devnull,
        inline_value_bytes=1_000,
        max_map_length=1,
    )
