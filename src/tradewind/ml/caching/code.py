"""The code that a task runs: its function, and what that reaches in the user's own modules, transitively.

Own functions and classes count by their bytecode, defaults, closures and the globals they look up; own modules that are
imported only while the task runs count whole; installed packages count by their version.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import inspect
import logging
import sys
import threading
from collections.abc import Iterable, Mapping
from types import BuiltinFunctionType, CellType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any, cast

from tradewind.authoring.aid import Aid
from tradewind.authoring.nodes import DependencyMixin
from tradewind.authoring.taskflow import TaskDecorator
from tradewind.ml.caching import bytecode, content
from tradewind.ml.caching.packages import is_own, own_spec, package_version
from tradewind.ml.caching.parts import CannotTell, Kind, Part
from tradewind.model.warm import DAG_MODULE_PREFIX

_OF_NO_CONSEQUENCE: tuple[Any, ...] = (
    logging.Logger,
    logging.LoggerAdapter,
    DependencyMixin,
    Aid,
    type(threading.Lock()),
)
"""What a function may look up without its result depending on it: loggers, locks, parts of the DAG."""
_ONLY_DATA = frozenset({"numpy", "pandas", "polars", "pyarrow", "torch", "scipy", "datetime", "decimal", "pathlib"})
LEVELS_LOOKED_INTO = 6
MOST_OBJECTS_LOOKED_INTO = 2_000
MOST_LOOKED_INTO = 100
"""Items of a container in which functions are looked for."""
_CLASS_EXTRAS = frozenset(
    {"__module__", "__dict__", "__weakref__", "__doc__", "__qualname__", "__firstlineno__", "__static_attributes__"}
    | {"__annotations__", "__annotate__", "__annotate_func__", "__annotations_cache__", "__abstractmethods__"}
    | {
        "_abc_impl",
        "__parameters__",
        "__orig_bases__",
        "__match_args__",
        "__dataclass_fields__",
        "__dataclass_params__",
    }
)


class CodeWalk:
    """Call `reach` with what the task runs; then look at what was found."""

    def __init__(self) -> None:
        self.parts: dict[tuple[Kind, str], Part] = {}
        self.sources: dict[str, Any] = {}
        """Name of a code part → the object, for its source text."""
        self.codes: list[CodeType] = []
        """Every piece of own code, for what else it says."""
        self._seen: dict[int, str] = {}
        self._names: set[str] = set()
        self._looked_into: set[int] = set()
        self._alive: list[Any] = []

    def reach(self, value: Any, name: str) -> None:
        """Whatever a name in own code stands for."""
        value = _unwrapped(value)
        if isinstance(value, functools.partial):
            self.reach(cast("Any", value).func, name)
            self._data(f"{name} (its arguments)", (list(value.args), dict(value.keywords)))
        elif isinstance(value, MethodType):
            self.reach(value.__func__, name)
            if not isinstance(value.__self__, type):
                self.reach(value.__self__, f"{name}'s object")
        elif isinstance(value, FunctionType):
            self._function(value, name)
        elif isinstance(value, type):
            self._class(value)
        elif isinstance(value, ModuleType):
            self._package(value.__name__)  # an own one counts by what is looked up in it, see `_lookups`
        elif isinstance(value, (BuiltinFunctionType, property)) or _is_of_ours(value):
            self._package(getattr(value, "__module__", None) or "builtins")
        elif not isinstance(value, _OF_NO_CONSEQUENCE):
            self._data(name, value)

    def look_into(self, value: Any) -> None:
        """An argument: what it holds of the user's own functions and classes."""
        self._own_functions_in(value, LEVELS_LOOKED_INTO)

    def special(self, value: Any) -> str | None:
        """For `content.hash_of`: functions and classes inside of data."""
        value = _unwrapped(value)
        if isinstance(value, (FunctionType, type, MethodType, functools.partial, BuiltinFunctionType)):
            name = _name_of(value)
            self.reach(value, name)
            return f"code:{name}"
        if isinstance(value, _OF_NO_CONSEQUENCE) or _is_of_ours(value):
            return f"instance:{_name_of(type(value))}"
        return None

    # ---- own code

    def _function(self, function: FunctionType, called: str = "") -> None:
        """`called`: by the code that calls it; a lambda has no other name."""
        if id(function) in self._seen:
            return
        if not _is_own_function(function):
            self._seen[id(function)] = ""
            self._alive.append(function)
            self._package(function.__module__ or "builtins")
            self._own_functions_in(
                function.__closure__ or (), LEVELS_LOOKED_INTO
            )  # a library's decorator, without wraps
            return
        name = self._remember(function, called if function.__name__ == "<lambda>" else "")
        code = function.__code__
        self.codes.append(code)
        defaults = [*(function.__defaults__ or ()), *sorted((function.__kwdefaults__ or {}).items())]
        hashes = [bytecode.digest(code), *(self._hash_or_type(value) for value in defaults)]
        self._add("code", name, _sha(hashes), source=function)
        self._closure(function, name)
        self._lookups(code, function.__globals__)

    def _closure(self, function: FunctionType, name: str) -> None:
        for variable, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=False):
            try:
                held = cell.cell_contents
            except ValueError:  # not assigned yet
                continue
            if held is not function:
                self.reach(held, f"{variable} of {name}")

    def _class(self, cls: type) -> None:
        module = sys.modules.get(cls.__module__)
        if module is None or not is_own(module):
            self._package(cls.__module__)
            return
        if id(cls) in self._seen:
            return
        name = self._remember(cls)
        hashes: list[str] = []
        for attribute, value in sorted(vars(cls).items()):
            if attribute in _CLASS_EXTRAS:
                continue
            hashes += [attribute, *self._member(value, f"{name}.{attribute}")]
        hashes += [str(sorted((key, str(kind)) for key, kind in vars(cls).get("__annotations__", {}).items()))]
        hashes += [_name_of(base) for base in cls.__bases__]
        self._add("code", name, _sha(hashes), source=cls)
        for base in cls.__bases__:
            self._class(base)

    def _member(self, value: Any, name: str) -> Iterable[str]:
        """Hashes of what stands in the body of a class."""
        value = _unwrapped(value)
        functions = [value.fget, value.fset, value.fdel] if isinstance(value, property) else [value]
        functions = [value.func] if isinstance(value, functools.cached_property) else functions
        for one in functions:
            if isinstance(one, FunctionType) and _is_own_function(one):
                self.codes.append(one.__code__)
                yield bytecode.digest(one.__code__)
                yield self._hash_or_type([list(one.__defaults__ or ()), dict(one.__kwdefaults__ or {})])
                self._closure(one, name)
                self._lookups(one.__code__, one.__globals__)
            elif isinstance(one, FunctionType):
                yield _name_of(one)  # made by a library: a dataclass's __init__
                self._function(one)
            elif one is not None:
                yield self._hash_or_type(one)

    def _lookups(self, code: CodeType, namespace: Mapping[str, Any]) -> None:
        attributes = bytecode.names(code)
        for name in sorted(bytecode.global_names(code)):
            if name in namespace and not (name.startswith("__") and name.endswith("__")):
                self._looked_up(name, namespace[name], attributes)
        package = str(namespace.get("__package__") or "")
        for module, level, wanted in bytecode.imported(code):
            self._imported(module, level, wanted, package)

    def _looked_up(self, name: str, value: Any, attributes: set[str]) -> None:
        if not isinstance(value, ModuleType) or not is_own(value):
            self.reach(value, name)
            return
        for attribute in sorted(attributes & vars(value).keys()):
            self._looked_up(f"{name}.{attribute}", vars(value)[attribute], attributes)

    # ---- modules that are imported while the task runs

    def _imported(self, module: str, level: int, wanted: tuple[str, ...], package: str) -> None:
        try:
            name = importlib.util.resolve_name("." * level + module, package) if level else module
        except ImportError:
            return
        spec = own_spec(name)
        if spec is None:
            self._package(name)
            return
        self._module(name, spec)
        for one in wanted:
            if (below := own_spec(f"{name}.{one}")) is not None:
                self._module(f"{name}.{one}", below)

    def _module(self, name: str, spec: Any) -> None:
        if ("code", f"module {name}") in self.parts:
            return
        try:
            code = spec.loader.get_code(name)
        except (ImportError, SyntaxError, OSError, AttributeError):
            code = None
        if code is None:
            raise CannotTell(f"the module {name}, which it imports, has no code that could be compared")
        self._add("code", f"module {name}", bytecode.digest(code), source=(spec.loader, name))
        self.codes.append(code)
        package = name if spec.submodule_search_locations is not None else name.rpartition(".")[0]
        for module, level, wanted in bytecode.imported(code):
            self._imported(module, level, wanted, package)

    # ---- data, packages

    def _data(self, name: str, value: Any) -> None:
        self._own_functions_in(value, LEVELS_LOOKED_INTO)
        self._add("global", name, self._hash_or_type(value), shown=content.shown(value, name))

    def _own_functions_in(self, value: Any, levels: int) -> None:
        """The user's own functions and classes that an object holds are only named in its bytes, where it has any: a
        step of a scikit-learn pipeline, a function that a library has made faster."""
        if isinstance(value, (FunctionType, MethodType, functools.partial, type)):
            self.reach(value, _name_of(value))
            return
        if levels == 0 or isinstance(value, (*content.PLAIN, ModuleType, *_OF_NO_CONSEQUENCE)) or _is_of_ours(value):
            return
        if id(value) in self._looked_into or len(self._looked_into) > MOST_OBJECTS_LOOKED_INTO:
            return
        self._looked_into.add(id(value))
        self._alive.append(value)
        if isinstance(value, CellType):
            held: list[Any] = [value.cell_contents] if _is_assigned(value) else []
        elif isinstance(value, Mapping):
            held = list(cast("Mapping[Any, Any]", value).values())
        elif isinstance(value, (list, tuple, set, frozenset)):
            held = list(cast("Iterable[Any]", value))
        elif type(value).__module__.partition(".")[0] in _ONLY_DATA:
            return
        else:
            self._class(cast("type[Any]", type(value)))
            held = list(getattr(value, "__dict__", {}).values())
        for one in held[:MOST_LOOKED_INTO]:
            self._own_functions_in(one, levels - 1)

    def _hash_or_type(self, value: Any) -> str:
        """What cannot be hashed (an open client) counts by its type."""
        try:
            return content.hash_of(value, self.special)
        except CannotTell:
            self.reach(type(value), type(value).__qualname__)
            return f"a {_name_of(type(value))}"

    def _package(self, module: str) -> None:
        if (found := package_version(module)) is not None:
            self._add("package", found[0], found[1], shown=found[1])

    def _add(self, kind: Kind, name: str, found: str, *, shown: str = "", source: Any = None) -> None:
        self.parts[kind, name] = Part(kind, name, found, shown)
        if source is not None:
            self.sources[name] = source

    def _remember(self, value: Any, called: str = "") -> str:
        """A name of its own: two may have the same."""
        name = base = called or _name_of(value)
        number = 1
        while name in self._names:
            number += 1
            name = f"{base} ({number})"
        self._names.add(name)
        self._seen[id(value)] = name
        self._alive.append(value)  # its id must stay its own
        return name


