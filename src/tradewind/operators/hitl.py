"""Human-in-the-loop operators of Airflow 3.1. They load; running one needs a service that people answer through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, cast

from tradewind.authoring.exceptions import AirflowFailException
from tradewind.authoring.operator import BaseOperator
from tradewind.operators.branch import BranchMixIn, SkipMixin


class HITLOperator(BaseOperator):
    """Asks a person to choose among `options`; `defaults` hold where nobody answers within `response_timeout`."""

    template_fields = ("subject", "body")

    def __init__(
        self,
        *,
        subject: str,
        options: Sequence[str],
        body: str | None = None,
        defaults: str | Sequence[str] | None = None,
        multiple: bool = False,
        notifiers: Any = None,
        assigned_users: Any = None,
        respondents: Any = None,
        response_timeout: timedelta | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.subject = subject
        self.body = body
        self.options = list(options)
        self.defaults = [defaults] if isinstance(defaults, str) else defaults
        self.multiple = multiple
        self.notifiers = _listed(notifiers)
        self.assigned_users = _listed(assigned_users if assigned_users is not None else respondents)
        self.response_timeout = response_timeout
        self._check()

    def _check(self) -> None:
        if not self.options:
            raise ValueError('"options" cannot be empty.')
        unknown = [choice for choice in self.defaults or () if choice not in self.options]
        if unknown:
            raise ValueError(f'"defaults" has {unknown[0]!r}, which is none of "options"')
        if len(self.defaults or ()) > 1 and not self.multiple:
            raise ValueError('more than one of "defaults" needs multiple=True')

    def execute(self, context: Any) -> Any:
        raise AirflowFailException(
            f"{type(self).__name__} {self.task_id!r} waits for a person ({self.subject!r:.80}): there is no service to "
            "answer through in this version",
            hint="run what comes after it with `tradewind run … --from TASK`, or ask for a param: `--params`",
        )

    @staticmethod
    def generate_link_to_ui_from_context(context: Any, base_url: str | None = None, **_: Any) -> str:
        """Where a person would answer; nowhere yet."""
        return ""

    def generate_link_to_ui(self, **_: Any) -> str:
        return ""


class ApprovalOperator(SkipMixin, HITLOperator):
    """Asks for approval; a rejection skips what comes after."""

    APPROVE = "Approve"
    REJECT = "Reject"

    def __init__(
        self,
        *,
        ignore_downstream_trigger_rules: bool = False,
        fail_on_reject: bool = False,
        options: Sequence[str] = (APPROVE, REJECT),
        **kwargs: Any,
    ) -> None:
        super().__init__(options=options, **kwargs)
        self.ignore_downstream_trigger_rules = ignore_downstream_trigger_rules
        self.fail_on_reject = fail_on_reject


class HITLBranchOperator(BranchMixIn, HITLOperator):
    """Asks which tasks to go on with."""

    inherits_from_skipmixin = True

    def __init__(self, *, options_mapping: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.options_mapping = dict(options_mapping or {})
        unknown = sorted(set(self.options_mapping) - set(self.options))
        if unknown:
            raise ValueError(f"`options_mapping` contains keys that are not in `options`: {unknown}")


class HITLEntryOperator(HITLOperator):
    """Asks for values, by `params`."""

    OK = "OK"

    def __init__(self, *, options: Sequence[str] = (OK,), **kwargs: Any) -> None:
        super().__init__(options=options, **kwargs)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(cast("Sequence[Any]", value)) if isinstance(value, (list, tuple)) else [value]
