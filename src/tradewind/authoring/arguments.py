"""Every argument that Airflow 1.10, 2.x and 3.x give an operator, its default, and the check that it is of the right
type. One table serves `BaseOperator(...)`, `.partial(...)` and `.override(...)`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypedDict, cast

from tradewind.authoring import defaults
from tradewind.authoring.aid import checked_aids, checked_cache
from tradewind.authoring.instants import as_instant
from tradewind.model.spec import Resources
from tradewind.model.states import TriggerRule, WeightRule
from tradewind.settings import Settings

TASK_ID_MAX_LENGTH = 250


class OperatorArguments(TypedDict, total=False):
    """Keyword arguments of BaseOperator, for type checkers; the table below has their defaults and checks."""

    owner: str
    email: str | Iterable[str] | None
    email_on_retry: bool
    email_on_failure: bool
    retries: int | None
    retry_delay: timedelta | float
    retry_exponential_backoff: bool | float
    max_retry_delay: timedelta | float | None
    start_date: datetime | str | None
    end_date: datetime | str | None
    depends_on_past: bool
    ignore_first_depends_on_past: bool
    wait_for_past_depends_before_skipping: bool
    wait_for_downstream: bool
    dag: Any
    task_group: Any
    params: Any
    default_args: Mapping[str, Any] | None
    priority_weight: int
    weight_rule: Any
    queue: str
    pool: str | None
    pool_slots: int
    sla: timedelta | None
    execution_timeout: timedelta | None
    on_execute_callback: Any
    on_failure_callback: Any
    on_success_callback: Any
    on_retry_callback: Any
    on_skipped_callback: Any
    pre_execute: Callable[..., Any] | None
    post_execute: Callable[..., Any] | None
    trigger_rule: str
    resources: Mapping[str, Any] | None
    run_as_user: str | None
    task_concurrency: int | None
    max_active_tis_per_dag: int | None
    max_active_tis_per_dagrun: int | None
    executor: str | None
    executor_config: Mapping[str, Any] | None
    do_xcom_push: bool
    multiple_outputs: bool
    inlets: Any
    outlets: Any
    doc: str | None
    doc_md: str | None
    doc_json: str | None
    doc_yaml: str | None
    doc_rst: str | None
    task_display_name: str | None
    logger_name: str | None
    allow_nested_operators: bool
    map_index_template: str | None
    render_template_as_native_obj: bool | None
    email_subject: str | None
    worker_reuse: bool | int | None
    retry_policy: Any
    cache: Any
    aids: Any


class Argument(NamedTuple):
    default: Any
    check: Callable[[Any], Any]
    """Gives the value to keep; raises ValueError with a text that says what is expected."""


LEGACY_IGNORED = frozenset({"provide_context", "schedule_interval", "adhoc", "task_type", "priority_weight_strategy"})
"""Accepted without effect on every operator: Airflow 1.10 took any argument, and these are what its files pass."""


def _any(value: Any) -> Any:
    return value


def _flag(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int)) or hasattr(value, "resolve"):
        return bool(value) if isinstance(value, int) else value
    if isinstance(value, str) and value.lower() in ("true", "false"):  # as older files read them from Variables
        return value.lower() == "true"
    raise ValueError("expected True or False")


def _text(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    raise ValueError("expected a text")


def _integer(value: Any, *, lowest: int | None = None) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, str, float)):
        raise ValueError("expected a whole number")
    try:
        number = int(value)
    except (ValueError, OverflowError):
        raise ValueError("expected a whole number") from None
    if number != (value if isinstance(value, float) else number):
        raise ValueError("expected a whole number")
    if lowest is not None and number < lowest:
        raise ValueError(f"expected a whole number of at least {lowest}")
    return number


def _retries(value: Any) -> Any:
    return defaults.current().default_retries if value is None else _integer(value, lowest=0)


def _positive(value: Any) -> Any:
    return None if value is None else _integer(value, lowest=1)


def _weight(value: Any) -> Any:
    return _integer(value)


def duration(value: Any) -> Any:
    """A timedelta, or a number of seconds made one."""
    if value is None or isinstance(value, timedelta):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return timedelta(seconds=value)
    raise ValueError("expected a timedelta, e.g. timedelta(minutes=5), or a number of seconds")


def _timedelta(value: Any) -> Any:
    if value is None or isinstance(value, timedelta):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return timedelta(seconds=value)
    raise ValueError("expected a timedelta, e.g. timedelta(minutes=5)")


def _retry_delay(value: Any) -> Any:
    return timedelta(seconds=defaults.current().default_retry_delay_seconds) if value is None else duration(value)


def _backoff(value: Any) -> Any:
    if isinstance(value, (bool, int, float)) and value >= 0:
        return value
    raise ValueError("expected True, False or a growth factor, e.g. 2.0")


def _date(value: Any) -> Any:
    return None if value is None else as_instant(value)


def _email(value: Any) -> Any:
    if value is False:
        return None
    if value is None or isinstance(value, str) or (isinstance(value, Iterable) and not isinstance(value, bytes)):
        return cast("Any", value)
    raise ValueError("expected an address or a list of addresses")


def callbacks(value: Any) -> Any:
    """A callable or several; kept as they were given."""
    found: Sequence[Any] = cast("Sequence[Any]", value) if isinstance(value, (list, tuple, set)) else [value]
    if all(item is None or callable(item) for item in found):
        return cast("Any", value)
    raise ValueError("expected a function or a list of functions")


def _hook(value: Any) -> Any:
    if value is None or callable(value):
        return value
    raise ValueError("expected a function")


_LEGACY_RULES = {"dummy": TriggerRule.ALWAYS, "none_failed_or_skipped": TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS}


def trigger_rule(value: Any) -> TriggerRule:
    """A trigger rule by enum or name; the names of older Airflow versions too."""
    name = str(getattr(value, "value", value))
    if (legacy := _LEGACY_RULES.get(name.lower())) is not None:
        return legacy
    try:
        return TriggerRule(name.lower())
    except ValueError:
        raise ValueError(f"expected one of {', '.join(TriggerRule)}") from None


def _weight_rule(value: Any) -> Any:
    if hasattr(value, "get_weight"):  # a PriorityWeightStrategy of the author's own
        return value
    try:
        return WeightRule(str(getattr(value, "value", value) or "downstream"))
    except ValueError:
        raise ValueError(f"expected one of {', '.join(WeightRule)}") from None


def _mapping(value: Any) -> Any:
    if value is None or isinstance(value, Mapping):
        return cast("Any", value)
    raise ValueError("expected a dict")


def _executor_config(value: Any) -> Any:
    return {} if value is None else _mapping(value)


def _listed(value: Any) -> Any:
    if value is None:
        return []
    if isinstance(value, (list, tuple, set, frozenset)):
        return list(cast("Iterable[Any]", value))
    return [value]


def _pool(value: Any) -> Any:
    return _text(value) or "default_pool"


def _queue(value: Any) -> Any:
    return _text(value) or "default"


def worker_reuse(value: Any) -> Any:
    """True, False or the number of tries one process may serve."""
    if value is None or isinstance(value, bool):
        return value
    return _integer(value, lowest=1)


_POWER = {letter: power for power, letter in enumerate("KMGT", start=1)}
_UNITS = (
    {"": 1, "B": 1}
    | {f"{letter}{end}": 1024**power for letter, power in _POWER.items() for end in ("", "i", "iB")}
    | {f"{letter}B": 1000**power for letter, power in _POWER.items()}
)


def memory_bytes(value: Any) -> int:
    """`"4GiB"`, `"500MB"` or a number of bytes, as bytes."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0:
        return int(value)
    if isinstance(value, str):
        number = value.strip().rstrip("BKMGTi")
        factor = _UNITS.get(value.strip()[len(number) :])
        try:
            return int(float(number) * factor) if factor else _bad_memory()
        except ValueError:
            _bad_memory()
    return _bad_memory()


