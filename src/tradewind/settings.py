"""All settings, read once at process start from tradewind.toml, the environment (TRADEWIND_<NAME>) and flags."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, cast

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


class SmtpSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The mail server of EmailOperator and failure mails; the connection `smtp_default` goes first."""

    host: str = "localhost"
    """Mail server for EmailOperator and failure mails; the connection `smtp_default` goes first."""
    port: int = 25
    """Its port."""
    user: str = ""
    """Its login; empty: none."""
    password: str = ""
    """Its password; better in the connection, where it is encrypted."""
    starttls: bool = False
    """Begin in clear text, then switch to TLS."""
    ssl: bool = False
    """TLS from the first byte."""
    mail_from: str = "tradewind@localhost"
    """Sender of mails."""


class ApiSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The web server: REST API and user interface."""

    host: str = "127.0.0.1"
    """Address it listens on; 0.0.0.0: every one of this machine."""
    port: int = 8080
    """Its port; 0: one that is free."""
    url: str = ""
    """How browsers reach it from outside, e.g. https://tradewind.example.com: for sign-in with OIDC, for cookies behind
    a proxy with TLS, and for links. Empty: http://<host>:<port>."""
    allowed_hosts: tuple[str, ...] = ()
    """Names in the `Host` header that it answers to, besides those of `url` and `host`; `*`: any."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses (or networks, 10.0.0.0/8) whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed."""
    tls_cert: str = ""
    """A file with the certificate chain (PEM): then it speaks TLS itself."""
    tls_key: str = ""
    """A file with its key."""
    session_hours: float = 168.0
    """A browser has to sign in again after this."""
    session_idle_hours: float = 24.0
    """Or when nobody was there for so long."""


class OidcSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Signing in with a provider of OpenID Connect."""

    issuer: str = ""
    """Its address, e.g. https://accounts.example.com; empty: off."""
    client_id: str = ""
    """Name that this server has there."""
    client_secret: str = ""
    """Its secret; empty for a public client."""
    label: str = "Single sign-on"
    """Of the button on the sign-in page."""
    scopes: str = "openid profile email"
    """What the provider is asked for."""
    name_claim: str = "preferred_username"
    """The claim that becomes the user's name; where it is missing, `email`, then `sub`."""
    groups_claim: str = "groups"
    """The claim with the user's groups."""
    roles: dict[str, tuple[str, ...]] = {}
    """Group → roles. Set anew at each sign-in."""
    default_roles: tuple[str, ...] = ()
    """Of users whom no group gives a role; empty: they are refused."""
    has_password_login: bool = True
    """False: only the provider opens the door; local users keep their tokens."""


