"""Human-in-the-loop operators of Airflow 3.1: the task gives its process and its slot back until a person answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from tradewind.authoring import branching
from tradewind.authoring.deferral_failures import FAIL_METHOD, TRIGGER_TIMEOUT
from tradewind.authoring.exceptions import (
    HITLRejectException,
    HITLTimeoutError,
    HITLTriggerEventError,
    TaskDeferred,
)
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.params import Param, ParamsDict
from tradewind.authoring.plain import plain
from tradewind.model.outcomes import Question
from tradewind.operators.branch import BranchMixIn, SkipMixin


class HITLOperator(BaseOperator):
    """Asks a person to choose among `options`, and to fill in `params`; `defaults` hold where nobody answers within
    `response_timeout`, without them the task fails. The value it hands on says what was chosen, by whom and when.

    Answered with `tradewind approvals answer`."""

    template_fields: Collection[str] = ("subject", "body")

    def __init__(
        self,
        *,
        subject: str,
        options: Sequence[str],
        body: str | None = None,
        defaults: str | Sequence[str] | None = None,
        multiple: bool = False,
        params: Mapping[str, Any] | None = None,
        notifiers: Any = None,
        assigned_users: Any = None,
        respondents: Any = None,
        response_timeout: timedelta | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(params=params, **kwargs)
        self.subject = subject
        self.body = body
        self.options = list(options)
        self.defaults = [defaults] if isinstance(defaults, str) else None if defaults is None else list(defaults)
        self.multiple = multiple
        self.form = ParamsDict(params)
        """The fields to fill in: the task's own params."""
        self.notifiers = _listed(notifiers)
        self.assigned_users = _listed(assigned_users if assigned_users is not None else respondents)
        self.response_timeout = response_timeout
        self._check()

    def _check(self) -> None:
        if not self.options:
            raise ValueError('"options" cannot be empty.')
        if len(set(self.options)) != len(self.options):
            raise ValueError('"options" has the same option twice.')
        unknown = [choice for choice in self.defaults or () if choice not in self.options]
        if unknown:
            raise ValueError(f'"defaults" has {unknown[0]!r}, which is none of "options"')
        if len(self.defaults or ()) > 1 and not self.multiple:
            raise ValueError('more than one of "defaults" needs multiple=True')
        if "_options" in self.form:
            raise ValueError('"_options" is not allowed in params')

    def execute(self, context: Any) -> Any:
        for notifier in self.notifiers:
            notifier(context)
        self.log.info("Waiting for response to %r: tradewind approvals answer", self.subject)
        timeout = self.response_timeout if self.response_timeout is not None else self.execution_timeout
        raise TaskDeferred(trigger=None, method_name="execute_complete", timeout=timeout, question=self.question())

    def question(self) -> Question:
        """What is kept for people to see."""
        return Question(
            subject=self.subject,
            body=self.body or "",
            options=tuple(self.options),
            defaults=None if self.defaults is None else tuple(self.defaults),
            multiple=self.multiple,
            params={name: _field(param) for name, param in self.form.params().items()},
            assigned_users=tuple(_user_id(user) for user in self.assigned_users),
        )

    def resume_execution(self, next_method: str, next_kwargs: dict[str, Any] | None, context: Any) -> Any:
        """A question that was not answered in time is answered by its defaults."""
        if next_method != FAIL_METHOD or (next_kwargs or {}).get("error") != TRIGGER_TIMEOUT:
            return super().resume_execution(next_method, next_kwargs, context)
        if self.defaults is None:
            raise HITLTimeoutError(f"nobody answered {self.subject!r} in time, and it has no defaults")
        self.log.info("Nobody answered in time: the defaults %s hold", self.defaults)
        nobody: dict[str, Any] = {"responded_at": None, "responded_by_user": None}
        return self.execute_complete(context, {"chosen_options": self.defaults, "params_input": None, **nobody})

    def execute_complete(self, context: Any, event: dict[str, Any]) -> Any:
        """The answer is there. Raises HITLTriggerEventError where it is none."""
        if "error" in event:
            self.process_trigger_event_error(event)
        chosen: list[str] = event["chosen_options"]
        values: dict[str, Any] = event["params_input"] or {}
        self.validate_chosen_options(chosen)
        self.validate_params_input(values)
        if user := event["responded_by_user"]:
            self.log.info("Answered %s by %s", chosen, user["name"])
        at = event["responded_at"]
        return {
            "chosen_options": chosen,
            "params_input": self._defaults_of_form() | values,
            "responded_at": datetime.fromisoformat(at) if isinstance(at, str) else at,
            "responded_by_user": event["responded_by_user"],
        }

    def _defaults_of_form(self) -> dict[str, Any]:
        return {name: self.form[name] for name, param in self.form.params().items() if param.has_value}

    def process_trigger_event_error(self, event: dict[str, Any]) -> None:
        if event.get("error_type") == "timeout":
            raise HITLTimeoutError(event["error"])
        raise HITLTriggerEventError(event["error"])

    def validate_chosen_options(self, chosen_options: Sequence[str]) -> None:
        unknown = [option for option in chosen_options if option not in self.options]
        if unknown:
            raise ValueError(f"{unknown} are none of the options {self.options}")

    def validate_params_input(self, params_input: Mapping[str, Any] | None) -> None:
        """Raises ParamValidationError for a value that does not fit its schema."""
        filled = ParamsDict(self.form)
        for name, value in (params_input or {}).items():
            if name not in filled:
                raise ValueError(f"params_input {name!r} is no param of the form: it has {list(filled)}")
            filled[name] = value

    @staticmethod
    def generate_link_to_ui_from_context(context: Any, base_url: str | None = None, **_: Any) -> str:
        """Where a person would answer in a browser; nowhere yet."""
        return ""

    def generate_link_to_ui(self, **_: Any) -> str:
        return ""


