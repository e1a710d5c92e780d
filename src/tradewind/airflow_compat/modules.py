"""The modules that the import hook makes: names from the table, resolved when they are first asked for."""

from __future__ import annotations

import difflib
import pkgutil
import sys
from functools import cache
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from tradewind.airflow_compat import hints, plugin_folders
from tradewind.airflow_compat.hook import load
from tradewind.airflow_compat.names import FALLBACK, TABLE


class CompatModule(ModuleType):
    """One module of Airflow. Names come from the table; modules below it are imported when asked for."""

    def __getattr__(self, name: str) -> Any:
        target = names_of(self.__name__).get(name)
        if target is not None:
            self.__dict__[name] = value = _load(target)
            return value
        below = f"{self.__name__}.{name}"
        if not name.startswith("__") and is_ours(below):
            return import_module(below)
        if (found := plugin_folders.find_class(self.__name__, name)) is not None:
            return found
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}{_advice(below)}", name=name, obj=self)

    def __setattr__(self, name: str, value: Any) -> None:
        # Importing `airflow.decorators.task_group` binds that module in its parent; the parent's function of the same
        # name has to stay what `from airflow.decorators import task_group` gives.
        if isinstance(value, CompatModule) and name in names_of(self.__name__):
            return
        super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*self.__dict__, *names_of(self.__name__), *_children().get(self.__name__, ())})


def _load(target: str) -> Any:
    try:
        return load(target)
    except AttributeError as error:
        # Python would take it for a name that this module does not have, and hide what went wrong in the other.
        raise ImportError(f"{target.replace(':', '.')} cannot be loaded: {error}") from error


class PluginLoader:
    """Gives a module that `plugin_folders` has made."""

    def __init__(self, module: ModuleType) -> None:
        self._module = module

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return self._module

    def exec_module(self, module: ModuleType) -> None:
        """It is complete."""


class CompatLoader:
    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return CompatModule(spec.name, f"Airflow's `{spec.name}`, answered by Tradewind.")

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["__all__"] = list(names_of(module.__name__))


def names_of(module: str) -> dict[str, str]:
    """Name → target of one module; {} for a mere package."""
    return TABLE.get(module) or FALLBACK.get(module) or {}


def of_a_plugin(fullname: str) -> ModuleType | None:
    """The module that a plugin of the author's brings; a path that belonged to Airflow is not looked for there."""
    return None if hints.for_path(fullname) else plugin_folders.find_module(fullname)


def is_ours(module: str) -> bool:
    return module in TABLE or module in _packages() or (hints.leads_to_hints(module) and not _is_providers(module))


def _is_providers(module: str) -> bool:
    return module.startswith("airflow.providers.") and not module.startswith("airflow.providers.standard")


def is_fallback(module: str) -> bool:
    """Whether the table answers for a provider package that is not installed, or for a path that it has dropped."""
    return module in FALLBACK or module in _fallback_packages() or hints.leads_to_hints(module)


def missing_module(fullname: str) -> ModuleNotFoundError:
    """What to say about `import fullname` or `from parent import name`.

    `name` stays unset on purpose: importlib swallows the error for `from parent import name` if it is set."""
    parent, _, name = fullname.rpartition(".")
    if (provider := _installed_provider(fullname)) is not None:
        return ModuleNotFoundError(
            f"the installed package {provider!r} has no module {fullname!r}{_near_file(fullname)}"
        )
    if is_ours(parent) and not fullname.startswith("airflow.providers."):
        return ModuleNotFoundError(f"Tradewind's {parent!r} has no {name!r}{_advice(fullname)}")
    return ModuleNotFoundError(f"Tradewind has no module {fullname!r}{_advice(fullname)}")


def _installed_provider(fullname: str) -> str | None:
    """The provider package whose files are there although this module is not: the author needs no other package."""
    package = sys.modules.get(fullname.rpartition(".")[0])
    if package is None or not _is_providers(fullname) or not getattr(package, "__file__", None):
        return None
    return package.__name__


def _near_file(fullname: str) -> str:
    parent, _, name = fullname.rpartition(".")
    there = [module.name for module in pkgutil.iter_modules(sys.modules[parent].__path__)]
    near = difflib.get_close_matches(name, there, n=1)
    return f": did you mean {near[0]!r}?" if near else ": its versions differ in their modules"


def _advice(fullname: str) -> str:
    if hint := hints.for_path(fullname):
        return f": {hint}"
    parent, _, name = fullname.rpartition(".")
    if places := _places().get(name):
        return f": import it from {places[0]}"
    near = difflib.get_close_matches(name, [*names_of(parent), *_children().get(parent, ())], n=1)
    return f": did you mean {near[0]!r}?" if near else ""


@cache
def _packages() -> frozenset[str]:
    return _ancestors(TABLE)


@cache
def _fallback_packages() -> frozenset[str]:
    return _ancestors(FALLBACK) - _packages()


def _ancestors(table: dict[str, dict[str, str]]) -> frozenset[str]:
    found: set[str] = set()
    for module in table:
        while module := module.rpartition(".")[0]:
            found.add(module)
    return frozenset(found)


@cache
def _children() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for module in {*TABLE, *_packages()}:
        parent, _, name = module.rpartition(".")
        found.setdefault(parent, []).append(name)
    return found


@cache
def _places() -> dict[str, list[str]]:
    """Modules that have a name, the newest and shortest first."""
    found: dict[str, list[str]] = {}
    for module, names in TABLE.items():
        for name in names:
            found.setdefault(name, []).append(module)
    for places in found.values():
        places.sort(key=lambda module: (not module.startswith(("airflow.sdk", "airflow.providers")), len(module)))
    return found
