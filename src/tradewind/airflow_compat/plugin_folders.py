"""What the plugins of an Airflow project bring under Airflow's names: `airflow.operators.<plugin>`, in 1.10 also
`from airflow.operators import <Class>`, and `macros.<plugin>.<function>` in templates.

Plugins lie in the folder `plugins` beside the DAG folder, which is on sys.path by then, or in that of the home. They
are imported when a name is asked for that nothing else has."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from tradewind.airflow_compat.plugins import AirflowPlugin
from tradewind.authoring import defaults, macros

KINDS = {
    "airflow.operators": "operators",
    "airflow.sensors": "sensors",
    "airflow.hooks": "hooks",
    "airflow.macros": "macros",
    "airflow.executors": "executors",
}
"""Module → attribute of the plugin class whose members appear below it."""
MARK = b"AirflowPlugin"
_loading: list[bool] = []


def find_class(module: str, name: str) -> Any:
    """`from airflow.operators import MyOperator`: that class of any plugin, or None."""
    if module not in KINDS or not name.isidentifier() or name.startswith("__"):  # Python asks for `__path__` and such
        return None
    return next((found[name] for plugin in plugins() if name in (found := _members(plugin, KINDS[module]))), None)


def find_module(fullname: str) -> ModuleType | None:
    """`airflow.operators.my_plugin`: a module with the operators of the plugin of that name, or None."""
    parent, _, name = fullname.rpartition(".")
    if parent not in KINDS:
        return None
    plugin = next((plugin for plugin in plugins() if plugin.name == name), None)
    members = _members(plugin, KINDS[parent]) if plugin is not None else {}
    if not members:
        return None
    module = ModuleType(fullname, f"{KINDS[parent]} of the plugin {name!r}.")
    module.__dict__.update(members)
    return module


def plugins() -> list[type[AirflowPlugin]]:
    """All plugin classes. Raises ImportError, naming the file, where one cannot be imported."""
    if _loading:  # a plugin may import from airflow.operators what is not there: it must not wait for itself
        return []
    _loading.append(True)
    try:
        return _plugins(tuple(folders()))
    finally:
        _loading.clear()


def folders() -> list[str]:
    """Folders of plugins that are there."""
    candidates = [path for path in sys.path if os.path.basename(path) == "plugins"]
    candidates.append(str(defaults.current().home / "plugins"))
    return [path for path in dict.fromkeys(candidates) if os.path.isdir(path)]


@cache
def _plugins(places: tuple[str, ...]) -> list[type[AirflowPlugin]]:
    found: dict[int, type[AirflowPlugin]] = {}
    for place in places:
        if place not in sys.path:
            sys.path.append(place)
        for file in _files(Path(place)):
            module = _import(file, Path(place))
            kinds = [value for value in vars(module).values() if _is_plugin(value)]
            found |= {id(kind): kind for kind in kinds}
    return list(found.values())


def _files(place: Path) -> Iterator[Path]:
    """Modules that name AirflowPlugin: nothing else in the folder is imported for its plugins."""
    for file in sorted(place.rglob("*.py")):
        if MARK in file.read_bytes():
            yield file


def _import(file: Path, place: Path) -> ModuleType:
    parts = file.relative_to(place).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    try:
        return import_module(name) if name else _import_folder(file)
    except Exception as error:
        raise ImportError(f"the plugin {file} cannot be imported: {type(error).__name__}: {error}") from error


def _import_folder(file: Path) -> ModuleType:
    """`plugins/__init__.py` itself."""
    spec = importlib.util.spec_from_file_location("plugins", file, submodule_search_locations=[str(file.parent)])
    assert spec is not None, "the file was just found"
    assert spec.loader is not None, "a source file has a loader"
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault("plugins", module)
    spec.loader.exec_module(module)
    return module


def _is_plugin(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, AirflowPlugin) and value is not AirflowPlugin


def _members(plugin: type[AirflowPlugin], kind: str) -> dict[str, Any]:
    listed: list[Any] = list(getattr(plugin, kind, None) or ())
    return {getattr(item, "__name__", str(item)): item for item in listed}


macros.look_further(lambda name: find_module(f"airflow.macros.{name}"))