def _bad_memory() -> int:
    raise ValueError("expected memory such as '4GiB', '500MB' or a number of bytes")


def resources(value: Any) -> Resources | None:
    """`dict(cpus=2, memory="4GiB", gpus=1)`; Airflow 1.10's `ram` (MB) and `disk` (not used) too."""
    if value is None or isinstance(value, Resources):
        return value
    found = dict(cast("Mapping[str, Any]", _mapping(value)))
    memory = memory_bytes(found.pop("memory", 0)) + int(found.pop("ram", 0) * 1024 * 1024)
    found.pop("disk", None)
    cpus, gpus = found.pop("cpus", 0), found.pop("gpus", 0)
    if found:
        raise ValueError(f"expected the keys cpus, memory and gpus, not {', '.join(map(repr, found))}")
    for name, number in (("cpus", cpus), ("gpus", gpus)):
        if isinstance(number, bool) or not isinstance(number, (int, float)) or number < 0:
            raise ValueError(f"expected a number for {name}")
    return Resources(cpus=float(cpus), memory_bytes=memory, gpus=float(gpus))


ARGUMENTS: dict[str, Argument] = {
    "owner": Argument("airflow", _text),
    "email": Argument(None, _email),
    "email_on_retry": Argument(True, _flag),
    "email_on_failure": Argument(True, _flag),
    "retries": Argument(None, _retries),
    "retry_delay": Argument(None, _retry_delay),
    "retry_exponential_backoff": Argument(False, _backoff),
    "max_retry_delay": Argument(None, duration),
    "start_date": Argument(None, _date),
    "end_date": Argument(None, _date),
    "depends_on_past": Argument(False, _flag),
    "ignore_first_depends_on_past": Argument(True, _flag),
    "wait_for_past_depends_before_skipping": Argument(False, _flag),
    "wait_for_downstream": Argument(False, _flag),
    "priority_weight": Argument(1, _weight),
    "weight_rule": Argument(WeightRule.DOWNSTREAM, _weight_rule),
    "queue": Argument("default", _queue),
    "pool": Argument(None, _pool),
    "pool_slots": Argument(1, _positive),
    "sla": Argument(None, _timedelta),
    "execution_timeout": Argument(None, _timedelta),
    "on_execute_callback": Argument(None, callbacks),
    "on_failure_callback": Argument(None, callbacks),
    "on_success_callback": Argument(None, callbacks),
    "on_retry_callback": Argument(None, callbacks),
    "on_skipped_callback": Argument(None, callbacks),
    "pre_execute": Argument(None, _hook),
    "post_execute": Argument(None, _hook),
    "trigger_rule": Argument(TriggerRule.ALL_SUCCESS, trigger_rule),
    "resources": Argument(None, resources),
    "run_as_user": Argument(None, _text),
    "task_concurrency": Argument(None, _positive),
    "max_active_tis_per_dag": Argument(None, _positive),
    "max_active_tis_per_dagrun": Argument(None, _positive),
    "executor": Argument(None, _text),
    "executor_config": Argument(None, _executor_config),
    "do_xcom_push": Argument(True, _flag),
    "multiple_outputs": Argument(False, _flag),
    "inlets": Argument(None, _listed),
    "outlets": Argument(None, _listed),
    "doc": Argument(None, _any),
    "doc_md": Argument(None, _text),
    "doc_json": Argument(None, _any),
    "doc_yaml": Argument(None, _any),
    "doc_rst": Argument(None, _text),
    "task_display_name": Argument(None, _text),
    "logger_name": Argument(None, _text),
    "allow_nested_operators": Argument(True, _flag),
    "map_index_template": Argument(None, _text),
    "render_template_as_native_obj": Argument(None, _flag),
    "email_subject": Argument(None, _text),
    "worker_reuse": Argument(None, worker_reuse),
    "retry_policy": Argument(None, _any),
    "cache": Argument(None, checked_cache),
    "aids": Argument(None, checked_aids),
}
STRUCTURAL = frozenset({"task_id", "dag", "task_group", "params", "default_args"})
"""Arguments that say where a task belongs; they have no check of type here."""
BASE_NAMES = frozenset(ARGUMENTS) | STRUCTURAL
CALLBACKS = (
    "on_execute_callback",
    "on_failure_callback",
    "on_success_callback",
    "on_retry_callback",
    "on_skipped_callback",
)
STORED_AS = {"pre_execute": "_pre_execute_hook", "post_execute": "_post_execute_hook"}
STORED_AS["task_display_name"] = "_task_display_name"
"""Arguments whose name is also a method or property of a task."""
MUTABLE = ("executor_config", "inlets", "outlets")
"""Arguments whose default is a list or dict that each task has for itself."""


_checked: list[tuple[Settings, dict[str, Any]]] = []


def checked_defaults() -> dict[str, Any]:
    """The value each argument has when it is not given, by the attribute it is stored as."""
    settings = defaults.current()
    if not _checked or _checked[0][0] is not settings:
        found = {STORED_AS.get(name, name): argument.check(argument.default) for name, argument in ARGUMENTS.items()}
        _checked[:] = [(settings, found)]
    return _checked[0][1]
