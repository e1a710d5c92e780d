"""What plugins, listeners and back ends of Airflow inherit from. They load; only Airflow's own services call them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from tradewind.authoring.log import LoggingMixin

T = TypeVar("T")


class AirflowPlugin:
    """Base of plugins. Operators, sensors, hooks and macros appear under Airflow's names (`plugin_folders`); whatever
    belongs to Airflow's own services is kept and not used. Timetables are imported by the DAG file itself."""

    name: str | None = None
    operators: ClassVar[list[Any]] = []
    sensors: ClassVar[list[Any]] = []
    hooks: ClassVar[list[Any]] = []
    executors: ClassVar[list[Any]] = []
    macros: ClassVar[list[Any]] = []
    admin_views: ClassVar[list[Any]] = []
    flask_blueprints: ClassVar[list[Any]] = []
    fastapi_apps: ClassVar[list[Any]] = []
    menu_links: ClassVar[list[Any]] = []
    appbuilder_views: ClassVar[list[Any]] = []
    appbuilder_menu_items: ClassVar[list[Any]] = []
    global_operator_extra_links: ClassVar[list[Any]] = []
    operator_extra_links: ClassVar[list[Any]] = []
    timetables: ClassVar[list[Any]] = []
    listeners: ClassVar[list[Any]] = []
    priority_weight_strategies: ClassVar[list[Any]] = []

    @classmethod
    def validate(cls) -> None:
        """Nothing to check."""

    @classmethod
    def on_load(cls, *args: Any, **kwargs: Any) -> None:
        """Airflow calls this when it has loaded the plugin."""


def hookimpl(function: T | None = None, **_: Any) -> T | Callable[[T], T]:
    """Marks a listener's method. Accepted; listeners are not called."""
    return (lambda inner: inner) if function is None else function


class BaseSecretsBackend(LoggingMixin):
    """Base of Airflow's secrets back ends."""

    def __init__(self, **_: Any) -> None:
        super().__init__()

    @staticmethod
    def build_path(path_prefix: str, secret_id: str, sep: str = "/") -> str:
        return f"{path_prefix}{sep}{secret_id}"

    def get_conn_value(self, conn_id: str) -> str | None:
        return None

    def get_connection(self, conn_id: str) -> Any:
        return None

    def get_variable(self, key: str) -> str | None:
        return None

    def get_config(self, key: str) -> str | None:
        return None


class BaseExecutor(LoggingMixin):
    """Base of Airflow's executors: may be imported; Tradewind's own executors run tasks."""


class BaseDagBundle(LoggingMixin):
    """Base of Airflow's DAG bundles: may be imported; Tradewind reads its DAG folder."""

    def __init__(self, *, name: str = "", **_: Any) -> None:
        super().__init__()
        self.name = name


class PriorityWeightStrategy:
    """Base of custom weights: subclass it and write `get_weight(ti)`."""

    def get_weight(self, ti: Any) -> int:
        raise NotImplementedError(f"{type(self).__name__} has no get_weight() method")

    def serialize(self) -> dict[str, Any]:
        return {}

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> Any:
        return cls(**data)


class ResumableJobMixin:
    """Lets an operator find the job that an earlier try of it started. Each try starts its own here."""

    def get_resumable_job(self, *_: Any, **__: Any) -> None:
        return None
