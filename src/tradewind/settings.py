"""All settings, read once at process start from tradewind.toml, the environment (TRADEWIND_<NAME>) and flags."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from tradewind.model.database_url import without_password
from tradewind.model.errors import ConfigurationError


class BundleSetting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One `[[bundles]]` table: where DAG files come from."""

    name: str
    kind: Literal["local", "git"] = "local"
    path: str = ""
    """Of a local folder."""
    url: str = ""
    """Of a git repository, as `git clone` takes it."""
    ref: str = ""
    """Branch, tag or commit; empty: the repository's default branch."""
    subdir: str = ""
    """Folder of the DAG files in the repository."""
    refresh_seconds: float = 60.0
    """How often the repository is asked for news; 0: only on demand."""
    connection: str = ""
    """Id of the connection with login and password (or token), or an SSH key (`key_file` or `private_key` in its
    extra)."""


class Settings(Struct, frozen=True, kw_only=True):
    """Field docs say what each setting does; `tradewind config list` shows them with value and origin."""

    home: Path
    """Everything Tradewind keeps: database, artifacts, logs, snapshots, keys. Default ~/.tradewind."""
    dags_folder: Path
    """Folder of DAG files. Default <home>/dags."""
    database_url: str
    """sqlite:///… or postgresql://user:password@host/database; default sqlite:///<home>/tradewind.db."""
    artifact_url: str
    """Where large values live: a folder or any fsspec URL. Default <home>/artifacts."""
    default_timezone: str = "UTC"
    """Zone of dates that name none, and of cron schedules of DAGs whose start_date names none."""
    parallelism: int = 0
    """Tries that may run at once on this machine; 0: one per CPU plus one."""
    max_active_tasks_per_dag: int = 16
    """Tries of one run that may run at once, where the DAG gives no `max_active_tasks`."""
    max_active_runs_per_dag: int = 16
    """Runs of a DAG at once, where it gives no `max_active_runs`. Counts once runs are scheduled."""
    default_pool_slots: int = 128
    """Slots of `default_pool` in a new home; change them later with `tradewind pools set`."""
    default_retries: int = 0
    """Retries of a task that gives no `retries`."""
    default_retry_delay_seconds: float = 300.0
    """Pause before a retry of a task that gives no `retry_delay`."""
    max_lost_tries: int = 3
    """How often a try that died without a report is repeated, apart from the task's own retries."""
    inline_value_bytes: int = 64 * 1024
    """Values up to this size travel inline; larger ones go to the artifact store."""
    max_map_length: int = 100_000
    """Instances that one mapped task or group may have."""
    kill_grace_seconds: float = 5.0
    """Between SIGTERM and SIGKILL when a try is cancelled or out of time."""
    dag_import_timeout_seconds: float = 60.0
    """A DAG file that takes longer to import is an import error."""
    dag_import_memory_bytes: int = 0
    """0: no limit."""
    bundles: tuple[BundleSetting, ...] = ()
    """Where DAG files come from: `[[bundles]]` tables in tradewind.toml, or a JSON list. Empty: `dags_folder` alone."""
    parsing_processes: int = 0
    """DAG files that the dag-processor imports at once; 0: one per CPU."""
    dag_rescan_seconds: float = 300.0
    """How often DAG folders are looked through for changes that nobody told of (network file systems)."""
    snapshot_max_files: int = 5_000
    """Files of code and templates that a DAG folder may have. From a larger one, a file is run with what it imports."""
    snapshot_max_bytes: int = 64 * 1024 * 1024
    """The same in bytes."""
    log_level: str = "INFO"
    """Python log level of tasks."""
    metrics_port: int = 0
    """Port of the Prometheus endpoint (`/metrics`) of the scheduler process; 0: off. Needs the extra `metrics`."""
    metrics_host: str = "127.0.0.1"
    """Address it listens on."""
    statsd_address: str = ""
    """`host:port` that metrics are sent to as StatsD over UDP; empty: off."""
    statsd_prefix: str = "airflow"
    """What stands before the names of StatsD metrics: as Airflow's, so that its dashboards keep working."""
    statsd_tags: Literal["none", "influxdb", "datadog"] = "none"
    """`none`: names with DAG and task in them, as Airflow's by default. Else short names with tags of that style."""
    otel_endpoint: str = ""
    """OTLP/HTTP collector that traces are sent to, e.g. http://localhost:4318; empty: off. Needs the extra `otel`."""
    log_format: Literal["text", "json"] = "text"
    """Logs of tasks and of service processes: text lines, or a JSON object a line."""
    callback_timeout_seconds: float = 60.0
    """How long each callback, notifier or mail of a task or a DAG may take. Nothing waits for them meanwhile."""
    smtp_host: str = "localhost"
    """Mail server for EmailOperator and failure mails; the connection `smtp_default` goes first."""
    smtp_port: int = 25
    """Its port."""
    smtp_user: str = ""
    """Its login; empty: none."""
    smtp_password: str = ""
    """Its password; better in the connection, where it is encrypted."""
    smtp_starttls: bool = False
    """Begin in clear text, then switch to TLS."""
    smtp_ssl: bool = False
    """TLS from the first byte."""
    smtp_mail_from: str = "tradewind@localhost"
    """Sender of mails."""
    dags_are_paused_at_creation: bool = False
    """A new DAG waits for `tradewind dags unpause` before anything runs by its schedule, where it does not say
    `is_paused_upon_creation` itself. (Airflow's default is True; here a file that is dropped into the folder runs.)"""
    stop_mode: Literal["wait", "kill"] = "wait"
    """What a scheduler that is stopped does with running tasks: wait for their ends, or end them; then they start again
    under the next scheduler, and that is counted as no try."""
    stop_timeout_seconds: float = 600.0
    """How long it waits before it ends them after all."""
    retention_days: int = 0
    """Runs that ended longer ago are deleted once a day, with their logs and values; 0: never."""
    email_subject_template: str = ""
    """A file with a Jinja template for the subject of failure mails; its context is the task's, as in Airflow."""
    email_html_template: str = ""
    """The same for the text."""
    catchup_by_default: bool = False
    """`catchup` of a DAG that does not give it. Counts once runs are scheduled."""
    cron_data_intervals: bool = True
    """A cron string covers the interval before each tick (Airflow 2) instead of naming a point in time (Airflow 3)."""
    triggerer_capacity: int = 10_000
    """Waiting tasks that one triggerer holds at most."""
    triggerer_queues: str = ""
    """Queues whose waiting tasks the triggerer takes, with commas between them; empty: any."""

    @property
    def shown_database_url(self) -> str:
        """Without its password."""
        return without_password(self.database_url)

    @property
    def log_folder(self) -> Path:
        return self.home / "logs"


