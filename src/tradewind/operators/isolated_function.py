"""Runs a function in another Python interpreter: its source travels as text, arguments and result as pickles."""

from __future__ import annotations

import ast
import inspect
import os
import pickle
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import Struct

from tradewind.authoring.call import name_of
from tradewind.authoring.exceptions import AirflowException, AirflowSkipException, DeserializingResultError
from tradewind.hooks.subprocess import SubprocessHook

SERIALIZERS = ("pickle", "cloudpickle", "dill")

SCRIPT = """\
from __future__ import annotations

import sys
import {serializer} as _pickler

virtualenv_string_args = {string_args!r}

{source}

def _tradewind_run(arguments_file, result_file, error_file):
    try:
        with open(arguments_file, "rb") as stream:
            args, kwargs = _pickler.load(stream)
        result = {name}(*args, **kwargs)
        with open(result_file, "wb") as stream:
            _pickler.dump(result, stream, protocol=4)
    except Exception as error:
        with open(error_file, "w") as stream:
            stream.write(type(error).__name__ + ": " + str(error))
        raise


if __name__ == "__main__":
    _tradewind_run(*sys.argv[1:])
"""


class IsolatedCall(Struct, frozen=True):
    """One call: the function, what it gets, and how both ways are pickled."""

    function: Callable[..., Any]
    args: Sequence[Any] = ()
    kwargs: Mapping[str, Any] = {}
    string_args: Sequence[str] = ()
    serializer: str = "pickle"
    skip_on_exit_code: Collection[int] = ()


def run_isolated(call: IsolatedCall, python: str, env: Mapping[str, str], hook: SubprocessHook) -> Any:
    """What the function returns when the interpreter `python` runs it. Its output goes to the log, line by line.

    Raises AirflowException where it fails, AirflowSkipException where it exits with a code that means skip, and
    DeserializingResultError where the result cannot be read back here."""
    with TemporaryDirectory(prefix="tradewind-") as folder:
        script, arguments, result, error = (Path(folder, name) for name in ("script.py", "in", "out", "error"))
        script.write_text(script_of(call), encoding="utf-8")
        arguments.write_bytes(_pickled(call))
        command = [python, *(str(path) for path in (script, arguments, result, error))]
        code = hook.run_command(command, env, cwd=os.getcwd()).exit_code
        if code in call.skip_on_exit_code:
            raise AirflowSkipException(f"Process exited with code {code}. Skipping.")
        if code != 0:
            raise _failure(call, python, code, error)
        return _read(result.read_bytes(), call, python)


def script_of(call: IsolatedCall) -> str:
    """The program that the other interpreter runs."""
    return SCRIPT.format(
        serializer=call.serializer,
        string_args=[str(arg) for arg in call.string_args],
        source=source_of(call.function),
        name=call.function.__name__,
    )


def source_of(function: Callable[..., Any]) -> str:
    """The function's definition without its decorators. Raises AirflowException for a lambda, a class, a method …"""
    try:
        text = inspect.getsource(function)
        text = f"if True:\n{text}" if text[:1].isspace() else text
        found = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    except (TypeError, OSError, SyntaxError):
        found, text = [], ""
    if not found or found[0].name != getattr(function, "__name__", ""):
        raise AirflowException(
            f"{name_of(function)!r} cannot be sent to another interpreter: only a function made with `def` can",
            hint="move the code into a def of its own, its imports inside",
        )
    lines = text.splitlines()[found[0].lineno - 1 : found[0].end_lineno]
    # An indented definition keeps its indentation, below `if True:`: dedenting would change texts of several lines.
    return "\n".join(["if True:", *lines] if lines[0][:1].isspace() else lines)


def check_serializer(name: str | None, use_dill: bool = False) -> str:
    """The serializer's name. Raises AirflowException for an unknown one."""
    chosen = name or ("dill" if use_dill else "pickle")
    if chosen not in SERIALIZERS:
        raise AirflowException(f"serializer must be one of {', '.join(SERIALIZERS)}, not {chosen!r}")
    return chosen


def _pickled(call: IsolatedCall) -> bytes:
    try:
        return _pickler(call.serializer).dumps((tuple(call.args), dict(call.kwargs)), protocol=4)
    except Exception as error:
        raise AirflowException(
            f"the arguments of {name_of(call.function)!r} cannot be sent to another interpreter: {error}",
            hint="pass plain values, or serializer='cloudpickle'",
        ) from error


def _pickler(name: str) -> Any:
    try:
        return pickle if name == "pickle" else import_module(name)
    except ImportError as error:
        raise AirflowException(f"serializer {name!r} is not installed here", hint=f"pip install {name}") from error


def _failure(call: IsolatedCall, python: str, code: int, error_file: Path) -> AirflowException:
    said = error_file.read_text(encoding="utf-8", errors="replace") if error_file.exists() else ""
    ended = f"it was killed by signal {-code}" if code < 0 else f"it exited with code {code}"
    return AirflowException(
        f"{name_of(call.function)!r} failed in {python}: {said or ended}",
        hint="its own traceback is in the log above" if said else "",
    )


def _read(data: bytes, call: IsolatedCall, python: str) -> Any:
    try:
        # What is read was written by the author's own function, in a process that this one started.
        return _pickler(call.serializer).loads(data)
    except Exception as error:
        raise DeserializingResultError(
            f"the result of {name_of(call.function)!r} cannot be read back in {sys.executable}: {error}. "
            f"Return plain values, or install here what {python} has."
        ) from error
