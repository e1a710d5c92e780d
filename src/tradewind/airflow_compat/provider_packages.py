"""Airflow's ProvidersManager, as provider packages ask it: which hooks and extras the installed packages bring."""

from __future__ import annotations

from typing import Any, NamedTuple

from tradewind.authoring import providers
from tradewind.authoring.providers import HookInfo, ProviderInfo

__all__ = ["DialectInfo", "HookInfo", "ProviderInfo", "ProvidersManager"]


class DialectInfo(NamedTuple):
    """The SQL dialect that a provider brings for one kind of database."""

    name: str
    dialect_class_name: str
    provider_name: str


class ProvidersManager:
    """Reads what `tradewind.authoring.providers` finds; making one costs nothing."""

    @property
    def providers(self) -> dict[str, ProviderInfo]:
        return providers.installed()

    @property
    def hooks(self) -> dict[str, HookInfo]:
        return providers.hooks()

    @property
    def dialects(self) -> dict[str, DialectInfo]:
        return {
            item["dialect-type"]: DialectInfo(item["dialect-type"], item["dialect-class-name"], provider.package_name)
            for provider in self.providers.values()
            for item in provider.data.get("dialects", ())
        }

    @property
    def filesystem_module_names(self) -> list[str]:
        return [name for provider in self.providers.values() for name in provider.data.get("filesystems", ())]

    @property
    def extra_links_class_names(self) -> list[str]:
        return [name for provider in self.providers.values() for name in provider.data.get("extra-links", ())]

    @property
    def field_behaviours(self) -> dict[str, Any]:
        return {}

    @property
    def connection_form_widgets(self) -> dict[str, Any]:
        return {}

    def initialize_providers_list(self) -> None:
        """Found when asked for."""

    def initialize_providers_hooks(self) -> None:
        """Found when asked for."""
