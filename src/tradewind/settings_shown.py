"""Every setting with its value as it may be shown, where that comes from, and what it means."""

from __future__ import annotations

import ast
import inspect
import os
import tomllib
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tradewind import settings as settings_module
from tradewind.model.database_url import without_password
from tradewind.settings import ENVIRONMENT_PREFIX, Settings

MASK = "***"
SECRET = frozenset({"smtp_password", "oidc_client_secret"})


def origins(found: Settings, cwd: Path | None = None) -> dict[str, str]:
    """Setting → `default`, the file, or the environment variable that set it."""
    files = [found.home / "tradewind.toml", (cwd or Path.cwd()) / "tradewind.toml"]
    named = [(str(file), _names_in(file)) for file in files]
    return {name: _origin(name, named) for name in settings_module.field_names()}


def documentation() -> dict[str, str]:
    """Setting → its field's docstring, from the source of `settings`."""
    found = _docs_of(Settings.__name__)
    for group, kind in settings_module.GROUPS.items():
        found |= {f"{group}_{name}": doc for name, doc in _docs_of(kind.__name__).items()}
    return found


def _docs_of(kind: str) -> dict[str, str]:
    source = ast.parse(inspect.getsource(settings_module))
    body = next(node for node in source.body if isinstance(node, ast.ClassDef) and node.name == kind).body
    found: dict[str, str] = {}
    for field, doc in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(doc, ast.Expr):
            found[field.target.id] = " ".join(str(ast.literal_eval(doc.value)).split())
    return found


def _origin(name: str, files: list[tuple[str, set[str]]]) -> str:
    variable = ENVIRONMENT_PREFIX + name.upper()
    if variable in os.environ:
        return f"${variable}"
    return next((file for file, names in reversed(files) if name in names), "default")


def _names_in(file: Path) -> set[str]:
    with suppress(OSError, tomllib.TOMLDecodeError), file.open("rb") as stream:
        return _flat(tomllib.load(stream))
    return set()


def _flat(found: dict[str, Any]) -> set[str]:
    tables = {name: value for name, value in found.items() if name in settings_module.GROUPS}
    inside = {f"{group}_{name}" for group, table in tables.items() for name in table}
    return {*(found.keys() - tables.keys()), *inside}


def shown(name: str, value: Any) -> Any:
    """Without what is secret."""
    if name in SECRET and value:
        return MASK
    if name == "database_url":
        return without_password(value)
    if name == "secrets":
        return [replace(one, token=MASK if one.token else "") for one in value]
    return str(value) if isinstance(value, Path) else value
