"""What a task's code takes from its context: params, dates, the values of other tasks that it pulls by itself."""

from __future__ import annotations

import dis
from collections.abc import Iterable, Mapping
from types import CodeType
from typing import Any

from tradewind.authoring.call import CONTEXT_KEYS
from tradewind.ml.caching import bytecode
from tradewind.ml.caching.parts import CannotTell

TASK_INSTANCE = frozenset({"ti", "task_instance"})
NO_INPUT = frozenset(
    {"asset_state_store", "conf", "conn", "dag", "exception", "expanded_ti_count", "inlets", "log_metric", "macros"}
    | {"map_index_template", "outlet_events", "outlets", "progress", "reason", "start_date", "task", "task_instance"}
    | {"task_instance_key_str", "task_reschedule_count", "task_state_store", "templates_dict", "test_mode", "ti"}
    | {"try_number", "var"}
)
"""Nothing that a result should depend on, or (variables, connections) nothing that can be known before the task asks:
see docs/howto/ml-cache.md. What is pulled through `ti` is looked at by itself."""
OPAQUE = frozenset({"inlet_events"})
_OF_THE_RUN = {
    "logical_date",
    "execution_date",
    "run_id",
    "conf",
    "data_interval_start",
    "data_interval_end",
    "run_type",
}


def named_keys(codes: Iterable[CodeType], parameters: Iterable[str], *, sees_all: bool) -> set[str]:
    """Context variables that the code can look at: those its function names, and, where it gets the whole context
    (`**kwargs`, `get_current_context()`), those that it has the name of."""
    found: set[str] = set(CONTEXT_KEYS.intersection(parameters))
    for code in codes:
        names = bytecode.names(code)
        if sees_all or "get_current_context" in names:
            found |= CONTEXT_KEYS & bytecode.strings(code)
            found |= CONTEXT_KEYS & {name for name in names if name != "conf"}
    if found & (TASK_INSTANCE | {"dag_run"}):
        for code in codes:
            found |= _OF_THE_RUN & bytecode.names(code) & CONTEXT_KEYS
    return found


def plain_values(keys: Iterable[str], context: Mapping[str, Any]) -> dict[str, Any]:
    """Of these, the ones that count, by name; as plain values. Raises CannotTell where one cannot be known."""
    found: dict[str, Any] = {}
    for key in sorted(keys):
        if key in OPAQUE:
            raise CannotTell(f"it reads {key!r}, which can only be known while it runs")
        if key == "dag_run":
            found["dag_run.conf"] = dict(context["dag_run"].conf or {})
        elif key not in NO_INPUT and key != "params":
            value = context[key]
            found[key] = value if isinstance(value, (str, int, float, type(None))) else str(value)
    return found


def used_params(codes: Iterable[CodeType], params: Mapping[str, Any]) -> dict[str, Any]:
    """The params that the code looks up by name; all of them where it does anything else with `params`."""
    wanted: set[str] = set()
    for code in codes:
        for one in bytecode.nested(code):
            if (found := _looked_up_in_params(one)) is None:
                return dict(params)
            wanted |= found
    return {name: value for name, value in params.items() if name in wanted}


def _looked_up_in_params(code: CodeType) -> set[str] | None:
    """`params["lr"]`, `params.get("lr")`, `context["params"]["lr"]`. None: something else is done with them."""
    if "params" not in {*code.co_varnames, *code.co_names, *code.co_freevars} and "params" not in code.co_consts:
        return set()
    found: set[str] = set()
    steps = [one for one in dis.get_instructions(code) if one.opname not in ("CACHE", "RESUME", "NOP", "PUSH_NULL")]
    for place, step in enumerate(steps):
        after = place + 1
        if step.argval != "params" or not step.opname.startswith("LOAD_"):
            continue
        if step.opname == "LOAD_CONST":
            if after < len(steps) and not _is_subscript(steps[after]):
                return None  # passed to something, or a text of another meaning
            after += 1
        if (name := _name_after(steps, after)) is None:
            return None
        found.add(name)
    return found


def _name_after(steps: list[dis.Instruction], place: int) -> str | None:
    if place < len(steps) and steps[place].opname in ("LOAD_METHOD", "LOAD_ATTR") and steps[place].argval == "get":
        constant = steps[place + 1] if place + 1 < len(steps) else None
        return constant.argval if constant is not None and _is_text(constant) else None
    if place + 1 < len(steps) and _is_text(steps[place]) and _is_subscript(steps[place + 1]):
        return steps[place].argval
    return None


def _is_text(step: dis.Instruction) -> bool:
    return step.opname == "LOAD_CONST" and isinstance(step.argval, str)


def _is_subscript(step: dis.Instruction) -> bool:
    return step.opname == "BINARY_SUBSCR" or (step.opname == "BINARY_OP" and "[" in (step.argrepr or ""))