ENVIRONMENT_PREFIX = "TRADEWIND_"


def load(
    environment: Mapping[str, str] | None = None, *, overrides: Mapping[str, Any] | None = None, cwd: Path | None = None
) -> Settings:
    """Settings of this process. Later wins: defaults, <home>/tradewind.toml, ./tradewind.toml, environment, overrides.

    Raises ConfigurationError for an unknown name or a value of the wrong type, naming where it was set."""
    env = os.environ if environment is None else environment
    given = dict(overrides or {})
    home = Path(given.pop("home", None) or env.get("TRADEWIND_HOME") or Path.home() / ".tradewind").expanduser()
    merged: dict[str, Any] = {}
    for file in (home / "tradewind.toml", (cwd or Path.cwd()) / "tradewind.toml"):
        merged |= _from_toml(file)
    merged |= _from_environment(env)
    merged |= given
    home = Path(merged.pop("home", home)).expanduser().absolute()
    merged.setdefault("dags_folder", str(home / "dags"))
    merged.setdefault("database_url", f"sqlite:///{home / 'tradewind.db'}")
    merged.setdefault("artifact_url", str(home / "artifacts"))
    merged["dags_folder"] = str(Path(merged["dags_folder"]).expanduser().absolute())
    if isinstance(merged.get("bundles"), str):
        merged["bundles"] = _from_json("bundles", merged["bundles"])
    try:
        return msgspec.convert({"home": str(home), **merged}, Settings, strict=False, dec_hook=_to_path)
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"a setting has the wrong type: {error}") from error


def as_plain(chosen: Settings) -> dict[str, Any]:
    """For another process; `from_plain` reads it back."""
    return msgspec.to_builtins(chosen, enc_hook=str)


def from_plain(found: dict[str, Any]) -> Settings:
    return msgspec.convert(found, Settings, dec_hook=_to_path)


def field_names() -> tuple[str, ...]:
    return Settings.__struct_fields__


def _from_json(name: str, text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise ConfigurationError(f"the setting {name} is not valid JSON: {error}") from error


def _to_path(kind: type, value: Any) -> Any:
    return kind(value)


def _from_toml(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as stream:
            found = tomllib.load(stream)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return {}
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file} is not valid TOML: {error}") from error
    return {name: found[name] for name in found if _known(name, str(file))}


def _from_environment(env: Mapping[str, str]) -> dict[str, Any]:
    names = set(field_names())
    found: dict[str, Any] = {}
    for key, text in env.items():
        name = key.removeprefix(ENVIRONMENT_PREFIX).lower()
        if key.startswith(ENVIRONMENT_PREFIX) and name in names:
            found[name] = text
    return found


def _known(name: str, origin: str) -> bool:
    if name in field_names():
        return True
    import difflib  # only where a setting is misspelt

    near = difflib.get_close_matches(name, field_names(), n=1)
    raise ConfigurationError(
        f"{origin}: unknown setting {name!r}",
        hint=f"did you mean {near[0]!r}?" if near else "see `tradewind config list`",
    )
