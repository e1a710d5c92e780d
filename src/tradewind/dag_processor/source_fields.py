"""Which arguments of operators read otherwise in two versions of a DAG file: those that no spec has, like a
bash_command. From the text alone; pure."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from itertools import zip_longest

from tradewind.dag_processor.comparing import Difference

FUNCTION = "function"


def changed_fields(before: str, after: str, task_ids: Iterable[str]) -> dict[str, tuple[Difference, ...]]:
    """Task → arguments whose text differs; `function`: that of a `@task`, its first line that does. Tasks whose call
    cannot be found by their id (made in a loop, say) are left out."""
    old, new = _fields_by_task(before), _fields_by_task(after)
    found: dict[str, tuple[Difference, ...]] = {}
    for task_id in task_ids:
        one, other = old.get(task_id), new.get(task_id)
        if one is None or other is None:
            continue
        names = [*one, *(name for name in other if name not in one)]
        differing = tuple(
            _difference(name, one.get(name), other.get(name)) for name in names if one.get(name) != other.get(name)
        )
        if differing:
            found[task_id] = differing
    return found


def _difference(name: str, before: str | None, after: str | None) -> Difference:
    """Of a function the first lines that differ."""
    if name == FUNCTION and before is not None and after is not None:
        pairs = zip_longest(before.splitlines(), after.splitlines(), fillvalue="")
        before, after = next((one.strip(), other.strip()) for one, other in pairs if one != other)
    return Difference(name, before, after)


def _fields_by_task(text: str) -> dict[str, dict[str, str]]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return {}
    found: dict[str, dict[str, str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            fields = {one.arg: ast.unparse(one.value) for one in node.keywords if one.arg is not None}
            task_id = next((one.value for one in node.keywords if one.arg == "task_id"), None)
            if isinstance(task_id, ast.Constant) and isinstance(task_id.value, str):
                found[task_id.value] = {name: value for name, value in fields.items() if name != "task_id"}
        elif isinstance(node, ast.FunctionDef) and any(_is_task(one) for one in node.decorator_list):
            found.setdefault(node.name, {})[FUNCTION] = ast.unparse(node)
    return found


def _is_task(decorator: ast.expr) -> bool:
    """`@task`, `@task.branch`, `@task(retries=3)` …"""
    named = decorator.func if isinstance(decorator, ast.Call) else decorator
    while isinstance(named, ast.Attribute):
        named = named.value
    return isinstance(named, ast.Name) and named.id == "task"
