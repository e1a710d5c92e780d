"""What Airflow's database layer exports. There is no such database here: names import; using one says what to do."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from tradewind.authoring.exceptions import AirflowException

F = TypeVar("F", bound=Callable[..., Any])

NEW_SESSION: Any = None


def no_database(what: str) -> NoReturn:
    raise AirflowException(
        f"{what} needs Airflow's metadata database, which does not exist under Tradewind",
        hint="ask for runs, states and values by the task's context (ti, dag_run), or by the `tradewind` commands; "
        "`tradewind db clean` removes what is old",
    )


class Session:
    """`airflow.settings.Session`: may be imported and named, not opened."""

    def __init__(self, *_: Any, **__: Any) -> None:
        no_database("a database session")

    def __class_getitem__(cls, _: Any) -> type[Session]:
        return cls


def create_session(*_: Any, **__: Any) -> NoReturn:
    no_database("create_session()")


def provide_session(function: F) -> F:
    """Decorator: the function is called without a session; one that uses it learns why there is none."""

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return call  # pyright: ignore[reportReturnType]


def configure_orm(*_: Any, **__: Any) -> None:
    """Nothing to configure."""


class _Table(type):
    """Metaclass of the tables: a column named at the top of a DAG file is no error yet."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Column(f"{cls.__name__}.{name}")


class Column:
    """A column of a table that is not there. It can be named and passed around; a query with it cannot be made."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Column(f"{self._name}.{name}")

    def __call__(self, *_: Any, **__: Any) -> Any:
        return self

    def __repr__(self) -> str:
        return f"<Airflow's column {self._name}>"


class Table(metaclass=_Table):
    """Base of Airflow's tables. Maintenance DAGs list them to delete old rows."""

    def __init__(self, *_: Any, **__: Any) -> None:
        no_database(type(self).__name__)


class DagModel(Table):
    """Airflow's table of DAGs."""


class DagTag(Table):
    """Airflow's table of tags."""


class ImportError(Table):
    """Airflow's table of DAG files that failed to load."""


ParseImportError = ImportError


class Log(Table):
    """Airflow's table of audit events."""


class SlaMiss(Table):
    """Airflow 2's table of missed SLAs."""


class TaskFail(Table):
    """Airflow 2's table of failed tries."""


class TaskReschedule(Table):
    """Airflow's table of rescheduled sensors."""


class RenderedTaskInstanceFields(Table):
    """Airflow's table of rendered fields."""


class Job(Table):
    """Airflow's table of its own processes."""


class BaseJob(Job):
    """Airflow 2's name of Job."""


class DagVersion(Table):
    """Airflow's table of DAG versions."""


class SerializedDagModel(Table):
    """Airflow's table of serialized DAGs."""


class Pool(Table):
    """Airflow's table of pools."""

    DEFAULT_POOL_NAME = "default_pool"

    @staticmethod
    def get_pool(pool_name: str, **_: Any) -> NoReturn:
        no_database("Pool.get_pool()")


class DatasetEvent(Table):
    """Airflow's table of asset events."""


AssetEvent = DatasetEvent


class AssetModel(Table):
    """Airflow's table of assets."""


DatasetModel = AssetModel
