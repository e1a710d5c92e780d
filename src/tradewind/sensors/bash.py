"""Waits until a shell command exits with 0."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from tradewind.authoring.exceptions import AirflowFailException
from tradewind.authoring.sensor import BaseSensorOperator
from tradewind.hooks.subprocess import SubprocessHook


class BashSensor(BaseSensorOperator):
    """Runs `bash_command` at every poke: exit code 0 is success, `retry_exit_code` (default: any other) waits on, and
    the rest fails."""

    default_mode = "reschedule"
    """Users' code must not hold up a triggerer, and a slot is not to be held either."""
    template_fields = ("bash_command", "env")
    template_ext = (".sh", ".bash")

    def __init__(
        self,
        *,
        bash_command: str,
        env: Mapping[str, str] | None = None,
        output_encoding: str = "utf-8",
        retry_exit_code: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.bash_command = bash_command
        self.env = env
        self.output_encoding = output_encoding
        self.retry_exit_code = retry_exit_code
        self._hook: SubprocessHook | None = None

    def poke(self, context: Any) -> bool:
        self._hook = SubprocessHook()
        env = dict(os.environ) if self.env is None else self.env
        code = self._hook.run_command(["bash", "-c", self.bash_command], env, self.output_encoding).exit_code
        if code == 0:
            return True
        if self.retry_exit_code is None or code == self.retry_exit_code:
            self.log.info("Not there yet (exit code %s)", code)
            return False
        raise AirflowFailException(f"Command exited with return code {code}")

    def on_kill(self) -> None:
        if self._hook is not None:
            self._hook.send_sigterm()
