"""`@asset`: a function that makes an asset, the asset, its DAG and its one task in a single definition."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from tradewind.authoring import ports
from tradewind.authoring.assets import Asset, AssetCondition, AssetRef
from tradewind.authoring.call import CONTEXT_KEYS
from tradewind.authoring.dag import DAG
from tradewind.authoring.operator import BaseOperator
from tradewind.model.messages import GetAsset
from tradewind.model.service import AssetRecord


class AssetDefinition(Asset):
    """What `@asset` makes: an asset, and a DAG of the same name whose task updates it."""

    def __init__(self, function: Callable[..., Any], name: str, options: Mapping[str, Any]) -> None:
        known = {key: options[key] for key in ("uri", "group", "extra", "watchers") if options.get(key) is not None}
        super().__init__(name, **known)
        self.function = function
        self.dag = _make_dag(function, name, options, [self])


class MultiAssetDefinition(AssetCondition):
    """What `@asset.multi` makes: a DAG whose task updates several assets."""

    def __init__(self, function: Callable[..., Any], name: str, options: Mapping[str, Any]) -> None:
        self.function = function
        self.name = name
        self.outlets: list[Any] = list(options.get("outlets") or ())
        self.dag = _make_dag(function, name, options, self.outlets)

    def as_plain(self) -> dict[str, Any]:
        return {"all": [outlet.as_plain() for outlet in self.outlets]}

    def iter_assets(self) -> Any:
        for outlet in self.outlets:
            yield from outlet.iter_assets()


class AssetDecorator:
    """`@asset(schedule=…, uri=…)` and `@asset.multi(schedule=…, outlets=[…])`. Other arguments go to the DAG."""

    def __call__(self, function: Callable[..., Any] | None = None, **options: Any) -> Any:
        def decorate(inner: Callable[..., Any]) -> AssetDefinition:
            return AssetDefinition(inner, options.get("name") or inner.__name__, options)

        return decorate if function is None else decorate(function)

    def multi(self, **options: Any) -> Callable[[Callable[..., Any]], MultiAssetDefinition]:
        def decorate(inner: Callable[..., Any]) -> MultiAssetDefinition:
            return MultiAssetDefinition(inner, options.get("name") or inner.__name__, options)

        return decorate


asset = AssetDecorator()


class AssetOperator(BaseOperator):
    """Calls the function of an `@asset`. A parameter named `self` gets the asset, `context` (and `**any_name`) the
    context, one named like a context variable that variable; of others, those without a default name an asset that the
    task reads, and get it."""

    custom_operator_name = "@asset"

    def __init__(self, *, python_callable: Callable[..., Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.python_callable = python_callable

    def execute(self, context: Any) -> Any:
        given: dict[str, Any] = {}
        for name, parameter in inspect.signature(self.python_callable).parameters.items():
            if parameter.kind is inspect.Parameter.VAR_KEYWORD:
                given = {**context, **given}
            elif parameter.kind is not inspect.Parameter.VAR_POSITIONAL:
                given[name] = self._value_of(parameter, context)
        return self.python_callable(**given)

    def _value_of(self, parameter: inspect.Parameter, context: Any) -> Any:
        name = parameter.name
        if name == "self":
            return self.outlets[0]
        if name == "context":
            return context
        if parameter.default is not inspect.Parameter.empty:
            return context.get(name, parameter.default)
        return context[name] if name in CONTEXT_KEYS else _asset(name)


_OWN_OPTIONS = frozenset({"name", "uri", "group", "extra", "watchers", "outlets"})


def _make_dag(function: Callable[..., Any], name: str, options: Mapping[str, Any], outlets: list[Any]) -> DAG:
    dag_options = {key: value for key, value in options.items() if key not in _OWN_OPTIONS}
    dag_id = dag_options.pop("dag_id", name)
    inlets = [
        Asset.ref(name=one.name) for one in inspect.signature(function).parameters.values() if _names_an_asset(one)
    ]
    dag_options.setdefault("description", inspect.getdoc(function))
    with DAG(dag_id, **dag_options) as dag:
        AssetOperator(task_id=name, python_callable=function, inlets=inlets, outlets=outlets)
    return dag


def _names_an_asset(parameter: inspect.Parameter) -> bool:
    is_free = parameter.name not in ("self", "context") and parameter.name not in CONTEXT_KEYS
    is_one = parameter.kind not in (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    return is_free and is_one and parameter.default is inspect.Parameter.empty


def _asset(name: str) -> Asset | AssetRef:
    """As some file defines it; where nobody knows it (yet), what stands for it."""
    found = ports.supervisor().ask(GetAsset(name))
    if found is None:
        return Asset.ref(name=name)
    record = msgspec.convert(found, AssetRecord)
    return Asset(record.name, record.uri, group=record.group, extra=record.extra)
