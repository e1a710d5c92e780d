"""`macros` in a template: Airflow's functions and modules. https://airflow.apache.org/docs/apache-airflow/stable/
templates-ref.html#macros. Modules that cost something to import come when a template first names them."""

from __future__ import annotations

import importlib
import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from random import random
from typing import Any, cast

from tradewind.authoring.exceptions import AirflowException

__all__ = [
    "datetime",
    "datetime_diff_for_humans",
    "ds_add",
    "ds_format",
    "ds_format_locale",
    "json",
    "random",
    "time",
    "timedelta",
]

_ON_DEMAND = {"dateutil": "dateutil", "uuid": "uuid", "yaml": "yaml", "pendulum": "pendulum"}
_finders: list[Callable[[str], Any]] = []


def __getattr__(name: str) -> Any:
    if name in _ON_DEMAND:
        module = importlib.import_module(_ON_DEMAND[name])
        if name == "dateutil":
            importlib.import_module("dateutil.parser")
        return module
    if name == "hive":
        raise AirflowException(
            "macros.hive needs a Hive metastore, which Tradewind does not talk to",
            hint="look the partition up in a task of its own and pull its value",
        )
    for find in () if name.startswith("_") else _finders:
        if (found := find(name)) is not None:
            return found
    raise AttributeError(name)


def look_further(find: Callable[[str], Any]) -> None:
    """Ask `find` for names that are not here, e.g. those of plugins. It gives None for what it does not know."""
    _finders.append(find)


def ds_add(ds: Any, days: int) -> str:
    """A day later (or earlier) than `YYYY-MM-DD`: `ds_add('2015-01-01', 5)` is `2015-01-06`."""
    day = datetime.strptime(str(ds), "%Y-%m-%d")  # noqa: DTZ007 (a day, not an instant)
    return (day + timedelta(days=days)).strftime("%Y-%m-%d")


def ds_format(ds: Any, input_format: str, output_format: str) -> str:
    """A date text in another format: `ds_format('2015-01-05', '%Y-%m-%d', '%m-%d-%y')` is `01-05-15`."""
    return datetime.strptime(str(ds), input_format).strftime(output_format)  # noqa: DTZ007


def ds_format_locale(ds: Any, input_format: str, output_format: str, locale: Any = None) -> str:
    """A date text in a Babel format and language, e.g. `EEEE, d MMMM y`, `de`. Needs the package `babel`."""
    try:
        from babel.dates import format_datetime  # pyright: ignore  # an extra that few templates need
    except ImportError as error:
        raise AirflowException("macros.ds_format_locale needs Babel", hint="install it: pip install babel") from error
    when = datetime.strptime(str(ds), input_format)  # noqa: DTZ007
    return format_datetime(when, format=output_format, locale=locale or "en_US")  # pyright: ignore


def datetime_diff_for_humans(dt: Any, since: Any = None) -> str:
    """How long ago, in words: "2 days ago"; "1 day before" where `since` is given."""
    import pendulum  # 50 ms; few templates need it

    instance = cast("Callable[[Any], Any]", pendulum.instance)
    return instance(dt).diff_for_humans(since and instance(since))
