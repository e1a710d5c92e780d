"""`tradewind debug`: a try once more, in a terminal, in pdb or as a notebook, with what it had; its run is left be."""

from __future__ import annotations

import code
import inspect
import linecache
import pdb
import sys
import tempfile
from bdb import BdbQuit
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

import click

from tradewind.authoring.call import CONTEXT_KEYS
from tradewind.cli.complete import complete_run, complete_task_of_run
from tradewind.cli.home import open_home
from tradewind.cli.notebook_of_try import write_notebook
from tradewind.cli.trying_again import TriedAgain, try_again
from tradewind.dagfiles.load import LoadedFile
from tradewind.runner.opened_try import open_try, run_opened
from tradewind.runner.try_runner import Attempt

WIDEST = 100
"""Characters of a value in the banner."""


@click.command()
@click.argument("run", metavar="RUN", shell_complete=complete_run)
@click.argument("task", metavar="TASK", shell_complete=complete_task_of_run)
@click.argument("number", metavar="[TRY]", type=int, required=False)
@click.option("--dag-id", help="Which DAG's run, where several have one of that name.")
@click.option("--pdb", "in_pdb", is_flag=True, help="Run it, and stop at the first line of the task.")
@click.option("--post-mortem", is_flag=True, help="Run it, and stop where it fails.")
@click.option("--notebook", is_flag=True, help="Write a notebook that sets all of it up.")
@click.option("--to", "file", default="", metavar="FILE", help="The notebook's file; default: TASK.tryN.ipynb here.")
def debug(
    run: str,
    task: str,
    number: int | None,
    dag_id: str | None,
    in_pdb: bool,
    post_mortem: bool,
    notebook: bool,
    file: str,
) -> None:
    """Open a try of TASK (`train`, or `train[3]`) of a RUN again: by default the last one, at a Python prompt.

    RUN is a run id or its beginning, or a DAG: then its latest run. The try has the code, params, dates and values that
    it had; what it returns, pushes, logs or saves as a checkpoint is forgotten.
    """
    if sum((in_pdb, post_mortem, notebook)) > 1:
        raise click.UsageError("choose one of --pdb, --post-mortem and --notebook")
    with reopened(run, task, number, dag_id=dag_id) as (again, attempt):
        if notebook:
            click.echo(f"written: {write_notebook(again, attempt, file)}")
            return
        for warning in again.warnings:
            click.secho(f"note: {warning}", fg="yellow", err=True)
        click.secho(again.name, bold=True, err=True)
        if in_pdb:
            _step_through(attempt, again.loaded.file)
        elif post_mortem:
            _look_at_the_failure(attempt)
        else:
            _prompt(again, attempt)


@contextmanager
def reopened(
    run: str, task: str, number: int | None = None, *, dag_id: str | None = None
) -> Generator[tuple[TriedAgain, Attempt]]:
    """A try as it was, ready to run. Raises NotFoundError, DagFileError, and what rendering its templates raises."""
    with tempfile.TemporaryDirectory(prefix="tradewind-") as folder, open_home() as home:
        again = try_again(home, run, task, number, dag_id=dag_id, scratch=Path(folder))
        show_the_code_of_then(again.loaded.file)
        with open_try(again.message, again.loaded.file, again.supervisor) as attempt:
            yield again, attempt


def names_of(again: TriedAgain, attempt: Attempt) -> dict[str, Any]:
    """What is at hand at the prompt and in the notebook."""
    return {
        "context": attempt.context,
        "ti": attempt.ti,
        "params": attempt.context["params"],
        "operator": attempt.operator,
        "function": getattr(attempt.operator, "python_callable", None),
        "inputs": inputs_of(attempt),
        "again": again,
        "run": lambda: run_opened(attempt),
    }


def inputs_of(attempt: Attempt) -> dict[str, Any]:
    """The arguments of the task's function, those of the context that it names included; of another operator its
    template fields, rendered."""
    operator = attempt.operator
    function = getattr(operator, "python_callable", None)
    if function is None:
        return {name: getattr(operator, name, None) for name in operator.template_fields}
    keywords = cast("Mapping[str, Any]", operator.op_kwargs or {})
    parameters = inspect.signature(function).parameters
    given = dict(zip(parameters, operator.op_args or (), strict=False))
    of_context = {
        name: attempt.context[name] for name in parameters if name in CONTEXT_KEYS and name in attempt.context
    }
    return {**of_context, **given, **keywords}


# ------------------------------------------------------------------------------------ at a prompt


def _prompt(again: TriedAgain, attempt: Attempt) -> None:
    names = names_of(again, attempt)
    with suppress(ImportError):
        import readline  # not built in everywhere
        import rlcompleter

        readline.set_completer(rlcompleter.Completer(names).complete)
        readline.parse_and_bind("tab: complete")
    function = names["function"]
    lines = [
        f"inputs     {_short(names['inputs'])}",
        f"params     {_short(names['params'])}",
        f"function   {function.__name__ if function is not None else type(attempt.operator).__name__}",
        "context, ti, operator are there as well. run() runs the task; function(**inputs) calls its function.",
        "Nothing is written to the run. Leave with Ctrl-D.",
    ]
    code.interact(banner="\n".join(lines), local=names, exitmsg="")


def _short(value: object) -> str:
    text = repr(value).replace("\n", " ")
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"


# ------------------------------------------------------------------------------------ in pdb


def _step_through(attempt: Attempt, file: LoadedFile) -> None:
    """A breakpoint on the function's code, so that coroutines and generators stop in their first line, too."""
    operator: Any = attempt.operator
    function: Any = getattr(operator, "python_callable", None) or operator.execute
    body = inspect.unwrap(function).__code__
    debugger = pdb.Pdb()
    refused = debugger.set_break(body.co_filename, body.co_firstlineno, True, None, body.co_name)
    if refused:
        click.secho(f"note: {refused}; it stops at the operator instead", fg="yellow", err=True)
    try:
        if refused:
            _tell(debugger.runcall(run_opened, attempt))
        else:
            _tell(_run_until_the_break(debugger, attempt))
    except BdbQuit:
        click.echo("left")


def _run_until_the_break(debugger: pdb.Pdb, attempt: Attempt) -> Any:
    debugger.reset()
    debugger.botframe = sys._getframe()  # pyright: ignore[reportPrivateUsage]  # as bdb does, so that `up` ends here
    debugger.set_continue()
    sys.settrace(debugger.trace_dispatch)
    try:
        return run_opened(attempt)
    finally:
        sys.settrace(None)


def _look_at_the_failure(attempt: Attempt) -> None:
    try:
        result = run_opened(attempt)
    except BaseException as error:
        click.secho(f"{type(error).__name__}: {error}", fg="red", err=True)
        pdb.post_mortem(error.__traceback__)
        return
    _tell(result)


def _tell(result: Any) -> None:
    click.secho("success" + ("" if result is None else f": returned {_short(result)}"), fg="green")


def show_the_code_of_then(file: LoadedFile) -> None:
    """Debuggers and tracebacks read lines from the disk: they shall get those that run."""
    for module in list(sys.modules.values()):
        path = getattr(module, "__file__", None)
        if isinstance(path, str) and file.files.content(path) is not None:
            with suppress(OSError, UnicodeDecodeError):
                text = file.files.read(path).decode()
                linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
