"""What counts as an answer to a question: the rules of its options, its form and who may answer. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tradewind.model.errors import TradewindError
from tradewind.model.param_formats import FORMATS
from tradewind.model.service import ApprovalRecord


class AnswerError(TradewindError):
    """The answer does not fit the question; it stays open."""


def check_answer(
    asked: ApprovalRecord, chosen: Sequence[str], given: Mapping[str, Any], who: str
) -> tuple[tuple[str, ...], dict[str, Any]]:
    """(options, values of the form) as they are to be written. A question with one option needs none to be named.

    Raises AnswerError."""
    if asked.assigned_users and who not in asked.assigned_users:
        raise AnswerError(
            f"{who!r} may not answer {asked.subject!r}", hint=f"only {', '.join(asked.assigned_users)} may (--as USER)"
        )
    options = tuple(dict.fromkeys(chosen)) or (asked.options if len(asked.options) == 1 else ())
    _check_options(asked, options)
    return options, _filled(asked, given)


def _check_options(asked: ApprovalRecord, options: tuple[str, ...]) -> None:
    unknown = [option for option in options if option not in asked.options]
    hint = f"the options are {', '.join(map(repr, asked.options))}"
    if unknown:
        raise AnswerError(f"{unknown[0]!r} is no option of {asked.subject!r}", hint=hint)
    if not options:
        raise AnswerError(f"{asked.subject!r} wants an option to be chosen", hint=hint)
    if len(options) > 1 and not asked.multiple:
        raise AnswerError(f"{asked.subject!r} wants one option, not {len(options)}", hint=hint)


def _filled(asked: ApprovalRecord, given: Mapping[str, Any]) -> dict[str, Any]:
    names = ", ".join(asked.params) or "none"
    if unknown := [name for name in given if name not in asked.params]:
        raise AnswerError(f"{asked.subject!r} asks for no value {unknown[0]!r}", hint=f"it asks for {names}")
    filled: dict[str, Any] = {}
    for name, field in asked.params.items():
        if name not in given and "value" not in field:
            raise AnswerError(f"{asked.subject!r} asks for a value of {name!r}", hint=f"give it: -p {name}=…")
        filled[name] = given[name] if name in given else field["value"]
        _check_schema(name, field.get("schema") or {}, filled[name])
    return filled


def _check_schema(name: str, schema: dict[str, Any], value: Any) -> None:
    if not schema:
        return
    import fastjsonschema  # 40 ms: only for a form with schemas

    try:
        fastjsonschema.validate(schema, value, formats=FORMATS)  # pyright: ignore[reportUnknownMemberType]
    except fastjsonschema.JsonSchemaValueException as error:
        wanted = error.message.replace("data ", "", 1)
        raise AnswerError(f"{name!r} {wanted}; it is {value!r}", hint=f"its schema is {schema}") from error
    except fastjsonschema.JsonSchemaDefinitionException as error:
        raise AnswerError(f"the schema of {name!r} is none: {error}", hint="mend it in the DAG file") from error
