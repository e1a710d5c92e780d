"""`conf` as DAG files know it from Airflow: `conf.get("core", "dags_folder")`. Answers from our settings where the
option has one, else from the environment (`AIRFLOW__SECTION__KEY`)."""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tradewind.authoring import defaults
from tradewind.authoring.exceptions import AirflowConfigException
from tradewind.settings import Settings

NOT_GIVEN: Any = object()
KNOWN: dict[tuple[str, str], Callable[[Settings], Any]] = {
    ("core", "dags_folder"): lambda s: s.dags_folder,
    ("core", "airflow_home"): lambda s: s.home,
    ("core", "plugins_folder"): lambda s: s.home / "plugins",
    ("core", "default_timezone"): lambda s: s.default_timezone,
    ("core", "executor"): lambda s: "LocalExecutor",
    ("core", "fernet_key"): lambda s: "",
    ("core", "parallelism"): lambda s: s.parallelism,
    ("core", "max_active_tasks_per_dag"): lambda s: s.max_active_tasks_per_dag,
    ("core", "dag_concurrency"): lambda s: s.max_active_tasks_per_dag,
    ("core", "max_active_runs_per_dag"): lambda s: s.max_active_runs_per_dag,
    ("core", "default_task_retries"): lambda s: s.default_retries,
    ("core", "default_task_retry_delay"): lambda s: int(s.default_retry_delay_seconds),
    ("core", "dagbag_import_timeout"): lambda s: s.dag_import_timeout_seconds,
    ("core", "load_examples"): lambda s: False,
    ("core", "unit_test_mode"): lambda s: False,
    ("core", "max_map_length"): lambda s: s.max_map_length,
    ("logging", "base_log_folder"): lambda s: s.log_folder,
    ("logging", "logging_level"): lambda s: s.log_level,
    ("core", "base_log_folder"): lambda s: s.log_folder,
    ("database", "sql_alchemy_conn"): lambda s: s.database_url,
    ("core", "sql_alchemy_conn"): lambda s: s.database_url,
    ("webserver", "base_url"): lambda s: "http://localhost:8080",
    ("api", "base_url"): lambda s: "http://localhost:8080",
    ("scheduler", "catchup_by_default"): lambda s: s.catchup_by_default,
    ("smtp", "smtp_host"): lambda s: s.smtp.host,
    ("smtp", "smtp_port"): lambda s: s.smtp.port,
    ("smtp", "smtp_mail_from"): lambda s: s.smtp.mail_from,
}
TRUE_WORDS = frozenset({"t", "true", "1", "yes", "on"})
FALSE_WORDS = frozenset({"f", "false", "0", "no", "off"})


class Configuration:
    """Reads one option at a time. Raises AirflowConfigException where it is not known and no fallback is given."""

    def get(self, section: str, key: str, fallback: Any = NOT_GIVEN, **_: Any) -> Any:
        """The option's text."""
        section, key = section.lower(), key.lower()
        text = os.environ.get(f"AIRFLOW__{section.upper()}__{key.upper()}")
        if text is not None:
            return text
        if reader := KNOWN.get((section, key)):
            return str(reader(defaults.current()))
        if fallback is not NOT_GIVEN:
            return fallback
        raise AirflowConfigException(
            f"section/key [{section}/{key}] not found in config",
            hint=f"give a fallback=, or set AIRFLOW__{section.upper()}__{key.upper()}",
        )

    def getboolean(self, section: str, key: str, fallback: Any = NOT_GIVEN, **_: Any) -> bool:
        value = self.get(section, key, fallback)
        word = str(value).strip().lower()
        if word in TRUE_WORDS or word in FALSE_WORDS:
            return word in TRUE_WORDS
        if value is fallback:
            return value
        raise AirflowConfigException(f"[{section}/{key}] is {value!r}, not a boolean", hint="set it to True or False")

    def getint(self, section: str, key: str, fallback: Any = NOT_GIVEN, **_: Any) -> int:
        return self._number(int, section, key, fallback)

    def getfloat(self, section: str, key: str, fallback: Any = NOT_GIVEN, **_: Any) -> float:
        return self._number(float, section, key, fallback)

    def getlist(self, section: str, key: str, fallback: Any = NOT_GIVEN, delimiter: str = ",", **_: Any) -> list[str]:
        value = self.get(section, key, fallback)
        return value if isinstance(value, list) else [part.strip() for part in str(value).split(delimiter)]  # pyright: ignore

    def getjson(self, section: str, key: str, fallback: Any = NOT_GIVEN, **_: Any) -> Any:
        """The option's text read as JSON; the fallback as it is."""
        value = self.get(section, key, fallback)
        if value is fallback or not value:
            return None if value == "" else value
        try:
            return json.loads(value)
        except ValueError as error:
            raise AirflowConfigException(f"[{section}/{key}] is not JSON: {error}", hint="set valid JSON") from error

    def getimport(self, section: str, key: str, **options: Any) -> Any:
        """The object that the option names as `module.name`; None where it is empty."""
        path = self.get(section, key, **options)
        if not path:
            return None
        module, _, name = str(path).rpartition(".")
        try:
            return getattr(importlib.import_module(module), name)
        except (ImportError, AttributeError, ValueError) as error:
            raise AirflowConfigException(f"[{section}/{key}] names {path!r}, which cannot be imported") from error

    def gettimedelta(self, section: str, key: str, fallback: Any = NOT_GIVEN, **_: Any) -> timedelta | None:
        """The option's number of seconds as a timedelta; None where it is empty."""
        value = self.get(section, key, fallback)
        if value is None or value == "" or isinstance(value, timedelta):
            return value or None
        return timedelta(seconds=self._number(float, section, key, fallback))

    def getsection(self, section: str, **_: Any) -> dict[str, Any] | None:
        """All known options of a section, those of the environment included; None where there is none."""
        prefix = f"AIRFLOW__{section.upper()}__"
        keys = {key for known, key in KNOWN if known == section.lower()}
        keys |= {name.removeprefix(prefix).lower() for name in os.environ if name.startswith(prefix)}
        return {key: self.get(section, key) for key in sorted(keys)} or None

    def get_mandatory_value(self, section: str, key: str, **options: Any) -> str:
        """The option's text. Raises ValueError where it is None."""
        value = self.get(section, key, **options)
        if value is None:
            raise ValueError(f"The value {section}/{key} should be set!")
        return value

    def get_mandatory_list_value(self, section: str, key: str, **options: Any) -> list[str]:
        return self.getlist(section, key, **options)

    def has_section(self, section: str) -> bool:
        return self.getsection(section) is not None

    def as_dict(self, **_: Any) -> dict[str, dict[str, Any]]:
        return {section: self.getsection(section) or {} for section in sorted({known for known, _ in KNOWN})}

    def has_option(self, section: str, option: str, **_: Any) -> bool:
        return self.get(section, option, None) is not None

    def _number(self, kind: Callable[[Any], Any], section: str, key: str, fallback: Any) -> Any:
        value = self.get(section, key, fallback)
        if value is fallback:
            return value
        try:
            return kind(value)
        except ValueError as error:
            raise AirflowConfigException(
                f"[{section}/{key}] is {value!r}, not a number", hint="set a number"
            ) from error


conf = Configuration()