def source_of(found: Any) -> str:
    """The text of a function, a class, or (loader, module name); "" where there is none."""
    try:
        if isinstance(found, tuple):
            loader, name = cast("tuple[Any, str]", found)
            return loader.get_source(name) or ""
        return inspect.getsource(found)
    except (OSError, TypeError, ImportError, SyntaxError, IndexError):
        return ""


def _is_assigned(cell: CellType) -> bool:
    try:
        _ = cell.cell_contents
    except ValueError:
        return False
    return True


def _is_own_function(function: FunctionType) -> bool:
    module = sys.modules.get(function.__module__ or "")
    return is_own(module) if module is not None else is_own(function.__code__.co_filename)


def _unwrapped(value: Any) -> Any:
    """The function inside of decorators that show it."""
    while True:
        if isinstance(value, TaskDecorator):
            value = value.function
        elif isinstance(value, (staticmethod, classmethod)):
            value = cast("Any", value).__func__
        elif isinstance(value, (FunctionType, type)) or not _is_wrapper(value):
            return value
        else:
            value = value.__wrapped__


def _is_wrapper(value: Any) -> bool:
    """`functools.cache` and decorators that are objects; not whatever answers to any name (a mock, a proxy)."""
    own = cast("dict[str, Any]", getattr(value, "__dict__", {}))
    is_cached = isinstance(value, functools._lru_cache_wrapper)  # pyright: ignore[reportPrivateUsage]
    return is_cached or isinstance(own.get("__wrapped__"), FunctionType)


def _is_of_ours(value: Any) -> bool:
    return type(value).__module__.partition(".")[0] in ("tradewind", "airflow")


def _name_of(value: Any) -> str:
    """As people name it: of the DAG file itself without the file."""
    if isinstance(value, functools.partial):
        return f"partial of {_name_of(cast('Any', value).func)}"
    name = getattr(value, "__qualname__", None) or type(value).__qualname__
    module = getattr(value, "__module__", None) or ""
    return name if not module or module.startswith(DAG_MODULE_PREFIX) else f"{module}.{name}"


def _sha(texts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode(errors="surrogatepass")).hexdigest()
