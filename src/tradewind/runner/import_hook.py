"""Call a function once a module has been imported, without importing it: at once where it already is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType


def call_after_import(name: str, function: Callable[[], None]) -> None:
    """`name` is found on sys.path as usual; `function` runs right after its code has."""
    module = sys.modules.get(name)
    if module is not None:
        function()
    elif not any(isinstance(finder, _AfterImport) and finder.name == name for finder in sys.meta_path):
        sys.meta_path.insert(0, _AfterImport(name, function))


class _AfterImport(MetaPathFinder):
    def __init__(self, name: str, function: Callable[[], None]) -> None:
        self.name = name
        self._function = function

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(fullname, path)
        if spec is not None and spec.loader is not None:
            _call_after_exec(spec.loader, self._function)
        return spec


def _call_after_exec(loader: Loader, function: Callable[[], None]) -> None:
    exec_module = loader.exec_module

    def exec_and_call(module: ModuleType) -> None:
        exec_module(module)
        function()

    loader.exec_module = exec_and_call
