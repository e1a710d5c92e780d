"""All that a try depends on, gathered before it runs."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import msgspec
from msgspec import Struct

from tradewind.authoring import ports
from tradewind.authoring.aid import AidedTry
from tradewind.ml.caching import bytecode, content, context_reads
from tradewind.ml.caching.code import CodeWalk, source_of
from tradewind.ml.caching.inputs import inputs_of
from tradewind.ml.caching.packages import is_own
from tradewind.ml.caching.parts import Part, key_of
from tradewind.model.messages import GetXComs
from tradewind.model.values import XCom


class Declared(Struct, frozen=True):
    """What the author says of a task's cache."""

    ignored: frozenset[str] = frozenset()
    version: str = ""
    files: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()


class Fingerprint:
    """`parts` without source texts; `parts_with_sources` is for keeping and for telling what changed."""

    def __init__(self, attempt: AidedTry, declared: Declared) -> None:
        self._walk = CodeWalk()
        self.main = self._reach(attempt.operator)
        own = list(inputs_of(attempt, self._walk, declared.ignored))
        found = [
            *own,
            *_environment(),
            *_from_context(attempt, self._walk, {part.name for part in own}),
            *_declared(attempt, declared),
            *self._walk.parts.values(),
        ]
        ignored = declared.ignored
        self.parts = [part for part in found if not _is_ignored(part, ignored)]
        self.key = key_of(attempt.message.task.dag_id, attempt.message.task.task_id, self.parts)

    def parts_with_sources(self) -> list[Part]:
        sources = self._walk.sources
        return [
            msgspec.structs.replace(part, shown=source_of(sources[part.name]))
            if part.kind == "code" and part.name in sources
            else part
            for part in self.parts
        ]

    def _reach(self, operator: Any) -> str:
        """The task's own code; the name of its function or class."""
        function = getattr(operator, "python_callable", None)
        kind = cast("type[Any]", type(operator))
        self._walk.reach(kind, kind.__qualname__)
        for hook in ("_pre_execute_hook", "_post_execute_hook"):
            if (found := getattr(operator, hook, None)) is not None:
                self._walk.reach(found, hook.strip("_"))
        if function is not None:
            before = len(self._walk.sources)
            self._walk.reach(function, getattr(function, "__qualname__", "python_callable"))
            return list(self._walk.sources)[before] if len(self._walk.sources) > before else kind.__qualname__
        return next(iter(self._walk.sources), kind.__qualname__)


def _is_ignored(part: Part, ignored: frozenset[str]) -> bool:
    """By its kind, or its name; code of other modules by its own name as well: `helper` for `features.text.helper`."""
    if part.name in ignored or part.kind in ignored:
        return True
    return part.kind == "code" and part.name.rpartition(".")[2] in ignored


def _environment() -> Iterator[Part]:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    yield Part("python", "Python", version, version)


def _declared(attempt: AidedTry, declared: Declared) -> Iterator[Part]:
    operator, context = attempt.operator, attempt.context
    if declared.version:
        yield Part("version", "version", declared.version, declared.version)
    if not declared.files and not declared.urls:
        return
    from tradewind.ml.caching.declared import files_of, urls_of  # HTTP: 40 ms, for whoever names some

    folder = Path(getattr(operator.dag, "folder", None) or Path.cwd())
    yield from files_of([operator.render_template(name, context) for name in declared.files], folder)
    yield from urls_of([operator.render_template(url, context) for url in declared.urls])


def _from_context(attempt: AidedTry, walk: CodeWalk, given: set[str]) -> Iterator[Part]:
    operator, codes = attempt.operator, walk.codes
    function = getattr(operator, "python_callable", None)
    parameters, takes_all = _parameters_of(function)
    hands_context = function is None and is_own(sys.modules.get(type(operator).__module__))
    keys = context_reads.named_keys(codes, parameters - given, sees_all=takes_all or hands_context)
    for name, value in context_reads.plain_values(keys, attempt.context).items():
        yield Part("context", name, content.hash_of(value), content.shown(value, name))
    if "params" in keys:
        params: Mapping[str, Any] = attempt.context["params"]
        for name, value in sorted(context_reads.used_params(codes, params).items()):
            yield Part("param", name, content.hash_of(value, walk.special), content.shown(value, name))
    if keys & context_reads.TASK_INSTANCE:
        yield from _pulled(attempt, codes)


def _parameters_of(function: Any) -> tuple[set[str], bool]:
    if function is None:
        return set(), False
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return set(), False
    return {one.name for one in parameters}, any(one.kind is one.VAR_KEYWORD for one in parameters)


def _pulled(attempt: AidedTry, codes: Any) -> Iterator[Part]:
    """What the task may pull by itself: from those right before it, and from tasks whose ids its code names."""
    own, message = attempt.message.task.task_id, attempt.message
    known = {task.task_id for task in attempt.spec.tasks}
    named = known & {text for code in codes for text in bytecode.strings(code)}
    wanted = tuple(sorted((named | set(attempt.operator.upstream_task_ids)) - {own}))
    if not wanted:
        return
    answer = ports.supervisor().ask(GetXComs(message.try_id, wanted, None))
    found: dict[str, list[str]] = {task_id: [] for task_id in wanted}
    for xcom in msgspec.convert(answer or [], list[XCom]):
        told = f"{xcom.map_path}:{xcom.key}:{content.value_hash(xcom.value)}"
        found.setdefault(xcom.task_id, []).append(told)
    for task_id, hashes in found.items():
        yield Part("upstream", task_id, content.hash_of(sorted(hashes)))
