"""`@task.run_if` and `@task.skip_if`: a hook before execute() that skips the task."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tradewind.authoring.call import name_of
from tradewind.authoring.exceptions import AirflowSkipException


def skip_unless(
    condition: Callable[..., Any], message: str | None, *, wanted: bool, inner: Callable[..., Any] | None
) -> Callable[[Any], None]:
    """A pre_execute hook: skip unless `bool(condition(context)) == wanted`; then call the hook that was there."""

    def check(context: Any) -> None:
        if inner is not None:
            inner(context)
        if bool(condition(context)) is not wanted:
            reason = message or f"{'run' if wanted else 'skip'} condition {name_of(condition)} says so"
            raise AirflowSkipException(reason)

    return check