class ApprovalOperator(SkipMixin, HITLOperator):
    """Asks for approval; a rejection skips what comes after, or fails with `fail_on_reject`."""

    APPROVE = "Approve"
    REJECT = "Reject"
    FIXED_ARGS = ("options", "multiple")

    def __init__(
        self, *, ignore_downstream_trigger_rules: bool = False, fail_on_reject: bool = False, **kwargs: Any
    ) -> None:
        for name in self.FIXED_ARGS:
            if name in kwargs:
                raise ValueError(f"Passing {name} to ApprovalOperator is not allowed.")
        super().__init__(options=[self.APPROVE, self.REJECT], multiple=False, **kwargs)
        self.ignore_downstream_trigger_rules = ignore_downstream_trigger_rules
        self.fail_on_reject = fail_on_reject

    def execute_complete(self, context: Any, event: dict[str, Any]) -> Any:
        answer = super().execute_complete(context, event)
        if answer["chosen_options"][0] == self.APPROVE:
            self.log.info("Approved. Proceeding with downstream tasks...")
            return answer
        if self.fail_on_reject:
            raise HITLRejectException('Receive "Reject"')
        self.log.info("Rejected. Skipping downstream tasks...")
        if self.ignore_downstream_trigger_rules:
            branching.short_circuit(context, "all")
        else:
            self.skip(ti=context["ti"], tasks=list(self.downstream_list))
        return answer


class HITLBranchOperator(BranchMixIn, HITLOperator):
    """Asks which tasks to go on with: the options are task ids, or stand for them in `options_mapping`."""

    inherits_from_skipmixin = True

    def __init__(self, *, options_mapping: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.options_mapping = dict(options_mapping or {})
        unknown = sorted(set(self.options_mapping) - set(self.options))
        if unknown:
            raise ValueError(f"`options_mapping` contains keys that are not in `options`: {unknown}")

    def execute_complete(self, context: Any, event: dict[str, Any]) -> Any:
        answer = super().execute_complete(context, event)
        branches = [self.options_mapping.get(option, option) for option in answer["chosen_options"]]
        return self.do_branch(context, branches)


class HITLEntryOperator(HITLOperator):
    """Asks for values, by `params`."""

    OK = "OK"

    def __init__(self, *, options: Sequence[str] = (OK,), **kwargs: Any) -> None:
        if list(options) == [self.OK] and kwargs.get("defaults") is None and kwargs.get("response_timeout"):
            kwargs["defaults"] = [self.OK]
        super().__init__(options=options, **kwargs)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(cast("Sequence[Any]", value)) if isinstance(value, (list, tuple)) else [value]


def _field(param: Param) -> dict[str, Any]:
    """A field of the form, as people see it."""
    value = {"value": plain(param.value)} if param.has_value else {}
    return {**value, "description": param.description, "schema": plain(param.schema)}


def _user_id(user: Any) -> str:
    """Airflow's HITLUser is a dict or an object with `id` and `name`."""
    if isinstance(user, Mapping):
        return str(cast("Mapping[str, Any]", user)["id"])
    return str(getattr(user, "id", user))
