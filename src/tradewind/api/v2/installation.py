"""What this installation is: its health, settings, provider packages and plugins; signing in by Airflow's paths."""

from __future__ import annotations

from importlib import metadata
from typing import Any
from urllib.parse import quote

import msgspec
from msgspec import Struct
from starlette.responses import RedirectResponse, Response

from tradewind import settings as settings_module
from tradewind.api.access import cookies
from tradewind.api.access.rights import Need, Resource
from tradewind.api.access.secret_words import hashed
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.health import health
from tradewind.api.problems import NotFound
from tradewind.api.v2.paging import Paging, cut
from tradewind.settings_shown import shown

SECTION = "tradewind"
PROVIDERS = "apache_airflow_provider"
"""Entry point of Airflow's provider packages."""


# ---------------------------------------------------------------------------------------------- health


class PartStatus(Struct, frozen=True):
    status: str | None


class SchedulerStatus(Struct, frozen=True):
    status: str | None
    latest_scheduler_heartbeat: str | None


class TriggererStatus(Struct, frozen=True):
    status: str | None
    latest_triggerer_heartbeat: str | None


class DagProcessorStatus(Struct, frozen=True):
    status: str | None
    latest_dag_processor_heartbeat: str | None


class ApiServerStatus(Struct, frozen=True):
    """Of the process with the latest sign of life; Airflow has no such field, and its clients pass over it."""

    status: str | None
    latest_api_server_heartbeat: str | None


class HealthInfo(Struct, frozen=True):
    metadatabase: PartStatus
    scheduler: SchedulerStatus
    triggerer: TriggererStatus
    dag_processor: DagProcessorStatus
    api_server: ApiServerStatus


def get_health(call: Call[Any, Any]) -> HealthInfo:
    """Whether each part of the service lives."""
    parts = {one.name: one for one in health(call.store.jobs(), call.store.now())}

    def told(part: str) -> tuple[str | None, str | None]:
        found = parts[part]
        at = found.heartbeat_at.isoformat() if found.heartbeat_at is not None else None
        return (None if found.state == "absent" else found.state), at

    state, at = told("scheduler")
    return HealthInfo(
        PartStatus("healthy"),
        SchedulerStatus(state or "unhealthy", at),
        TriggererStatus(*told("triggerer")),
        DagProcessorStatus(*told("dag_processor")),
        ApiServerStatus(*told("api_server")),
    )


# ---------------------------------------------------------------------------------------------- settings


class ConfigOption(Struct, frozen=True):
    key: str
    value: str


class ConfigSection(Struct, frozen=True):
    name: str
    options: tuple[ConfigOption, ...]


class Config(Struct, frozen=True):
    sections: tuple[ConfigSection, ...]


class ConfigQuery(Struct, frozen=True, kw_only=True):
    section: str | None = None


def get_config(call: Call[ConfigQuery, Any]) -> Any:
    """Settings, without what is secret: as JSON, or as text for `Accept: text/plain`."""
    sections = _sections(call)
    wanted = call.query.section
    found = tuple(one for one in sections if wanted in (None, one.name))
    if not found:
        raise NotFound(f"there is no section {wanted!r}", hint=f"there are {', '.join(one.name for one in sections)}")
    return _answer(call, found)


def get_config_value(call: Call[Any, Any]) -> Any:
    """One setting."""
    section, option = call.path["section"], call.path["option"]
    for one in _sections(call):
        found = tuple(each for each in one.options if one.name == section and each.key == option)
        if found:
            return _answer(call, (ConfigSection(section, found),))
    raise NotFound(f"there is no setting {option!r} in section {section!r}")


def _sections(call: Call[Any, Any]) -> list[ConfigSection]:
    """`tradewind` has what stands alone; tables are sections of their own, as in tradewind.toml."""
    found: dict[str, list[ConfigOption]] = {SECTION: []}
    for name in settings_module.field_names():
        group = next((one for one in settings_module.GROUPS if name.startswith(f"{one}_")), None)
        value = shown(name, settings_module.value_of(call.server.settings, name))
        text = value if isinstance(value, str) else msgspec.json.encode(value, enc_hook=str).decode()
        own = name.removeprefix(f"{group}_") if group else name
        found.setdefault(group or SECTION, []).append(ConfigOption(own, text))
    return [ConfigSection(name, tuple(options)) for name, options in found.items()]


