"""Formats of texts in the JSON schema of a param, where Airflow's meaning is wider than the standard's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime


def is_date_time(text: str) -> bool:
    """Airflow 2 takes any ISO 8601 date or time for a `date-time`, a bare day too; RFC 3339 wants a time and a zone."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


FORMATS: dict[str, Callable[[str], bool]] = {"date-time": is_date_time}
"""For the `formats` of fastjsonschema."""
