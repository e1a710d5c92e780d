"""What is said when a template cannot be rendered: the field, the text, the reason and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tradewind.authoring.exceptions import AirflowException
from tradewind.model.errors import DagFileError, SourceLocation, TradewindError

MAX_SHOWN_CHARACTERS = 300
DATE_NAMES = frozenset({"logical_date", "execution_date", "ds", "ds_nodash", "ts", "ts_nodash", "ts_nodash_with_tz"})


class TemplateError(DagFileError, AirflowException):
    """A template of a task's field cannot be rendered."""

    def __init__(self, message: str, *, location: SourceLocation | None = None, hint: str = "") -> None:
        DagFileError.__init__(self, message, location=location, hint=hint)

    def of_field(self, operator: Any, field: str) -> TemplateError:
        """The same error, saying whose field it was."""
        task = getattr(operator, "task_id", type(operator).__name__)
        location = getattr(operator, "location", None)
        return TemplateError(f"{field} of task {task!r}: {self.message}", location=location, hint=self.hint)


def explain(error: Exception, text: str, context: Mapping[str, Any], *, is_file: bool) -> TemplateError:
    """The error a user sees for what Jinja, or a function called from the template, has raised."""
    shown = text if len(text) <= MAX_SHOWN_CHARACTERS else text[: MAX_SHOWN_CHARACTERS - 1] + "…"
    said = error.message if isinstance(error, TradewindError) else str(error)
    reason = said if type(error).__module__.startswith("jinja2") else f"{type(error).__name__}: {said}"
    line = getattr(error, "lineno", None)
    where = f", line {line}" if line and ("\n" in text or is_file) else ""
    what = f"the template file {shown!r}" if is_file else f"the template {shown!r}"
    return TemplateError(f"{what}{where} cannot be rendered: {reason}", hint=_hint(error, text, context, is_file))


def _hint(error: Exception, text: str, context: Mapping[str, Any], is_file: bool) -> str:
    match type(error).__name__:
        case "TemplateNotFound" | "TemplatesNotFound" if is_file:
            return (
                "a text with this ending names a file beside the DAG file or in template_searchpath: put it there,"
                " or add a space at the end if it is no file"
            )
        case "TemplateSyntaxError" | "TemplateAssertionError":
            return (
                "check braces, quotes, and names of filters and blocks; {% raw %}…{% endraw %} keeps braces as they are"
            )
        case "SecurityError":
            return "names that begin with two underscores are out of a template's reach; use user_defined_macros"
        case "UndefinedError":
            return _hint_for_name(str(error), context)
        case _:
            return getattr(error, "hint", "")


def _hint_for_name(message: str, context: Mapping[str, Any]) -> str:
    name = message.split("'")[1] if message.count("'") >= 2 else ""
    if not message.endswith("is undefined"):
        return "look at what the object has with {{ object }} in a template, or use the default filter"
    if name in DATE_NAMES:
        return "this run has no logical date; use run_id, or trigger it with --logical-date"
    import difflib  # only to explain an error

    near = difflib.get_close_matches(name, list(context), n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    return "give it in user_defined_macros or params, or use {{ name | default('…') }}"
