"""The import hook: the first finder of all, it acts on `airflow` and `airflow.…` alone.

Nothing of the table is imported until somebody imports `airflow`: a process that never does pays for one comparison per
import. Installed provider packages (`airflow.providers.<x>`) are found by their files; an installed Airflow is not.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

ROOT = "airflow"
PROVIDERS = "airflow.providers"


class AirflowFinder:
    """Finds the modules of the table, then those of installed providers, then says what to use instead."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not (fullname == ROOT or fullname.startswith("airflow.")):
            return None
        from tradewind.airflow_compat import modules  # the table is loaded when somebody imports airflow, not before

        if modules.is_ours(fullname):
            return _spec_of(fullname, modules.CompatLoader())
        if fullname.startswith("airflow.providers."):
            # sys.path may have grown since `airflow.providers` was made.
            places = provider_folders() if fullname.count(".") == 2 else path
            if (found := PathFinder.find_spec(fullname, places)) is not None:
                return found
            if modules.is_fallback(fullname):
                return _spec_of(fullname, modules.CompatLoader())
        if (module := modules.of_a_plugin(fullname)) is not None:
            return _spec_of(fullname, modules.PluginLoader(module))
        raise modules.missing_module(fullname)

    def invalidate_caches(self) -> None:
        PathFinder.invalidate_caches()


def _spec_of(fullname: str, loader: Any) -> ModuleSpec:
    # Every module of ours is a package: `from airflow.x import missing` then comes back here as `airflow.x.missing`,
    # and the author reads our text instead of Python's "cannot import name".
    spec = ModuleSpec(fullname, loader, origin="tradewind", is_package=True)
    spec.submodule_search_locations = provider_folders() if fullname == PROVIDERS else []
    return spec


def provider_folders() -> list[str]:
    """Where installed providers' files are: `airflow/providers` below each entry of sys.path."""
    folders = (os.path.join(entry or os.getcwd(), "airflow", "providers") for entry in sys.path)
    return [folder for folder in dict.fromkeys(folders) if os.path.isdir(folder)]


FINDER = AirflowFinder()


def install() -> None:
    """From now on this process answers `import airflow…`. Calling it again changes nothing.

    Modules of a real Airflow that were imported before are dropped, so that there is one class per concept."""
    if FINDER in sys.meta_path:
        return
    for name in [name for name in sys.modules if name == ROOT or name.startswith("airflow.")]:
        if getattr(sys.modules[name].__spec__, "origin", "") != "tradewind":
            del sys.modules[name]
    sys.meta_path.insert(0, FINDER)  # pyright: ignore[reportArgumentType]  # Loader-typed protocol of typeshed


def uninstall() -> None:
    """Undo `install` (for tests)."""
    if FINDER in sys.meta_path:
        sys.meta_path.remove(FINDER)  # pyright: ignore[reportArgumentType]
    for name in [name for name in sys.modules if name == ROOT or name.startswith("airflow.")]:
        del sys.modules[name]


def is_installed() -> bool:
    return FINDER in sys.meta_path


def load(dotted: str) -> Any:
    """The object of a table's target, `package.module:attribute`; without a colon the module itself."""
    module, _, attribute = dotted.partition(":")
    found: Any = import_module(module)
    for part in attribute.split(".") if attribute else ():
        found = getattr(found, part)
    return found
