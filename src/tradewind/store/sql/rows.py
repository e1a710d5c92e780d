"""From rows to records. The column lists and the functions beside them belong together."""

from __future__ import annotations

from typing import Any

from tradewind.model.ids import path_from_text
from tradewind.model.records import HistoryRecord, RunRecord, TaskRecord, TryRecord
from tradewind.model.states import RunState, RunType, TaskState, TryPurpose, TryState
from tradewind.store.sql.coding import from_micros, instant, plain_data, plain_object

_Row = tuple[Any, ...]

RUN_COLUMNS = """dag_id, run_id, state, run_type, logical_date, data_interval_start, data_interval_end, run_after,
  queued_at, started_at, ended_at, dag_hash, snapshot, conf, params, note, triggered_by, backfill_id, partition_key,
  triggering_assets"""
TASK_COLUMNS = """task_id, map_path, state, try_id, try_number, lost_count, due_at, started_at, ended_at, label, why,
  tries_before_clear"""
TRY_COLUMNS = """try_id, task_id, map_path, number, state, purpose, executor, pool, pool_slots, log_path, queued_at,
  started_at, ended_at, pid, host, exit_code, signal, max_rss_bytes, why, error_type, error, traceback,
  rendered, imported_at, executed_at"""
HISTORY_COLUMNS = "at, who, entity, task_id, map_path, old, new, why, try_id"


def run_record(row: _Row) -> RunRecord:
    return RunRecord(
        dag_id=row[0],
        run_id=row[1],
        state=RunState(row[2]),
        run_type=RunType(row[3]),
        logical_date=from_micros(row[4]),
        data_interval_start=from_micros(row[5]),
        data_interval_end=from_micros(row[6]),
        run_after=instant(row[7]),
        queued_at=from_micros(row[8]),
        started_at=from_micros(row[9]),
        ended_at=from_micros(row[10]),
        dag_hash=row[11],
        snapshot=row[12],
        conf=plain_object(row[13]),
        params=plain_object(row[14]),
        note=row[15],
        triggered_by=row[16],
        backfill_id=row[17],
        partition_key=row[18],
        triggering_assets=plain_data(row[19]),
    )


def task_record(row: _Row) -> TaskRecord:
    return TaskRecord(
        task_id=row[0],
        map_path=path_from_text(row[1]),
        state=TaskState(row[2]),
        try_id=row[3],
        try_number=row[4],
        lost_count=row[5],
        due_at=from_micros(row[6]),
        started_at=from_micros(row[7]),
        ended_at=from_micros(row[8]),
        label=row[9],
        why=row[10],
        tries_before_clear=row[11],
    )


def try_record(row: _Row) -> TryRecord:
    return TryRecord(
        try_id=row[0],
        task_id=row[1],
        map_path=path_from_text(row[2]),
        number=row[3],
        state=TryState(row[4]),
        purpose=TryPurpose(row[5]),
        executor=row[6],
        pool=row[7],
        pool_slots=row[8],
        log_path=row[9],
        queued_at=instant(row[10]),
        started_at=from_micros(row[11]),
        ended_at=from_micros(row[12]),
        pid=row[13],
        host=row[14],
        exit_code=row[15],
        signal=row[16],
        max_rss_bytes=row[17],
        why=row[18],
        error_type=row[19],
        error=row[20],
        traceback=row[21],
        rendered=plain_data(row[22]),
        imported_at=from_micros(row[23]),
        executed_at=from_micros(row[24]),
    )


def history_record(row: _Row) -> HistoryRecord:
    return HistoryRecord(
        at=instant(row[0]),
        who=row[1],
        entity=row[2],
        task_id=row[3],
        map_path=None if row[4] is None else path_from_text(row[4]),
        old=row[5],
        new=row[6],
        why=row[7],
        try_id=row[8],
    )
