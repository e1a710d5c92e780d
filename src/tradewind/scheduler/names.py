"""How runs, tries and log files get their names."""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from datetime import datetime

from tradewind.model.ids import MapPath, RunKey, path_to_text
from tradewind.model.states import RunType

MOST_NAME_BYTES = 200
"""Of the 255 that file systems allow, the rest is for what stands before and after it."""
_UNSAFE = re.compile(r"[^\w.+:@=~-]")


def new_try_id() -> str:
    """Unique, and sorting by time of birth: milliseconds in hex, then 40 random bits."""
    return f"{time.time_ns() // 1_000_000:011x}{secrets.token_hex(5)}"


def run_id(run_type: RunType, logical_date: datetime) -> str:
    """`manual__2025-03-30T01:15:00+00:00`, as Airflow names runs."""
    return f"{run_type}__{logical_date.isoformat()}"


def log_path(run: RunKey, task_id: str, path: MapPath, number: int, lost_count: int) -> str:
    """Airflow's layout below the log folder, but for mapped instances, whose files share their task's folder (ten
    thousand folders of one file take longer to make than the files): `dag_id=D/run_id=R/task_id=T/attempt=K.log`,
    `…/task_id=T/map_index=N.attempt=K.log`. The repeat of a lost try has a file of its own (`attempt=1.lost1.log`).
    Names are made safe for a file system: nothing leads out of the folder, none is too long for a file name."""
    folder = f"dag_id={_safe(run.dag_id)}/run_id={_safe(run.run_id)}/task_id={_safe(task_id)}"
    instance = f"map_index={path_to_text(path)}." if path else ""
    again = f".lost{lost_count}" if lost_count else ""
    return f"{folder}/{instance}attempt={number}{again}.log"


def _safe(name: str) -> str:
    """As it is where it can be, else with a hash of it, so that the runs `a/b` and `a_b` don't share their logs."""
    safe = _UNSAFE.sub("_", name)
    if safe == name and len(name.encode()) <= MOST_NAME_BYTES:
        return name
    readable = safe.encode()[: MOST_NAME_BYTES - 9].decode(errors="ignore")
    return f"{readable}~{hashlib.blake2b(name.encode(), digest_size=4).hexdigest()}"
