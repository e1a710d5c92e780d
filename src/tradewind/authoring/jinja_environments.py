"""Jinja as Airflow sets it up: sandboxed, strict about names, with Airflow's filters. The only module that imports
jinja2; `templates.py` imports it when a field first needs rendering."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import jinja2
from jinja2 import BaseLoader, Environment, Template
from jinja2.nativetypes import NativeEnvironment
from jinja2.sandbox import SandboxedEnvironment, is_internal_attribute


def ds_filter(value: date | None) -> str | None:
    return None if value is None else value.strftime("%Y-%m-%d")


def ds_nodash_filter(value: date | None) -> str | None:
    return None if value is None else value.strftime("%Y%m%d")


def ts_filter(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def ts_nodash_filter(value: date | None) -> str | None:
    return None if value is None else value.strftime("%Y%m%dT%H%M%S")


def ts_nodash_with_tz_filter(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat().replace("-", "").replace(":", "")


AIRFLOW_FILTERS = {
    "ds": ds_filter,
    "ds_nodash": ds_nodash_filter,
    "ts": ts_filter,
    "ts_nodash": ts_nodash_filter,
    "ts_nodash_with_tz": ts_nodash_with_tz_filter,
}


class TextEnvironment(SandboxedEnvironment):
    """Every template gives a text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.filters.update(AIRFLOW_FILTERS)  # pyright: ignore[reportUnknownMemberType]

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Airflow's rule: names with one underscore may be used, Python's internals may not."""
        return not is_internal_attribute(obj, attr)


class NativeObjectEnvironment(NativeEnvironment, TextEnvironment):
    """A template that is one expression gives its value, and a text that reads as a Python literal gives that."""


def make_environment(
    *,
    native: bool,
    loader: BaseLoader | None,
    undefined: type[jinja2.Undefined] | None = None,
    macros: Mapping[str, Any] | None = None,
    filters: Mapping[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
) -> Environment:
    """The environment of a DAG. `options` are its `jinja_environment_kwargs`, which win."""
    chosen: dict[str, Any] = {
        "loader": loader,
        "undefined": undefined or jinja2.StrictUndefined,
        "extensions": ["jinja2.ext.do"],
        **(options or {}),
    }
    environment: Any = (NativeObjectEnvironment if native else TextEnvironment)(**chosen)
    environment.globals.update(macros or {})
    environment.filters.update(filters or {})
    return environment


def render_text(environment: Environment, text: str, context: Mapping[str, Any]) -> Any:
    return _render(environment, environment.from_string(text), context)


def render_file(environment: Environment, name: str, context: Mapping[str, Any]) -> Any:
    return _render(environment, environment.get_template(name), context)


def _render(environment: Environment, template: Template, context: Mapping[str, Any]) -> Any:
    # Template.render() would copy the context into a dict, and so compute every variable of it. A shared parent is
    # looked into by name only. A variable of the context wins over a macro of the same name.
    scope: Any = ChainMap(context, template.globals)  # pyright: ignore
    try:
        return environment.concat(template.root_render_func(template.new_context(scope, shared=True)))  # pyright: ignore
    except Exception:
        environment.handle_exception()
