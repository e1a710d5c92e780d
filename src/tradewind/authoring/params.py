"""Params: values a run can be started with, each with a JSON schema; and `dag.param(...)`, a reference to one."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from tradewind.authoring.exceptions import ParamValidationError
from tradewind.authoring.reading import MISSING
from tradewind.authoring.xcom_arg import Resolvable
from tradewind.model.param_formats import FORMATS

if TYPE_CHECKING:
    from tradewind.authoring.dag import DAG


class Param:
    """A param with default, description and schema: `Param(5, type="integer", minimum=1)`.

    Keywords beside `default` and `description` are JSON schema (draft 7). Without a default the value must be given."""

    def __init__(self, default: Any = MISSING, description: str | None = None, **schema: Any) -> None:
        self.value = default
        self.description = description
        given = schema.pop("schema", None)
        self.schema: dict[str, Any] = dict(given) if isinstance(given, Mapping) and not schema else schema  # pyright: ignore[reportUnknownArgumentType]
        self.source: str | None = (
            schema.pop("source", None) if "source" in schema and not isinstance(schema["source"], Mapping) else None
        )

    @property
    def has_value(self) -> bool:
        return self.value is not MISSING

    def resolve(self, value: Any = MISSING, suppress_exception: bool = False) -> Any:
        """The value (given here, or the default) if it fits the schema.

        Raises ParamValidationError if it does not, or if there is none; `suppress_exception` gives None instead."""
        chosen = self.value if value is MISSING else value
        if chosen is MISSING:
            if suppress_exception:
                return None
            raise ParamValidationError("No value passed and Param has no default value", hint="give the param a value")
        try:
            self._validate(chosen)
        except ParamValidationError:
            if suppress_exception:
                return None
            raise
        self.value = chosen
        return chosen

    def _validate(self, value: Any) -> None:
        if not self.schema:
            return
        import fastjsonschema  # compiles schemas to code; needed only where a param has a schema

        shown = {k: v for k, v in self.schema.items() if k not in _FOR_SHOW}
        try:
            fastjsonschema.compile(shown, formats=FORMATS)(value)  # pyright: ignore
        except fastjsonschema.JsonSchemaDefinitionException as error:
            raise ParamValidationError(
                f"the schema of the param cannot be used: {error}", hint="see https://json-schema.org for the keywords"
            ) from error
        except fastjsonschema.JsonSchemaException as error:
            raise ParamValidationError(
                f"Invalid input for param: {value!r} does not fit the schema: {error}",
                hint="give the param a value that fits, or change its schema",
            ) from error

    def dump(self) -> dict[str, Any]:
        """Value, schema and description as plain data."""
        return {
            "value": None if self.value is MISSING else self.value,
            "schema": self.schema,
            "description": self.description,
            "source": self.source,
        }

    def __copy__(self) -> Param:
        other = Param(self.value, self.description)
        other.schema, other.source = dict(self.schema), self.source
        return other

    def __deepcopy__(self, memo: dict[int, Any]) -> Param:
        other = Param(self.value if self.value is MISSING else copy.deepcopy(self.value, memo), self.description)
        other.schema, other.source = copy.deepcopy(self.schema, memo), self.source
        return other

    def __repr__(self) -> str:
        return f"Param({'' if self.value is MISSING else repr(self.value)})"


_FOR_SHOW = frozenset({"title", "section", "values_display", "description_md", "custom_html_form", "examples"})


class ParamsDict(MutableMapping[str, Any]):
    """Params by name. Reading an item gives its value; assigning a plain value keeps the schema that was there."""

    def __init__(self, dict_obj: Mapping[str, Any] | None = None, suppress_exception: bool = False) -> None:
        self.suppress_exception = suppress_exception
        self._params: dict[str, Param] = {}
        items = dict_obj.params() if isinstance(dict_obj, ParamsDict) else (dict_obj or {})
        for name, value in items.items():
            self._params[name] = value if isinstance(value, Param) else Param(value)

    def params(self) -> dict[str, Param]:
        """The Param objects themselves."""
        return dict(self._params)

    def get_param(self, key: str) -> Param:
        return self._params[key]

    def __getitem__(self, key: str) -> Any:
        return self._params[key].resolve(suppress_exception=self.suppress_exception)

    def __setitem__(self, key: str, value: Any) -> None:
        if isinstance(value, Param):
            self._params[key] = value
        elif key in self._params:
            param = copy.copy(self._params[key])
            self._params[key] = param
            try:
                param.resolve(value=value, suppress_exception=self.suppress_exception)
            except ParamValidationError as error:
                raise ParamValidationError(
                    f"Invalid input for param {key}: {error.message}", hint=error.hint
                ) from error
        else:
            self._params[key] = Param(value)

    def __delitem__(self, key: str) -> None:
        del self._params[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._params)

    def __len__(self) -> int:
        return len(self._params)

    def __contains__(self, key: object) -> bool:
        return key in self._params

    def __repr__(self) -> str:
        return repr(self.dump())

    def __copy__(self) -> ParamsDict:
        return ParamsDict(self._params, self.suppress_exception)

    def __deepcopy__(self, memo: dict[int, Any]) -> ParamsDict:
        return ParamsDict(copy.deepcopy(self._params, memo), self.suppress_exception)

    def values(self) -> Any:
        return [self[name] for name in self]

    def items(self) -> Any:
        return [(name, self[name]) for name in self]

    def dump(self) -> dict[str, Any]:
        """Names and values, unchecked; None where there is no value."""
        return {name: None if param.value is MISSING else param.value for name, param in self._params.items()}

    def filter_params_by_source(self, data: Any = None, source: str = "") -> ParamsDict:
        return ParamsDict({name: param for name, param in self._params.items() if param.source == source})

    def validate(self) -> dict[str, Any]:
        """Names and values, each checked. Raises ParamValidationError, naming the param."""
        checked: dict[str, Any] = {}
        for name, param in self._params.items():
            try:
                checked[name] = param.resolve(suppress_exception=self.suppress_exception)
            except ParamValidationError as error:
                raise ParamValidationError(
                    f"Invalid input for param {name}: {error.message}", hint=error.hint
                ) from error
        return checked


def merge_params(*layers: Any) -> ParamsDict:
    """Params by name from several layers (ParamsDicts, dicts, None); the later wins."""
    merged = ParamsDict()
    for layer in layers:
        for name, param in ParamsDict(layer).params().items():
            merged[name] = param
    return merged


class DagParam(Resolvable):
    """`dag.param("name", default)`: the param's value in the run, usable as an argument of tasks."""

    def __init__(self, current_dag: DAG, name: str, default: Any = MISSING) -> None:
        if default is not MISSING:
            current_dag.params[name] = default
        self._name = name
        self._default = default

    def iter_references(self) -> Iterator[Any]:
        return iter(())

    def resolve(self, context: Mapping[str, Any], *_: Any, **__: Any) -> Any:
        params = context["params"]
        if self._name in params:
            return params[self._name]
        if self._default is not MISSING:
            return self._default
        raise ParamValidationError(
            f"No value could be resolved for parameter {self._name}", hint="give the param a value"
        )

    def __repr__(self) -> str:
        return f"dag.param({self._name!r})"
