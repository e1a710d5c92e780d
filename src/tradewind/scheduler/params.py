"""A run's params: the DAG's defaults with what the trigger gave, each checked against its JSON schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tradewind.model.errors import TradewindError
from tradewind.model.param_formats import FORMATS
from tradewind.model.spec import DagSpec, ParamSpec


class ParamError(TradewindError):
    """A param is unknown, missing, or does not fit its schema. No run was made."""


def resolve_params(spec: DagSpec, given: Mapping[str, Any]) -> dict[str, Any]:
    """Values of all params of a new run, in the DAG's order; unknown names are kept, as in Airflow.

    Raises ParamError naming the first param that does not fit its schema or has no value."""
    resolved: dict[str, Any] = {}
    for param in spec.params:
        if param.name in given:
            resolved[param.name] = given[param.name]
        elif param.has_default:
            resolved[param.name] = param.default
        else:
            raise ParamError(
                f"param {param.name!r} of DAG {spec.dag_id!r} has no default and no value was given",
                hint=f"give it: --params '{{\"{param.name}\": …}}'",
            )
        _check(spec.dag_id, param, resolved[param.name])
    return resolved | {name: value for name, value in given.items() if name not in resolved}


def _check(dag_id: str, param: ParamSpec, value: Any) -> None:
    if not param.schema:
        return
    import fastjsonschema  # 40 ms: only where a DAG has params with a schema

    try:
        fastjsonschema.validate(param.schema, value, formats=FORMATS)  # pyright: ignore[reportUnknownMemberType]
    except fastjsonschema.JsonSchemaValueException as error:
        wanted = error.message.replace("data ", "", 1)
        raise ParamError(
            f"param {param.name!r} of DAG {dag_id!r} {wanted}; it is {value!r}",
            hint=param.description or f"its schema is {param.schema}",
        ) from error
    except fastjsonschema.JsonSchemaDefinitionException as error:
        raise ParamError(
            f"the schema of param {param.name!r} of DAG {dag_id!r} is none: {error}",
            hint=f"mend it in the DAG file: {param.schema}",
        ) from error
