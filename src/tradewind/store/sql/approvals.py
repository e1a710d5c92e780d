"""Questions to people, and their answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tradewind.model.changes import ApprovalAsked
from tradewind.model.errors import NotFoundError
from tradewind.model.ids import MapPath, RunKey, TaskId, path_from_text, path_to_text
from tradewind.model.service import ApprovalRecord, DeferralOutcome
from tradewind.store.sql import runs
from tradewind.store.sql.batch import Batch
from tradewind.store.sql.coding import encode_plain, from_micros, instant, plain_data, plain_object, to_micros
from tradewind.store.sql.port import Connection, Database

SELECT = """
SELECT r.dag_id, r.run_id, a.task_id, a.map_path, a.try_id, a.subject, a.body, a.options, a.defaults, a.multiple,
  a.params, a.assigned_users, a.asked_at, a.respond_by, a.responded_at, a.responded_by, a.chosen, a.params_input
FROM approval a JOIN run r ON r.id = a.run"""
IS_OPEN = """(a.responded_at IS NULL AND EXISTS (SELECT 1 FROM deferral d
  WHERE d.run = a.run AND d.task_id = a.task_id AND d.map_path = a.map_path AND d.outcome IS NULL))"""
_INSTANCE = "run = ? AND task_id = ? AND map_path = ?"
INSERT = """
INSERT INTO approval (run, task_id, map_path, try_id, subject, body, options, defaults, multiple, params,
  assigned_users, respond_by, asked_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
ANSWER = f"""
UPDATE approval SET responded_at = ?, responded_by = ?, chosen = ?, params_input = ?
WHERE {_INSTANCE} AND responded_at IS NULL"""
WAKE = f"UPDATE deferral SET outcome = ?, event = ?, ended_at = ? WHERE {_INSTANCE} AND outcome IS NULL"


class SqlApprovals(Database):
    """See `store.facets.deferrals.Deferrals`."""

    def approvals(self, *, is_open: bool | None = None, key: RunKey | None = None) -> list[ApprovalRecord]:
        where, values = ["true"], list[Any]()
        if is_open is not None:
            where.append(IS_OPEN if is_open else f"NOT {IS_OPEN}")
        if key is not None:
            where.append("r.dag_id = ? AND r.run_id = ?")
            values += [key.dag_id, key.run_id]
        query = f"{SELECT} WHERE {' AND '.join(where)} ORDER BY a.asked_at, a.id"
        with self._reading() as connection:
            return [_record(row) for row in connection.execute(query, values)]

    def answer_approval(
        self,
        key: RunKey,
        task_id: TaskId,
        path: MapPath,
        *,
        chosen: tuple[str, ...],
        params_input: dict[str, Any],
        who: str,
        now: datetime,
    ) -> bool:
        with self._writing() as connection:
            instance = (runs.row_id(connection, key), task_id, path_to_text(path))
            _check_it_was_asked(connection, instance, key)
            at = to_micros(now)
            event = answer_event(chosen, params_input, who, now)
            if connection.execute(WAKE, (DeferralOutcome.EVENT, encode_plain(event), at, *instance)).rowcount != 1:
                return False
            answer = (at, who, encode_plain(chosen), encode_plain(params_input), *instance)
            connection.execute(ANSWER, answer)
            return True


def answer_event(chosen: tuple[str, ...], params_input: dict[str, Any], who: str, now: datetime) -> dict[str, Any]:
    """What the task is resumed with: the payload of Airflow's human-in-the-loop trigger."""
    return {
        "chosen_options": list(chosen),
        "params_input": params_input,
        "responded_by_user": {"id": who, "name": who},
        "responded_at": now.isoformat(),
        "timedout": False,
    }


def _check_it_was_asked(connection: Connection, instance: tuple[int, str, str], key: RunKey) -> None:
    if connection.execute(f"SELECT 1 FROM approval WHERE {_INSTANCE}", instance).fetchone() is None:
        raise NotFoundError(
            f"task {instance[1]!r} of run {key.run_id!r} of DAG {key.dag_id!r} asks nothing",
            hint="see `tradewind approvals list`",
        )


def approval_asked(batch: Batch, change: ApprovalAsked) -> None:
    """In the place of what the instance asked before, answered or not."""
    instance = (batch.run(change.run), change.task_id, path_to_text(change.map_path))
    batch.execute(f"DELETE FROM approval WHERE {_INSTANCE}", instance)
    row = (
        *instance,
        change.try_id,
        change.subject,
        change.body,
        encode_plain(change.options),
        encode_plain(change.defaults),
        int(change.multiple),
        encode_plain(change.params),
        encode_plain(change.assigned_users),
        to_micros(change.respond_by),
        batch.now,
    )
    batch.execute(INSERT, row)


def _record(row: tuple[Any, ...]) -> ApprovalRecord:
    defaults = plain_data(row[8])
    return ApprovalRecord(
        run=RunKey(row[0], row[1]),
        task_id=row[2],
        map_path=path_from_text(row[3]),
        try_id=row[4],
        subject=row[5],
        body=row[6],
        options=tuple(plain_data(row[7])),
        defaults=None if defaults is None else tuple(defaults),
        multiple=bool(row[9]),
        params=plain_object(row[10]),
        assigned_users=tuple(plain_data(row[11])),
        asked_at=instant(row[12]),
        respond_by=from_micros(row[13]),
        responded_at=from_micros(row[14]),
        responded_by=row[15],
        chosen=tuple(plain_data(row[16]) or ()),
        params_input=plain_data(row[17]) or {},
    )
