"""Whether a DAG file was written for Airflow 1.10: it imports by that version's paths, and by none of later ones."""

from __future__ import annotations

import linecache
import re
from functools import lru_cache

_OLD = re.compile(
    r"^\s*(?:from|import)\s+airflow\."
    r"(?:operators\.(?:\w+_operator|sensors)|sensors\.\w+_sensor|hooks\.\w+_hook|contrib\b)",
    re.MULTILINE,
)
_NEW = re.compile(
    r"^\s*(?:from|import)\s+airflow\."
    r"(?:sdk|decorators|providers|datasets|timetables|utils\.task_group|operators\.(?:python|bash|empty|dummy)\s)",
    re.MULTILINE,
)


@lru_cache(maxsize=64)
def is_for_airflow_1(file: str) -> bool:
    """Read from the file's source as it was when it was loaded."""
    text = "".join(linecache.getlines(file))
    return bool(_OLD.search(text)) and not _NEW.search(text)