def _answer(call: Call[Any, Any], sections: tuple[ConfigSection, ...]) -> Any:
    if not call.headers.get("accept", "").startswith("text/plain"):
        return Config(sections)
    lines = [
        line
        for one in sections
        for line in (f"[{one.name}]", *(f"{option.key} = {option.value}" for option in one.options), "")
    ]
    return Response("\n".join(lines), media_type="text/plain; charset=utf-8")


# ---------------------------------------------------------------------------------------------- packages


class ProviderResponse(Struct, frozen=True):
    package_name: str
    description: str
    version: str
    documentation_url: str | None


class ProviderCollection(Struct, frozen=True):
    providers: tuple[ProviderResponse, ...]
    total_entries: int


class PluginCollection(Struct, frozen=True):
    plugins: tuple[dict[str, Any], ...]
    total_entries: int


class PluginImportErrors(Struct, frozen=True):
    import_errors: tuple[dict[str, str], ...]
    total_entries: int


def get_providers(call: Call[Paging, Any]) -> ProviderCollection:
    """Airflow's provider packages that are installed here; their hooks and operators work in DAG files."""
    found: dict[str, ProviderResponse] = {}
    for point in metadata.entry_points(group=PROVIDERS):
        if point.dist is not None:
            found[point.dist.name] = _provider(point.dist)
    rows = [found[name] for name in sorted(found)]
    return ProviderCollection(tuple(cut(call, rows, {})), len(rows))


def _provider(package: metadata.Distribution) -> ProviderResponse:
    about: Any = package.metadata
    urls = dict(line.partition(", ")[::2] for line in about.get_all("Project-URL") or ())
    return ProviderResponse(package.name, about.get("Summary") or "", package.version, urls.get("Documentation"))


def get_plugins(call: Call[Paging, Any]) -> PluginCollection:
    """Plugins: there are none, since no code of a user's runs in this process."""
    return PluginCollection((), 0)


def import_errors(call: Call[Any, Any]) -> PluginImportErrors:
    """Plugins that could not be imported: none is tried."""
    return PluginImportErrors((), 0)


# ---------------------------------------------------------------------------------------------- signing in


class LoginQuery(Struct, frozen=True, kw_only=True):
    next: str | None = None
    """Where to go then: a path of this server."""


def login(call: Call[LoginQuery, Any]) -> Response:
    """To the sign-in page."""
    wanted = call.query.next or ""
    is_here = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and "\\" not in wanted
    return RedirectResponse(f"/signin?next={quote(wanted, safe='')}" if is_here else "/signin", 307)


def logout(call: Call[Any, Any]) -> Response:
    """End the browser's session, and to the sign-in page."""
    word = call.cookies.get(cookies.SESSION)
    if word:
        call.store.end_session(hashed(word))
    response = RedirectResponse("/signin", 307)
    cookies.forget_session(response, is_secure=call.client.is_tls)
    return response


CONFIG = Need(Resource.CONFIG)


def _operation(path: str, do: Any, tag: str, needs: Need | None, **more: Any) -> Operation:
    return Operation(method="GET", path=f"/api/v2{path}", name=do.__name__, tag=tag, needs=needs, do=do, **more)


OPERATIONS = (
    _operation("/monitor/health", get_health, "Monitor", None, answer=HealthInfo),
    _operation("/config", get_config, "Config", CONFIG, query=ConfigQuery, answer=Config, errors=(404,)),
    _operation("/config/section/{section}/option/{option}", get_config_value, "Config", CONFIG, answer=Config),
    _operation("/providers", get_providers, "Provider", CONFIG, query=Paging, answer=ProviderCollection),
    _operation("/plugins", get_plugins, "Plugin", CONFIG, query=Paging, answer=PluginCollection),
    _operation("/plugins/importErrors", import_errors, "Plugin", CONFIG, answer=PluginImportErrors),
    _operation("/auth/login", login, "Login", None, query=LoginQuery, status=307),
    _operation("/auth/logout", logout, "Login", None, status=307),
)
