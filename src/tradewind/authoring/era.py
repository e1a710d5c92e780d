"""Which Airflow a DAG file was written for, where that changes what it means: by the paths it imports from."""

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

_DATASETS = re.compile(
    r"^\s*from\s+airflow(?:\.datasets[\w.]*|\.timetables\.datasets)?\s+import\s[^#]*Dataset", re.MULTILINE
)
_SDK = re.compile(r"^\s*(?:from|import)\s+airflow\.sdk", re.MULTILINE)


@lru_cache(maxsize=64)
def has_datasets(file: str) -> bool:
    """It calls assets datasets, as Airflow 2 did, where the runs that they start have dates."""
    text = "".join(linecache.getlines(file))
    return bool(_DATASETS.search(text)) and not _SDK.search(text)


@lru_cache(maxsize=64)
def is_for_airflow_1(file: str) -> bool:
    """It imports by that version's paths, and by none of later ones; read from its source as it was when loaded."""
    text = "".join(linecache.getlines(file))
    return bool(_OLD.search(text)) and not _NEW.search(text)
