"""`ml.MlflowTarget`: MLflow's scoring server, as a unit that is ready to start."""

from __future__ import annotations

import importlib.util
import shlex
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tradewind.ml.deploying.asking import BESIDE_PYTHON, free_port, running_server
from tradewind.ml.deploying.folder import FolderTarget
from tradewind.ml.deploying.target import DeploymentFailedError, ModelFiles, Placed, Predict

RESTART_SECONDS = 120


@dataclass(frozen=True)
class MlflowTarget(FolderTarget):
    """Like a folder, with `serve.sh` and a systemd unit for `mlflow models serve`. The smoke test starts that server
    for real, at a free port. `restart`: the command that has the running one take up the new version; it is run
    once the smoke test has passed, and after a rollback."""

    host: str = "127.0.0.1"
    port: int = 5001
    restart: str = ""
    kind: str = "mlflow"
    model_folder: str = "model"

    def command(self, port: int) -> list[str]:
        return [
            sys.executable, "-m", "mlflow", "models", "serve", "--model-uri", str(self.served),
            "--host", self.host, "--port", str(port), "--env-manager", "local",
        ]  # fmt: skip

    def put(self, files: ModelFiles) -> Placed:
        if importlib.util.find_spec("mlflow.models.cli") is None or importlib.util.find_spec("flask") is None:
            raise DeploymentFailedError("MLflow's scoring server is not installed here", hint="pip install mlflow")
        return super().put(files)

    def fill(self, folder: Path, files: ModelFiles) -> None:
        super().fill(folder, files)
        script = folder / "serve.sh"
        script.write_text(
            f'#!/bin/sh\nexport PATH={shlex.quote(BESIDE_PYTHON)}:"$PATH"\nexec {shlex.join(self.command(self.port))}\n'
        )
        script.chmod(0o755)
        (folder / f"{_unit_name(files.name)}.service").write_text(
            f"[Unit]\nDescription=Model {files.name}, version {files.version}\nAfter=network.target\n\n"
            f'[Service]\nExecStart="{self.versioned.current}/serve.sh"\nRestart=on-failure\n\n'
            f"[Install]\nWantedBy=default.target\n"
        )

    @contextmanager
    def answering(self, files: ModelFiles, placed: Placed) -> Generator[Predict]:
        port = free_port()
        command = self.command(port)
        command[command.index("--host") + 1] = "127.0.0.1"
        with running_server(command, port, health="/ping", predict="/invocations") as predict:
            yield predict
        self._restart()

    def undo(self, placed: Placed) -> None:
        super().undo(placed)
        if placed.old:
            self._restart()

    def _restart(self) -> None:
        if not self.restart:
            return
        done = subprocess.run(self.restart, shell=True, capture_output=True, text=True, timeout=RESTART_SECONDS)
        if done.returncode:
            raise DeploymentFailedError(f"`{self.restart}` ended with {done.returncode}: {done.stderr[-1000:]}")


def _unit_name(model: str) -> str:
    return "".join(one if one.isalnum() or one in "-_" else "-" for one in model)
