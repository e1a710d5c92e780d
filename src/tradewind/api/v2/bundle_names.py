"""Which bundle a folder of DAG files belongs to: of files that never became a DAG, the store knows the folder alone."""

from __future__ import annotations

from pathlib import Path

from tradewind.api.v2.versions import DEFAULT_BUNDLE
from tradewind.settings import Settings


def bundle_at(settings: Settings, root: str) -> str | None:
    """None for a folder that no bundle of the settings has: its files were run by hand."""
    folder = Path(root)
    for bundle in settings.bundles:
        checkouts = settings.home / "bundles" / bundle.name
        if bundle.kind == "git" and folder.is_relative_to(checkouts):
            return bundle.name
        if bundle.kind == "local" and folder == settings.home / Path(bundle.path).expanduser():
            return bundle.name
    return DEFAULT_BUNDLE if not settings.bundles and folder == Path(settings.dags_folder) else None
