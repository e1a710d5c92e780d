"""What each option of an airflow.cfg means here: a setting of ours, or the reason why it has no meaning. Data only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct


class Meaning(Struct, frozen=True):
    """The setting an option becomes. A value equal to `default`, Airflow's own, is not taken over: our default fits."""

    name: str
    default: str | None = None
    convert: Callable[[str], Any] = str


def _is_true(text: str) -> bool:
    if text.strip().lower() not in ("true", "t", "1", "false", "f", "0"):
        raise ValueError("true or false is wanted")
    return text.strip().lower() in ("true", "t", "1")


def _zone(text: str) -> str:
    if text.lower() == "system":
        raise ValueError("name the zone, e.g. Europe/Berlin: it must not depend on the machine")
    return "UTC" if text.lower() == "utc" else text


def _level(text: str) -> str:
    if text.upper() not in ("DEBUG", "INFO", "WARNING", "WARN", "ERROR", "CRITICAL", "FATAL"):
        raise ValueError("it is no level of logging")
    return {"WARN": "WARNING", "FATAL": "CRITICAL"}.get(text.upper(), text.upper())


def _bytes(text: str) -> int:
    if int(text) < 0:
        raise ValueError("here large values always go to the artifact store")
    return int(text)


MEANS: Mapping[str, Meaning] = {
    "core.dags_folder": Meaning("dags_folder"),
    "core.dags_are_paused_at_creation": Meaning("dags_are_paused_at_creation", None, _is_true),
    "core.parallelism": Meaning("parallelism", "32", int),
    "core.max_active_tasks_per_dag": Meaning("max_active_tasks_per_dag", "16", int),
    "core.max_active_runs_per_dag": Meaning("max_active_runs_per_dag", "16", int),
    "core.default_timezone": Meaning("default_timezone", "utc", _zone),
    "core.default_pool_task_slot_count": Meaning("default_pool_slots", "128", int),
    "core.default_task_retries": Meaning("default_retries", "0", int),
    "core.default_task_retry_delay": Meaning("default_retry_delay_seconds", "300", float),
    "core.max_map_length": Meaning("max_map_length", "1024", int),
    "core.killed_task_cleanup_time": Meaning("kill_grace_seconds", "60", float),
    "core.dagbag_import_timeout": Meaning("dag_import_timeout_seconds", "30.0", float),
    "api.port": Meaning("api_port", "8080", int),
    "api.host": Meaning("api_host", "0.0.0.0"),
    "api.base_url": Meaning("api_url", "http://localhost:8080"),
    "webserver.web_server_port": Meaning("api_port", "8080", int),
    "webserver.web_server_host": Meaning("api_host", "0.0.0.0"),
    "webserver.base_url": Meaning("api_url", "http://localhost:8080"),
    "logging.logging_level": Meaning("log_level", "INFO", _level),
    "metrics.statsd_prefix": Meaning("statsd_prefix", "airflow"),
    "dag_processor.parsing_processes": Meaning("parsing_processes", "2", int),
    "dag_processor.refresh_interval": Meaning("dag_rescan_seconds", "300", float),
    "triggerer.capacity": Meaning("triggerer_capacity", "1000", int),
    "scheduler.catchup_by_default": Meaning("catchup_by_default", None, _is_true),
    "scheduler.create_cron_data_intervals": Meaning("cron_data_intervals", None, _is_true),
    "smtp.smtp_host": Meaning("smtp_host", "localhost"),
    "smtp.smtp_port": Meaning("smtp_port", "25", int),
    "smtp.smtp_user": Meaning("smtp_user"),
    "smtp.smtp_password": Meaning("smtp_password"),
    "smtp.smtp_starttls": Meaning("smtp_starttls", None, _is_true),
    "smtp.smtp_ssl": Meaning("smtp_ssl", "False", _is_true),
    "smtp.smtp_mail_from": Meaning("smtp_mail_from", "airflow@example.com"),
    "common.io.xcom_objectstorage_path": Meaning("artifact_url", ""),
    "common.io.xcom_objectstorage_threshold": Meaning("inline_value_bytes", "-1", _bytes),
}

