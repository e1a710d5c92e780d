"""BaseNotifier: a callback that is an object, with template fields: `on_failure_callback=SlackNotifier(text=…)`."""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tradewind.authoring import templates
from tradewind.authoring.log import LoggingMixin


class BaseNotifier(LoggingMixin):
    """Subclass it and write `notify(context)`. Fields named in `template_fields` are rendered before each call."""

    template_fields: Collection[str] = ()
    template_ext: Sequence[str] = ()
    template_fields_renderers: Mapping[str, str] = {}

    def __init__(self, context: Any = None, **_: Any) -> None:
        super().__init__()
        self.context: dict[str, Any] = dict(context or {})

    def notify(self, context: Any) -> None:
        """Send the notification."""
        raise NotImplementedError(f"{type(self).__name__} has no notify() method")

    def __call__(self, *args: Any) -> None:
        """Called as a callback, with the context (or, by Airflow 2's SLA check, with a DAG and four lists).

        An error is logged and goes no further: what became of the task is decided already."""
        try:
            self.send(*args)
        except Exception:
            self.log.exception("Failed to send notification by %s", type(self).__name__)

    def send(self, *args: Any) -> None:
        """The same, with errors raised."""
        context = {**self.context, **_context_of(args)}
        # A copy is rendered: the same notifier serves many tasks, and each sees the fields as they were written.
        one_call = copy.copy(self)
        one_call.render_template_fields(context)
        one_call.notify(context)

    def get_template_env(self, dag: Any = None) -> Any:
        return templates.environment_for(self, dag)

    def render_template(
        self, content: Any, context: Any, jinja_env: Any = None, seen_oids: set[int] | None = None
    ) -> Any:
        """A value with every template in it rendered."""
        return templates.render(content, context, jinja_env or self.get_template_env(context.get("dag")), self)

    def render_template_fields(self, context: Any, jinja_env: Any = None) -> None:
        """Render every template field in place."""
        templates.render_fields(self, context, jinja_env or self.get_template_env(context.get("dag")))


def _context_of(args: Sequence[Any]) -> Mapping[str, Any]:
    if len(args) == 1:
        return args[0]
    return dict(zip(("dag", "task_list", "blocking_task_list", "slas", "blocking_tis"), args, strict=False))