class SecretsSetting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One `[[secrets]]` table: where variables and connections are looked up."""

    kind: Literal["file", "vault", "aws_secrets", "aws_parameters", "gcp"]
    variables: str = ""
    """File: its path (JSON, YAML or env). Else what stands before a variable's key, e.g. `airflow/variables`; `-`: no
    variables are looked up here."""
    connections: str = ""
    """The same for connections."""
    url: str = ""
    """Vault: its address. AWS: another endpoint."""
    mount: str = "secret"
    """Vault: the mount point of the KV engine, version 2."""
    token: str = ""
    """Vault: a token; empty: $VAULT_TOKEN, or the file ~/.vault-token."""
    token_file: str = ""
    """Vault: a file with the token, read at each look-up."""
    region: str = ""
    """AWS: empty: as the SDK finds it."""
    project: str = ""
    """GCP."""
    cache_seconds: float = 60.0
    """How long an answer is kept; 0: it is asked each time."""
    timeout_seconds: float = 5.0
    """How long an answer may take."""


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
    smtp: SmtpSettings = SmtpSettings()
    """The mail server: a `[smtp]` table, or `smtp_host = …`."""
    api: ApiSettings = ApiSettings()
    """The web server: an `[api]` table, or `api_port = …`."""
    oidc: OidcSettings = OidcSettings()
    """Signing in with a provider of OpenID Connect: an `[oidc]` table, or `oidc_issuer = …`."""
    secrets: tuple[SecretsSetting, ...] = ()
    """Where tasks' variables and connections are looked up before the database: `[[secrets]]` tables in tradewind.toml,
    asked in their order, or a JSON list."""
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
    cache_check_share: float = 0.0
    """Share of the cache's hits, 0 to 1, that are run all the same: values that differ are reported, in the task's log
    and in `tradewind runs cache`."""
    triggerer_capacity: int = 10_000
    """Waiting tasks that one triggerer holds at most."""
    mlflow_tracking_uri: str = ""
    """Where tasks' metrics, params and models are tracked: http(s)://… of an MLflow server, or a database. Empty: a
    database in the home. The variable MLFLOW_TRACKING_URI goes first. Needs the extra `mlflow`."""
    triggerer_queues: str = ""
    """Queues whose waiting tasks the triggerer takes, with commas between them; empty: any."""

    @property
    def shown_database_url(self) -> str:
        """Without its password."""
        return without_password(self.database_url)

    @property
    def told_to_tasks(self) -> dict[str, str]:
        """Variables by which a task finds the home, its tracker and its own page."""
        told = {"TRADEWIND_HOME": str(self.home), "TRADEWIND_MLFLOW_TRACKING_URI": self.mlflow_tracking_uri}
        host = "localhost" if self.api.host in ("0.0.0.0", "::") else self.api.host
        url = self.api.url or f"http://{host}:{self.api.port}"
        return {**{name: text for name, text in told.items() if text}, "TRADEWIND_PAGES": url.rstrip("/")}

    @property
    def log_folder(self) -> Path:
        return self.home / "logs"


ENVIRONMENT_PREFIX = "TRADEWIND_"
GROUPS: dict[str, type[Struct]] = {"smtp": SmtpSettings, "api": ApiSettings, "oidc": OidcSettings}
"""Settings that are tables: `[smtp] host` is also `smtp_host`, and TRADEWIND_SMTP_HOST in the environment."""
_GROUPED = {f"{group}_{field}": (group, field) for group, kind in GROUPS.items() for field in kind.__struct_fields__}
LEVELS = "DEBUG, INFO, WARNING, ERROR, CRITICAL"
_LISTS = frozenset({"bundles", "secrets"})
_STRUCTURED = frozenset({"api_allowed_hosts", "api_trusted_proxies", "oidc_roles", "oidc_default_roles"})
"""What is JSON where it can only be text."""


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
    _group(merged)
    merged.setdefault("dags_folder", str(home / "dags"))
    merged.setdefault("database_url", f"sqlite:///{home / 'tradewind.db'}")
    merged.setdefault("artifact_url", str(home / "artifacts"))
    merged["dags_folder"] = str(Path(merged["dags_folder"]).expanduser().absolute())
    merged["log_level"] = _level(merged.get("log_level", "INFO"))
    _check_zone(merged.get("default_timezone", "UTC"))
    try:
        return msgspec.convert({"home": str(home), **merged}, Settings, strict=False, dec_hook=_to_path)
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"a setting has the wrong type: {error}") from error


def as_plain(chosen: Settings) -> dict[str, Any]:
    """For another process, in which users' code runs; `from_plain` reads it back. What opens other doors stays here."""
    return msgspec.to_builtins(msgspec.structs.replace(chosen, oidc=OidcSettings(), secrets=()), enc_hook=str)


def from_plain(found: dict[str, Any]) -> Settings:
    return msgspec.convert(found, Settings, dec_hook=_to_path)


def field_names() -> tuple[str, ...]:
    """Of all settings; those of a table by their flat names (`smtp_host`)."""
    plain = (name for name in Settings.__struct_fields__ if name not in GROUPS)
    return (*plain, *_GROUPED)


def value_of(chosen: Settings, name: str) -> Any:
    """Of one of `field_names`."""
    group, field = _GROUPED.get(name, ("", name))
    return getattr(getattr(chosen, group) if group else chosen, field)


def _group(merged: dict[str, Any]) -> None:
    """Put flat names into their tables; read what is JSON."""
    for name in (*_LISTS, *_STRUCTURED):
        if isinstance(merged.get(name), str):
            merged[name] = _from_json(name, merged[name])
    for name in [name for name in merged if name in _GROUPED]:
        group, field = _GROUPED[name]
        merged[group] = {**_as_table(merged.get(group, {})), field: merged.pop(name)}


def _level(found: Any) -> str:
    """As logging names it, however it was written."""
    name = str(found).strip().upper()
    name = {"WARN": "WARNING", "FATAL": "CRITICAL"}.get(name, name)
    if name not in LEVELS.split(", "):
        raise ConfigurationError(f"the setting log_level is {found!r}, which is no level", hint=f"one of {LEVELS}")
    return name


def _check_zone(name: Any) -> None:
    if name == "UTC":
        return
    import zoneinfo  # only where one is named

    try:
        zoneinfo.ZoneInfo(str(name))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigurationError(
            f"the setting default_timezone is {name!r}, which is no time zone", hint="for example Europe/Berlin or UTC"
        ) from None


def _as_table(found: Any) -> dict[str, Any]:
    return msgspec.to_builtins(found) if isinstance(found, Struct) else found


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
    flat = {name: value for name, value in found.items() if name not in GROUPS}
    for group in found.keys() & GROUPS.keys():
        flat |= {f"{group}_{field}": value for field, value in _table(found[group], group, file).items()}
    return {name: flat[name] for name in flat if _known(name, str(file))}


def _table(found: Any, group: str, file: Path) -> dict[str, Any]:
    if isinstance(found, dict):
        return cast("dict[str, Any]", found)
    raise ConfigurationError(f"{file}: {group} is a table", hint=f"write [{group}], and its settings below")


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
