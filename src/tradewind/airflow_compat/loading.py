"""Airflow's helpers around modules: import by name, name of an object, modules of a package, names of DAG modules."""

from __future__ import annotations

import hashlib
import pkgutil
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any


def import_string(dotted_path: str) -> Any:
    """The object named `module.name`. Raises ImportError."""
    module, dot, name = dotted_path.rpartition(".")
    if not dot:
        raise ImportError(f"{dotted_path} doesn't look like a module path")
    try:
        return getattr(import_module(module), name)
    except AttributeError as error:
        raise ImportError(f'Module "{module}" does not define a "{name}" attribute/class') from error


def qualname(o: object | Callable[..., Any], use_qualname: bool = False, exclude_module: bool = False) -> str:
    """`module.Class` of a class or function, or of an object's class."""
    named: Any = o if callable(o) and hasattr(o, "__qualname__") else type(o)
    name = named.__qualname__ if use_qualname else named.__name__
    return name if exclude_module else f"{named.__module__}.{name}"


def is_valid_dotpath(path: str) -> bool:
    return isinstance(path, str) and all(part.isidentifier() for part in path.split("."))  # pyright: ignore


def iter_namespace(ns: ModuleType) -> Iterator[str]:
    """Names of the modules below a package."""
    return (info.name for info in pkgutil.iter_modules(ns.__path__, f"{ns.__name__}."))


def get_unique_dag_module_name(file_path: str) -> str:
    """A module name for a DAG file that no other DAG file has."""
    digest = hashlib.sha1(str(file_path).encode(), usedforsecurity=False).hexdigest()
    return f"unusual_prefix_{digest}_{Path(file_path).stem.replace('-', '_').replace('.', '_')}"


def add_deprecated_classes(module_imports: dict[str, dict[str, str]], package: str, *_: Any, **__: Any) -> None:
    """Airflow's way to let a package's old module names go on working: they import from the new place."""

    for module, names in module_imports.items():
        for name, target in names.items():
            if module == "__init__":
                _provide(sys.modules[package], name, target)
            else:
                full = f"{package}.{module}"
                _provide(sys.modules.setdefault(full, ModuleType(full)), name, target)


def _provide(module: ModuleType, name: str, target: str) -> None:
    waiting: dict[str, str] = module.__dict__.setdefault("_tradewind_deprecated_names", {})
    waiting[name] = target
    if "__getattr__" not in module.__dict__:

        def find(wanted: str) -> Any:
            if wanted in waiting:
                return import_string(waiting[wanted])
            raise AttributeError(f"module {module.__name__!r} has no attribute {wanted!r}")

        module.__dict__["__getattr__"] = find
