"""Runs a shell command; its last line of output is the task's value."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tradewind.authoring.context import context_to_airflow_vars
from tradewind.authoring.exceptions import AirflowException, AirflowSkipException
from tradewind.authoring.operator import BaseOperator
from tradewind.hooks.subprocess import SubprocessHook, SubprocessResult

LONGEST_ARGUMENT_BYTES = 100_000
"""Linux takes at most 128 KiB as one argument of a command; a longer script goes into a file."""


class BashOperator(BaseOperator):
    """Runs `bash -c bash_command`. A text ending in .sh or .bash names a template file.

    `env` replaces the environment, or adds to it with `append_env`; exit codes in `skip_on_exit_code` skip the task;
    without `cwd` the command runs in a temporary folder; `output_processor` turns the last line into the value."""

    template_fields = ("bash_command", "env", "cwd")
    template_fields_renderers = {"bash_command": "bash", "env": "json"}
    template_ext = (".sh", ".bash")
    ui_color = "#f0ede4"
    _subprocess_hook: SubprocessHook | None = None

    def __init__(
        self,
        *,
        bash_command: Any,
        env: Mapping[str, str] | None = None,
        append_env: bool = False,
        output_encoding: str = "utf-8",
        skip_on_exit_code: int | Collection[int] | None = 99,
        skip_exit_code: int | None = None,
        cwd: str | None = None,
        output_processor: Callable[[str], Any] | None = None,
        xcom_push: bool | None = None,
        **kwargs: Any,
    ) -> None:
        if xcom_push is not None:  # Airflow 1's name of the argument
            kwargs.setdefault("do_xcom_push", xcom_push)
        super().__init__(**kwargs)
        self.bash_command = bash_command
        self.env = env
        self.append_env = append_env
        self.output_encoding = output_encoding
        self.skip_on_exit_code = exit_codes(skip_on_exit_code if skip_exit_code is None else skip_exit_code)
        self.cwd = cwd
        self.output_processor = output_processor

    def execute(self, context: Any) -> Any:
        self._check_cwd()
        result = self._run(self.get_env(context))
        if result.exit_code in self.skip_on_exit_code:
            raise AirflowSkipException(f"Bash command returned exit code {result.exit_code}. Skipping.")
        if result.exit_code != 0:
            raise AirflowException(
                f"Bash command failed. The command returned a non-zero exit code {result.exit_code}.",
                hint=f"its last line of output was: {result.output}" if result.output else "",
            )
        return self.output_processor(result.output) if self.output_processor else result.output

    def get_env(self, context: Any) -> dict[str, str]:
        """The command's environment: ours, or `env`, or both; and the AIRFLOW_CTX_ variables."""
        inherited = dict(os.environ) if self.env is None or self.append_env else {}
        about_the_run = context_to_airflow_vars(context, in_env_var_format=True)
        return inherited | about_the_run | {name: str(value) for name, value in (self.env or {}).items()}

    def on_kill(self) -> None:
        self.subprocess_hook.send_sigterm()

    @property
    def subprocess_hook(self) -> SubprocessHook:
        """Runs the command; made when first needed, so that the operator itself holds nothing that is running."""
        if self._subprocess_hook is None:
            self._subprocess_hook = SubprocessHook()
        return self._subprocess_hook

    def _run(self, env: dict[str, str]) -> SubprocessResult:
        bash = shutil.which("bash") or "bash"
        script = str(self.bash_command)
        if len(script.encode()) <= LONGEST_ARGUMENT_BYTES:
            return self._call([bash, "-c", script], env)
        with TemporaryDirectory(prefix="tradewind-") as folder:
            file = Path(folder, "script.sh")
            file.write_text(script)
            return self._call([bash, str(file)], env)

    def _call(self, command: list[str], env: dict[str, str]) -> SubprocessResult:
        return self.subprocess_hook.run_command(command, env, self.output_encoding, self.cwd)

    def _check_cwd(self) -> None:
        if self.cwd is None or os.path.isdir(self.cwd):
            return
        if os.path.exists(self.cwd):
            raise AirflowException(f"The cwd {self.cwd} must be a directory")
        raise AirflowException(f"Can not find the cwd: {self.cwd}", hint="make the folder before, or correct cwd=")


def exit_codes(value: int | Collection[int] | None) -> frozenset[int]:
    """One exit code, several or none, as a set."""
    if value is None:
        return frozenset()
    return frozenset([value]) if isinstance(value, int) else frozenset(value)
