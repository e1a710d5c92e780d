"""Installed Airflow provider packages, found through their entry points: which hook serves which connection type."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any, NamedTuple

from tradewind.authoring.exceptions import AirflowException

ENTRY_POINT_GROUP = "apache_airflow_provider"


class HookInfo(NamedTuple):
    """Class of the hook that serves one connection type, as `module.Class`."""

    connection_type: str
    hook_class_name: str
    package_name: str

    def load(self) -> Any:
        """The hook's class. The provider's own import error comes through."""
        module, _, name = self.hook_class_name.rpartition(".")
        return getattr(importlib.import_module(module), name)


class ProviderInfo(NamedTuple):
    package_name: str
    version: str
    data: dict[str, Any]


OWN_HOOKS = (
    HookInfo("fs", "tradewind.hooks.filesystem.FSHook", "tradewind"),
    HookInfo("smtp", "tradewind.hooks.smtp.SmtpHook", "tradewind"),
)


@cache
def installed() -> dict[str, ProviderInfo]:
    """Provider packages by distribution name. One that fails to load is left out: its own import will say why."""
    from importlib import metadata  # 12 ms, which most processes never need

    found: dict[str, ProviderInfo] = {}
    for entry in metadata.entry_points(group=ENTRY_POINT_GROUP):
        try:
            data = entry.load()()
        except Exception:
            continue
        name = str(data.get("package-name", entry.dist.name if entry.dist else entry.name))
        found[name] = ProviderInfo(name, entry.dist.version if entry.dist else "", data)
    return dict(sorted(found.items()))


@cache
def hooks() -> dict[str, HookInfo]:
    """Hook classes by connection type; our own win."""
    found: dict[str, HookInfo] = {}
    for provider in installed().values():
        for item in provider.data.get("connection-types", ()):
            kind, path = item["connection-type"], item["hook-class-name"]
            found[kind] = HookInfo(kind, path, provider.package_name)
    return found | {hook.connection_type: hook for hook in OWN_HOOKS}


def hook_of(connection_type: str, conn_id: str = "") -> HookInfo:
    """Raises AirflowException where no installed package serves this type."""
    if found := hooks().get(connection_type):
        return found
    raise AirflowException(
        f"no installed package has a hook for connection {conn_id!r} of type {connection_type!r}",
        hint=f"install the provider that serves it, e.g. apache-airflow-providers-{connection_type.replace('_', '-')}",
    )
