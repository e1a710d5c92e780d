"""Rendering of template fields: Jinja in texts and files, XComArgs, and whatever lists and dicts hold of them.

A field without a template costs nothing: jinja2 is imported when the first one with `{{`, `{%` or `{#` comes."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from tradewind.authoring.era import is_for_airflow_1
from tradewind.authoring.exceptions import AirflowFailException, AirflowSkipException
from tradewind.authoring.template_errors import TemplateError, explain
from tradewind.authoring.xcom_arg import Resolvable

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment

Context: TypeAlias = Mapping[str, Any]
MakeLoader: TypeAlias = "Callable[[Sequence[str]], BaseLoader]"
TEMPLATE_MARKS = ("{{", "{%", "{#")
_make_loader: list[MakeLoader] = []
_log = logging.getLogger("tradewind.task")


class LiteralValue(Resolvable):
    """A value that is not rendered, whatever it looks like."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def resolve(self, context: Mapping[str, Any], *_: Any, **__: Any) -> Any:
        return self.value

    def iter_references(self) -> Iterable[Any]:
        return ()

    def __repr__(self) -> str:
        return f"literal({self.value!r})"


def literal(value: Any) -> LiteralValue:
    """Keep `value` from being rendered: `bash_command=literal("echo {{ not_jinja }}")`."""
    return LiteralValue(value)


class TemplateEnvironment:
    """What a DAG says about its templates. Stands in for the jinja2 Environment, which is made when first needed."""

    def __init__(
        self,
        *,
        native: bool = False,
        undefined: Any = None,
        searchpath: Sequence[str] = (),
        loader: BaseLoader | None = None,
        macros: Mapping[str, Any] | None = None,
        filters: Mapping[str, Any] | None = None,
        options: Mapping[str, Any] | None = None,
        file: str = "",
    ) -> None:
        self.native = native
        self._file = file
        self._undefined = undefined
        self._searchpath = searchpath
        self._loader = loader
        self._macros = macros
        self._filters = filters
        self._options = options
        self._jinja: Environment | None = None

    @property
    def jinja(self) -> Environment:
        if self._jinja is None:
            from tradewind.authoring.jinja_environments import make_environment  # imports jinja2: 40 ms

            self._jinja = make_environment(
                native=self.native,
                undefined=self._undefined,
                loader=self._loader or _loader_of(self._searchpath),
                macros=self._macros,
                filters=self._filters,
                options=self._options,
            )
        return self._jinja

    def forgiving(self) -> TemplateEnvironment | None:
        """Of a file for Airflow 1.10: the same, with a name that is not there as an empty text, as it was then."""
        if self._undefined is not None or not self._file or not is_for_airflow_1(self._file):
            return None
        from jinja2 import Undefined  # imported by now: a template has just failed

        other = object.__new__(TemplateEnvironment)
        other.__dict__.update(self.__dict__ | {"_undefined": Undefined, "_jinja": None})
        return other

    def must_see(self, text: str) -> bool:
        """Whether Jinja could make something of the text. With options of its own, its marks may be any."""
        return bool(self._options) or any(mark in text for mark in TEMPLATE_MARKS)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.jinja, name)


AnyEnvironment: TypeAlias = "TemplateEnvironment | Environment"


def use_files(make_loader: MakeLoader | None) -> None:
    """Let template files come from here (a snapshot) in this process: from search folders to a jinja2 loader."""
    _make_loader[:] = [] if make_loader is None else [make_loader]


def environment_for(operator: Any, dag: Any) -> TemplateEnvironment:
    """The environment of an operator's fields. Either may be None: an operator may stand alone in a unit test."""
    native = getattr(operator, "render_template_as_native_obj", None)
    if native is None:
        native = getattr(dag, "render_template_as_native_obj", False)
    return TemplateEnvironment(
        native=bool(native),
        undefined=getattr(dag, "template_undefined", None),
        searchpath=_search_folders(dag),
        macros=getattr(dag, "user_defined_macros", None),
        filters=getattr(dag, "user_defined_filters", None),
        options=getattr(dag, "jinja_environment_kwargs", None),
        file=getattr(dag, "fileloc", "") or "",
    )


def render_fields(operator: Any, context: Context, environment: AnyEnvironment | None = None) -> None:
    """Render all of `operator.template_fields` in place. Raises TemplateError naming task, field and line."""
    env = environment or operator.get_template_env()
    for field in operator.template_fields:
        if not hasattr(operator, field):
            raise TemplateError(
                f"{field!r} is a template field of {type(operator).__name__}, which has no attribute of that name",
                location=getattr(operator, "location", None),
                hint=f"set self.{field} in its constructor, or take it out of template_fields",
            )
        value = getattr(operator, field)
        if _is_empty(value):
            continue
        try:
            setattr(operator, field, operator.render_template(value, context, env))
        except TemplateError as error:
            raise error.of_field(operator, field) from error.__cause__


def render(
    value: Any, context: Context, environment: AnyEnvironment, operator: Any = None, seen: set[int] | None = None
) -> Any:
    """`value` with every template in it rendered and every XComArg resolved.

    Lists, tuples, named tuples, sets and dicts (their values) are copied; an object that has `template_fields` of its
    own is changed in place; anything else is returned as it is. `operator` tells which file endings are templates,
    and which values came from tasks: those are never taken for templates. Raises TemplateError."""
    return Renderer(context, environment, operator, set() if seen is None else seen).render(value)


