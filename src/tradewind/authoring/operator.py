"""BaseOperator: what every operator is, and what users subclass."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar

from tradewind.authoring import templates
from tradewind.authoring.arguments import ARGUMENTS, BASE_NAMES, LEGACY_IGNORED, OperatorArguments
from tradewind.authoring.deferral_failures import FAIL_METHOD, raise_deferral_failure
from tradewind.authoring.exceptions import TaskDeferred
from tradewind.authoring.location import caller_location
from tradewind.authoring.mapping import OperatorPartial, make_partial
from tradewind.authoring.operator_class import BaseOperatorMeta, Building, known_names
from tradewind.authoring.params import merge_params
from tradewind.authoring.task import AbstractTask, nearest
from tradewind.authoring.xcom_arg import find_references
from tradewind.model.errors import DagFileError
from tradewind.model.values import RETURN_KEY

if TYPE_CHECKING:
    from tradewind.authoring.dag import DAG

T = TypeVar("T")


class BaseOperator(AbstractTask, metaclass=BaseOperatorMeta):
    """An operator: subclass it and write `execute(self, context)`.

    All arguments are given by name. `template_fields` names attributes that are rendered before `execute`."""

    template_fields: Collection[str] = ()
    shallow_copy_attrs: Sequence[str] = ()
    subdag: Any = None
    mapped_arguments_from_tasks: ClassVar[frozenset[int]] = frozenset()

    def __init__(self, *, task_id: str, **arguments: Any) -> None:
        building: Building = self.__dict__.get("_building") or Building(arguments, caller_location())
        if any(arguments.get(name) is not None for name in ("dag", "task_group", "default_args")):
            building = Building(arguments, building.location)  # a subclass may pass its own
        self.location = building.location
        self.task_id = task_id
        self._refuse_unknown(arguments)
        given = {name: building.defaults[name] for name in ARGUMENTS if name in building.defaults}
        given.update({name: arguments[name] for name in ARGUMENTS if name in arguments})
        self._keep_arguments(given)
        self.params = merge_params(
            building.dag.params if building.dag else None, building.defaults.get("params"), arguments.get("params")
        )
        self._map_scopes: tuple[str, ...] | None = None
        if isinstance(self.template_fields, str):
            self.template_fields = [self.template_fields]  # `template_fields = ("sql")`, a comma short
        self._place(task_id, building.dag, building.group)

    def _refuse_unknown(self, arguments: Mapping[str, Any]) -> None:
        unknown = [name for name in arguments if name not in BASE_NAMES and name not in LEGACY_IGNORED]
        if unknown:
            names = ", ".join(repr(name) for name in unknown)
            raise DagFileError(
                f"{type(self).__name__} {self.task_id!r}: Invalid arguments were passed: {names}",
                location=self.location,
                hint=nearest(unknown[0], known_names(type(self)) - {unknown[0]}),
            )

    # ------------------------------------------------------------------ what subclasses write

    def execute(self, context: Any) -> Any:
        """Do the task's work; what it returns becomes its XCom. `context` has Airflow's template variables."""
        raise NotImplementedError(f"{type(self).__name__} has no execute() method")

    def pre_execute(self, context: Any) -> None:
        """Called right before execute()."""
        hook = self.__dict__.get("_pre_execute_hook")
        if hook is not None:
            hook(context)

    def post_execute(self, context: Any, result: Any = None) -> None:
        """Called right after execute() with what it returned."""
        hook = self.__dict__.get("_post_execute_hook")
        if hook is not None:
            hook(context, result)

    def on_kill(self) -> None:
        """Called when the task is cancelled or runs out of time: stop what it started elsewhere."""

    # ------------------------------------------------------------------ templates

    def get_template_env(self, dag: DAG | None = None) -> Any:
        """The Jinja environment that renders the task's fields."""
        return templates.environment_for(self, dag if dag is not None else self.dag)

    def render_template_fields(self, context: Any, jinja_env: Any = None) -> None:
        """Render every template field in place, resolving XComArgs in them."""
        templates.render_fields(self, context, jinja_env)

    def render_template(
        self, content: Any, context: Any, jinja_env: Any = None, seen_oids: set[int] | None = None
    ) -> Any:
        """A value with every template in it rendered and every XComArg resolved."""
        return templates.render(content, context, jinja_env or self.get_template_env(), self, seen_oids)

    def resolve_template_files(self) -> None:
        """Read template files (fields ending in `template_ext`) into their fields."""
        templates.resolve_files(self)
        self.prepare_template()

    def prepare_template(self) -> None:
        """Called before rendering, once template files are read; subclasses may change their fields here."""

    def get_template_fields(self) -> list[str]:
        return list(self.template_fields)

    # ------------------------------------------------------------------ values and waiting

    @staticmethod
    def xcom_push(context: Any, key: str, value: Any, execution_date: Any = None) -> None:
        """Hand on a value under a key of its own."""
        context["ti"].xcom_push(key=key, value=value)

    @staticmethod
    def xcom_pull(
        context: Any,
        task_ids: str | list[str] | None = None,
        dag_id: str | None = None,
        key: str = RETURN_KEY,
        include_prior_dates: bool = False,
        **more: Any,
    ) -> Any:
        """A value that another task handed on."""
        return context["ti"].xcom_pull(
            task_ids=task_ids, dag_id=dag_id, key=key, include_prior_dates=include_prior_dates, **more
        )

    def defer(
        self,
        *,
        trigger: Any,
        method_name: str,
        kwargs: dict[str, Any] | None = None,
        timeout: timedelta | float | None = None,
    ) -> NoReturn:
        """End this try and come back in `method_name` when the trigger fires."""
        raise TaskDeferred(trigger=trigger, method_name=method_name, kwargs=kwargs, timeout=timeout)

    def resume_execution(self, next_method: str, next_kwargs: dict[str, Any] | None, context: Any) -> Any:
        """Go on in `next_method` after a deferral. Raises TaskDeferralError where the trigger failed,
        TaskDeferralTimeout where it was out of time."""
        if next_method == FAIL_METHOD:
            raise_deferral_failure(self, **(next_kwargs or {}))
        return getattr(self, next_method)(context, **(next_kwargs or {}))

    def dry_run(self) -> None:
        """Log the template fields as they are."""
        for field in self.template_fields:
            self.log.info("%s: %s", field, getattr(self, field, None))

    # ------------------------------------------------------------------ mapping

    @classmethod
    def partial(cls, *, task_id: str, **kwargs: Any) -> OperatorPartial:
        """Arguments that are the same for all instances of a mapped task; `.expand(...)` gives those that differ."""
        return make_partial(cls, {"task_id": task_id, **kwargs})

    def expand(self, **_: Any) -> NoReturn:
        raise DagFileError(
            f"{type(self).__name__} {self.task_id!r} is an operator already and cannot be expanded",
            location=caller_location(),
            hint=f"write {type(self).__name__}.partial(task_id={self.task_id!r}, …).expand(…)",
        )

    def map_scopes(self) -> tuple[str, ...]:
        return super().map_scopes() if self._map_scopes is None else self._map_scopes

    def prepare_for_execution(self) -> Any:
        """A copy for one try, so that rendering leaves the DAG's own operator as it was written."""
        return copy.copy(self)

    def instance_for(self, context: Any) -> BaseOperator:
        """The operator of this task instance; of a mapped task, the one made from its items."""
        return self.prepare_for_execution()

    # ------------------------------------------------------------------ arguments and copies

    def argument_references(self) -> Iterator[tuple[AbstractTask, str]]:
        for field in self.template_fields:
            yield from find_references(self.__dict__.get(field))

    def link_arguments(self) -> None:
        """Tasks whose values the arguments read run before this one. Called when the operator is made, and again when
        the DAG is compiled, for fields set in between."""
        if self.dag is None:
            return
        for task, _ in self.argument_references():
            if task.task_id not in self.upstream_task_ids and task is not self:
                self.set_upstream(task)

    def add_inlets(self, inlets: Any) -> None:
        self.inlets: list[Any] = [*self.inlets, *inlets]

    def add_outlets(self, outlets: Any) -> None:
        self.outlets: list[Any] = [*self.outlets, *outlets]

    def get_inlet_defs(self) -> list[Any]:
        return self.inlets

    def get_outlet_defs(self) -> list[Any]:
        return self.outlets

    @classmethod
    def get_serialized_fields(cls) -> frozenset[str]:
        return BASE_NAMES

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        other = object.__new__(type(self))
        memo[id(self)] = other
        for name, value in self.__dict__.items():
            kept = name in self.shallow_copy_attrs or name in ("location", "python_callable")
            object.__setattr__(other, name, copy.copy(value) if kept else copy.deepcopy(value, memo))
        return other

    def __lt__(self, other: Any) -> bool:
        return self.task_id < other.task_id


def _signature_for_tools() -> inspect.Signature:
    kinds = inspect.Parameter
    named = [kinds("task_id", kinds.KEYWORD_ONLY)]
    named += [kinds(name, kinds.KEYWORD_ONLY, default=argument.default) for name, argument in ARGUMENTS.items()]
    named += [kinds(name, kinds.KEYWORD_ONLY, default=None) for name in ("dag", "task_group", "params", "default_args")]
    return inspect.Signature([kinds("self", kinds.POSITIONAL_OR_KEYWORD), *named, kinds("kwargs", kinds.VAR_KEYWORD)])


# DAG factories look at inspect.signature(BaseOperator.__init__) to learn which arguments there are.
setattr(BaseOperator.__init__, "__signature__", _signature_for_tools())  # noqa: B010 (not declared)


def apply_defaults(function: T) -> T:
    """Airflow 1.10's decorator of `__init__`; the metaclass does its work now."""
    return function


__all__ = ["BaseOperator", "BaseOperatorMeta", "OperatorArguments", "apply_defaults"]
