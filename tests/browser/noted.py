"""Entries of the journal as the machine-learning features write them, for the pages that show them: a model with two
versions and a gate's decision, a monitor with three reports, a check, a profile, a sweep, what tries took, what one
logged, with the files that belong to it."""

from __future__ import annotations

import hashlib
import struct
import zlib
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from tradewind.artifacts import ArtifactStore
from tradewind.model import entries
from tradewind.model.ids import RunKey
from tradewind.model.journal import JournalEntry
from tradewind.scheduler.clock import utc_now
from tradewind.store import open_store

REPORT = b"<!doctype html><html lang='en'><title>Report</title><h1>Age drifted</h1></html>"
SWEEP = "shop_features/a run/search"


def note_down(home: Path, dag_id: str, run_id: str, task_id: str) -> None:
    store = open_store(f"sqlite:///{home / 'tradewind.db'}", home=home)
    try:
        now = utc_now()
        kept = Files(home)
        try_id = store.tries(RunKey(dag_id, run_id), task_id, ())[-1].try_id

        def noted(said: object, name: str = "", at: datetime = now, path: tuple[int, ...] = ()) -> JournalEntry:
            of_try = (dag_id, run_id, task_id, path, "" if path else try_id)
            return JournalEntry(type(said).__name__, name, msgspec.to_builtins(said), at, "", *of_try)

        store.write_entries([
            *(noted(one, "churn") for one in _model(kept)),
            *(noted(_drift(0.2 * step, kept), "daily", now - timedelta(days=3 - step)) for step in range(3)),
            noted(entries.PerformanceChecked("churn", "2", {"f1": 0.7}, {"f1": 0.8}, degraded=True), "feedback"),
            noted(_check(), "people"),
            noted(_profile(), "return_value"),
            *(noted(one, SWEEP, path=path) for one, path in _sweep()),
            noted(entries.TryUsage(7200.0, 3600.0, 2**31, gpu_share=1.0, idle_gpu=True), task_id),
            *(noted(said, name) for said, name in _logged(kept, run_id)),
        ])  # fmt: skip
    finally:
        store.close()


class Files:
    """The artifact store of a home."""

    def __init__(self, home: Path) -> None:
        self._store = ArtifactStore(home / "artifacts")

    def keep(self, content: bytes, suffix: str) -> str:
        file = self._store.new_file()
        file.write_bytes(content)
        return self._store.keep(file, hashlib.sha256(content).hexdigest(), suffix)

    def picture(self, grey: int) -> str:
        """A PNG of one pixel."""
        header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
        chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes([0, grey]))), (b"IEND", b""))
        made = b"\x89PNG\r\n\x1a\n"
        for name, data in chunks:
            made += struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        return self.keep(made, "png")


def _logged(kept: Files, run_id: str) -> list[tuple[object, str]]:
    diff = "--- fit (then)\n+++ fit (now)\n@@ -1 +1 @@\n-return 1\n+return 2\n"
    return [
        (entries.LoggedParams({"depth": 3, "rate": 0.1}), ""),
        (entries.LoggedArtifact("figure", kept.picture(40), "image/png", 67), "confusion.png"),
        (entries.LoggedArtifact("table", kept.keep(b"word,count\nhello,7\n", "csv"), "text/csv", 19), "words.csv"),
        (entries.LoggedArtifact("file", kept.keep(b"bytes", "bin"), "application/octet-stream", 5), "weights.bin"),
        (entries.NotebookRun(kept.keep(b"{}", "txt"), kept.keep(REPORT, "bin"), 4, 2.5), "explore.ipynb"),
        (entries.CheckpointSaved(120, "file:///there", 2048), "model"),
        (entries.CacheOutcome(False, "key", why="the function `fit` changed", changed=("fit",), detail=diff), ""),
        (entries.TrackedRun("http://mlflow", "1", "0123456789abcdef", "https://mlflow.example/runs/1"), ""),
        (entries.RetryChanged("oom", "a try", {"batch_size": (64, 32)}, "out of memory"), "extract"),
    ]


def _model(kept: Files) -> list[object]:
    compared = (
        entries.MetricCompared("f1", "", 0.83, 0.80, difference=0.03, low=0.01, high=0.05, p_value=0.004, passed=True),
        entries.MetricCompared("f1", "country=NZ", 0.7, 0.72, difference=-0.02, low=-0.06, high=0.02, p_value=0.4),
    )
    return [
        entries.ModelVersion("1", "models:/churn/1", metrics={"f1": 0.8}, snapshot="abc", flavor="sklearn"),
        entries.ModelVersion("2", "models:/churn/2", metrics={"f1": 0.83}, snapshot="abd", flavor="sklearn"),
        entries.AliasMoved("champion", "1"),
        entries.AliasMoved("champion", "2", "1", "f1 rose by 0.03"),
        entries.GateDecision("promote", "f1 rose by 0.03", compared, "2", "1", (kept.picture(80),)),
        entries.Deployed("2", "folder", "/srv/churn", "deployed"),
    ]


def _drift(share: float, kept: Files) -> entries.DriftReport:
    columns = (
        entries.ColumnDrift("age", "numeric", {"psi": share, "ks": 0.1}, 0.01, 0.02, drifted=share > 0.3),
        entries.ColumnDrift("city", "category", {"psi": 0.01, "chi2": 3.0}, 0.4, 0.4),
    )
    return entries.DriftReport(
        share > 0.3, share, columns, 1000, 900, correction="holm", held_why="cooling down",
        figures=(kept.picture(120),), html=kept.keep(REPORT, "txt"),
    )  # fmt: skip


def _check() -> entries.DataChecked:
    failure = entries.CheckFailure("age", "greater_than_or_equal_to(0)", 2, ("-5",))
    return entries.DataChecked(False, "quarantine", 100, 2, (failure,))


def _profile() -> entries.ValueProfile:
    columns = (
        entries.ColumnProfile("age", "int64", 100, 3, 40, 33.1, 9.9, 18.0, 90.0, histogram_counts=(3, 30, 50, 15, 2)),
        entries.ColumnProfile("city", "object", 100, top=(("Lima", 60), ("Kyoto", 40))),
    )
    return entries.ValueProfile("hash", 100, columns)


def _sweep() -> list[tuple[object, tuple[int, ...]]]:
    begun = entries.SweepStarted("f1", "maximize", {"depth": "int(2, 9)"}, 12, 2, "TPESampler", "MedianPruner")
    trials = [
        entries.TrialEnded(
            number, "pruned" if number % 4 == 3 else "complete", {"depth": 2 + number % 7, "rate": 10.0 ** -(number % 4)},
            value=0.6 + 0.02 * number, seconds=1.5,
        )
        for number in range(12)
    ]  # fmt: skip
    ended = entries.SweepEnded(12, 9, 3, 0, 10, 0.8, {"depth": 5, "rate": 0.01}, {"depth": 0.7, "rate": 0.3})
    return [(begun, ()), *((trial, (trial.number,)) for trial in trials), (ended, ())]