class Renderer:
    """One rendering: what all levels of a nested value share."""

    def __init__(self, context: Context, environment: AnyEnvironment, operator: Any, seen: set[int]) -> None:
        self.context = context
        self.environment = environment
        self.endings = tuple(getattr(operator, "template_ext", None) or ())
        self.from_tasks: frozenset[int] = getattr(operator, "mapped_arguments_from_tasks", frozenset())
        self.seen = seen

    def render(self, value: Any) -> Any:
        if id(value) in self.from_tasks:
            return value
        if isinstance(value, str):
            return self._render_text(value)
        if _is_resolvable(value):
            return value.resolve(self.context)
        if isinstance(value, tuple):
            return self._render_tuple(cast("tuple[Any, ...]", value))
        if isinstance(value, list):
            return [self.render(item) for item in cast("list[Any]", value)]
        if isinstance(value, dict):
            return {key: self.render(item) for key, item in cast("dict[Any, Any]", value).items()}
        if isinstance(value, set):
            return {self.render(item) for item in cast("set[Any]", value)}
        self._render_object(value)
        return value

    def _render_tuple(self, value: tuple[Any, ...]) -> Any:
        items = (self.render(item) for item in value)
        return type(value)(*items) if hasattr(value, "_fields") else tuple(items)

    def _render_object(self, value: Any) -> None:
        """An object with fields of its own, such as a Kubernetes volume, rendered in place, once."""
        fields = getattr(value, "template_fields", None)
        if not fields or isinstance(value, type) or id(value) in self.seen:
            return
        self.seen.add(id(value))
        for field in fields:
            if not _is_empty(inner := getattr(value, field, None)):
                setattr(value, field, self.render(inner))

    def _render_text(self, text: str) -> Any:
        is_file = bool(self.endings) and text.endswith(self.endings)
        env = self.environment
        if not is_file and isinstance(env, TemplateEnvironment) and not env.must_see(text):
            return _plain_text(text, native=env.native)
        try:
            return self._render_with_jinja(text, is_file=is_file)
        except (AirflowSkipException, AirflowFailException, TemplateError):
            raise
        except Exception as error:
            forgiving = env.forgiving() if isinstance(env, TemplateEnvironment) and _is_undefined(error) else None
            if forgiving is None:
                raise explain(error, text, self.context, is_file=is_file) from error
            _log.warning("%s: an empty text, as in Airflow 1.10, for which this file was written (%.60r)", error, text)
            return self._render_with_jinja(text, is_file=is_file, env=forgiving)

    def _render_with_jinja(self, text: str, *, is_file: bool, env: AnyEnvironment | None = None) -> Any:
        from tradewind.authoring.jinja_environments import render_file, render_text  # imports jinja2: 40 ms

        env = env or self.environment
        jinja = env.jinja if isinstance(env, TemplateEnvironment) else env
        return (render_file if is_file else render_text)(jinja, text, self.context)


def _is_undefined(error: Exception) -> bool:
    return type(error).__name__ == "UndefinedError"


def resolve_files(operator: Any) -> None:
    """Replace fields that name a template file by its text. A missing file is left for rendering to report."""
    endings = tuple(operator.template_ext or ())
    if not endings:
        return
    environment = operator.get_template_env()
    for field in operator.template_fields:
        value = getattr(operator, field, None)
        if isinstance(value, str) and value.endswith(endings):
            setattr(operator, field, _read_file(environment, value))
        elif isinstance(value, list):
            items = cast("list[Any]", value)
            for place, item in enumerate(items):
                if isinstance(item, str) and item.endswith(endings):
                    items[place] = _read_file(environment, item)


def _read_file(environment: Any, name: str) -> str:
    from jinja2 import TemplateNotFound  # see jinja_environments

    try:
        return environment.loader.get_source(environment, name)[0]
    except TemplateNotFound:
        return name


def _plain_text(text: str, *, native: bool) -> Any:
    """What Jinja makes of a text without any of its marks: newlines in one form, the last one dropped; in native mode
    a Python literal becomes its value."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.removesuffix("\n")
    return _as_literal(text) if native else text


def _as_literal(text: str) -> Any:
    import ast  # only in native mode

    if not text:
        return None
    try:
        return ast.literal_eval(ast.parse(text, mode="eval"))
    except (ValueError, SyntaxError, MemoryError):
        return text


def _is_resolvable(value: Any) -> bool:
    """XComArgs, params and literals; also others' objects of that shape, but not paths, whose `resolve` is another."""
    if isinstance(value, Resolvable):
        return True
    return not isinstance(value, (os.PathLike, type)) and callable(getattr(value, "resolve", None))


def _is_empty(value: Any) -> bool:
    try:
        return not value
    except Exception:  # an array or a frame cannot be asked
        return False


def _search_folders(dag: Any) -> list[str]:
    if dag is None:
        return [os.getcwd()]
    given: Any = getattr(dag, "template_searchpath", None) or ()
    return [str(dag.folder), *([given] if isinstance(given, str) else map(str, given))]


def _loader_of(folders: Sequence[str]) -> BaseLoader:
    if _make_loader:
        return _make_loader[0](folders)
    from jinja2 import FileSystemLoader  # see jinja_environments

    return FileSystemLoader(list(folders))