_API = "see the tables [api] and [oidc] of tradewind.toml, and docs/howto/users.md"
_SCHEDULER = "the service here works by events, without this to tune"
_CLUSTER = "tasks run on this machine; other executors come in a later release"
_OBSERVABILITY = "docs/howto/observe.md says what there is: Prometheus, StatsD, OpenTelemetry traces, logs as JSON"

REASONS: Mapping[str, str] = {
    "core.executor": _CLUSTER,
    "core.fernet_key": "the home makes a key of its own; bring secrets by `airflow connections export`",
    "core.load_examples": "there are no examples to load; `tradewind init` writes one",
    "core.plugins_folder": "a folder `plugins` beside the DAG folder is used as it is",
    "core.xcom_backend": "values of every type are kept by themselves; artifact_url says where",
    "core.enable_xcom_pickling": "values of every type are kept by themselves",
    "core.donot_pickle": "DAGs are never pickled",
    "core.store_serialized_dags": "DAGs are always compiled and stored",
    "core.auth_manager": _API,
    "core.simple_auth_manager_users": _API,
    "core.security": "Kerberos tickets are not renewed here; run `kinit` beside it",
    "core.unit_test_mode": "`tradewind.testing` runs DAGs in a home of their own",
    "core.dag_discovery_safe_mode": "it is always on: a file has to mention dag and airflow or tradewind",
    "core.dag_ignore_file_syntax": ".airflowignore is read in both syntaxes",
    "core.sensitive_var_conn_names": "the usual names (password, token, secret, …) are masked",
    "core.hide_sensitive_var_conn_fields": "sensitive values are always masked",
    "database": "the home has a database of its own; for PostgreSQL set database_url to an empty database",
    "logging.base_log_folder": "logs are kept in HOME/logs, in Airflow's layout",
    "logging": "logs are kept on this machine, one file a try; remote logs come in a later release",
    "secrets": "write the back end as a table [[secrets]] of tradewind.toml: see docs/howto/secrets.md",
    "email": "mail goes over SMTP: see the settings smtp_host, smtp_port, …",
    "smtp": "see the settings smtp_host, smtp_port, …",
    "webserver": _API,
    "api": _API,
    "api_auth": _API,
    "fab": _API,
    "cli": _API,
    "execution_api": _API,
    "admin": "sensitive values are always masked",
    "scheduler": _SCHEDULER,
    "dag_processor": _SCHEDULER,
    "triggerer": _SCHEDULER,
    "workers": _SCHEDULER,
    "sensors": "give timeout= to a sensor, or in default_args",
    "operators": "give it to the operator, or in default_args",
    "celery": _CLUSTER,
    "celery_broker_transport_options": _CLUSTER,
    "celery_kubernetes_executor": _CLUSTER,
    "local_kubernetes_executor": _CLUSTER,
    "kubernetes": _CLUSTER,
    "kubernetes_executor": _CLUSTER,
    "kubernetes_environment_variables": _CLUSTER,
    "kubernetes_node_selectors": _CLUSTER,
    "kubernetes_secrets": _CLUSTER,
    "dask": _CLUSTER,
    "mesos": _CLUSTER,
    "metrics": _OBSERVABILITY,
    "traces": _OBSERVABILITY,
    "sentry": _OBSERVABILITY,
    "kerberos": "Kerberos tickets are not renewed here; run `kinit` beside it",
    "usage_data_collection": "nothing about your use is collected",
    "lineage": _OBSERVABILITY,
    "openlineage": _OBSERVABILITY,
    "elasticsearch": "logs are kept on this machine; remote logs come in a later release",
    "elasticsearch_configs": "logs are kept on this machine; remote logs come in a later release",
    "opensearch": "logs are kept on this machine; remote logs come in a later release",
    "atlas": _OBSERVABILITY,
    "ldap": _API,
    "core": "there is nothing of this kind to set here",
    "policy": "cluster policies come in a later release",
    "dag": "give it to the DAG",
}
"""By `section.key`, or for all others of a section."""
