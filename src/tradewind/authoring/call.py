"""Calling an author's function with what it asks for: its own arguments, and the context variables it names.

Airflow's rule: a parameter named like a context variable gets it; `**kwargs` gets the whole context; everything else
has to be given. https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/taskflow.html#context
"""

from __future__ import annotations

import inspect
from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from typing import Any

_CONTEXT_NAMES = """asset_state_store conf conn dag dag_run data_interval_end data_interval_start ds ds_nodash
    exception execution_date expanded_ti_count inlet_events inlets latest_date log_metric logical_date macros
    map_index_template next_ds next_ds_nodash next_execution_date outlet_events outlets params partition_date
    partition_key prev_data_interval_end_success prev_data_interval_start_success prev_ds prev_ds_nodash
    prev_end_date_success prev_execution_date prev_execution_date_success prev_start_date_success progress reason
    run_id start_date task task_instance task_instance_key_str task_reschedule_count task_state_store templates_dict
    test_mode ti tomorrow_ds tomorrow_ds_nodash triggering_asset_events triggering_dataset_events try_number ts
    ts_nodash ts_nodash_with_tz var yesterday_ds yesterday_ds_nodash"""
CONTEXT_KEYS = frozenset(_CONTEXT_NAMES.split())
"""Names a function may ask for without being given them; the authoring of all Airflow versions from 1.10 to 3.3."""


def call_with_context(
    function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any], context: Mapping[str, Any]
) -> Any:
    """Call the function with its own arguments and the context variables it asks for."""
    offered: ChainMap[str, Any] = ChainMap(dict(kwargs), context)  # pyright: ignore[reportArgumentType]
    return function(*args, **determine_kwargs(function, args, offered))


def determine_kwargs(function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """Of `kwargs` (a context, with the author's own on top), those that the function takes beside `args`.

    `kwargs` is read key by key, since a context computes a value when it is asked for. As in Airflow, an argument that
    the function does not take is dropped. Raises ValueError where `args` fill a parameter that is named in `kwargs`."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):  # built-in functions without a signature take no context
        return {}
    by_position = [p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)][: len(args)]
    for name in by_position:
        if name in kwargs:
            raise ValueError(
                f"The key {name!r} in args is a part of kwargs and therefore reserved: {name_of(function)}() would get "
                "it twice, by position and by name"
            )
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return {name: kwargs[name] for name in kwargs}
    wanted = [p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
    return {name: kwargs[name] for name in wanted if name in kwargs}


def name_of(function: Any) -> str:
    """A function's name for messages and task ids; a partial's is that of its function."""
    inner = getattr(function, "func", function)
    return getattr(inner, "__name__", type(inner).__name__)
