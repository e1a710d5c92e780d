"""A try opened to be looked at: rendered, its context current, nothing told to anybody; run when asked to."""

# pyright: reportPrivateUsage=false
# The steps are those of a real try, in its order, less what belongs to a run: callbacks, mails, the cache, trackers.

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from tradewind.authoring import branching, ports, templates
from tradewind.authoring.aid import aids_of
from tradewind.authoring.context import running
from tradewind.authoring.exceptions import DownstreamTasksSkipped
from tradewind.authoring.ports import Supervisor
from tradewind.dagfiles.load import LoadedFile
from tradewind.model.messages import RunTry
from tradewind.model.outcomes import Succeeded
from tradewind.runner import try_runner as steps
from tradewind.runner.lookup import task_of
from tradewind.runner.try_runner import Attempt


@contextmanager
def open_try(message: RunTry, dag_file: LoadedFile, connection: Supervisor) -> Generator[Attempt]:
    """The try of a message, up to the point where its task would run. Raises what rendering raises, TryCannotRun."""
    ports.install(connection)
    templates.use_files(None if dag_file.module is None else partial(steps._loader, dag_file.files))
    attempt = Attempt(message, dag_file, task_of(message, dag_file), connection)
    try:
        with running(attempt.context), ExitStack() as around:
            steps._prepare(attempt)
            aids = [aid for aid in aids_of(attempt.operator) if aid.in_debug]
            for aid in aids:
                aid.before_rendering(attempt)
            steps._render(attempt)
            for aid in aids:
                around.enter_context(aid.around(attempt))
            yield attempt
    finally:
        ports.install(None)


def run_opened(attempt: Attempt) -> Any:
    """Run the task; its result is also the attempt's. Raises what the task raises."""
    operator, context = attempt.operator, attempt.context
    operator.pre_execute(context)
    try:
        attempt.result = steps._awaited(steps._call(attempt))
    except DownstreamTasksSkipped as error:
        branching.skip_tasks(context, error.tasks)
    operator.post_execute(context, attempt.result)
    return attempt.result


def values_made(attempt: Attempt) -> Succeeded:
    """What the task would hand on, once it has run. Raises SerializationError."""
    return steps._hand_on(attempt)
