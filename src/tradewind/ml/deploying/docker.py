"""`ml.DockerTarget`: a build context with the model, its requirements and `tradewind serve`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tradewind.ml.deploying.asking import free_port, running_server
from tradewind.ml.deploying.folder import FolderTarget
from tradewind.ml.deploying.target import DeploymentFailedError, ModelFiles, Placed, Predict

BUILD_SECONDS = 3600

_DOCKERFILE = """\
FROM python:{python}-slim
RUN useradd --create-home serve
WORKDIR /srv
COPY requirements.txt ./
{copy_wheel}RUN pip install --no-cache-dir -r requirements.txt
COPY model ./model
USER serve
ENV TRADEWIND_HOME=/home/serve/.tradewind
EXPOSE {port}
HEALTHCHECK CMD python -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:{port}/ready')"
CMD ["tradewind", "serve", "/srv/model", "--host", "0.0.0.0", "--port", "{port}"]
"""


@dataclass(frozen=True)
class DockerTarget(FolderTarget):
    """`folder/current` is a build context. `image`: built and tagged `image:version` too, where Docker is installed.
    `wheel`: a Tradewind of your own to put in, in place of the one on the package index. The smoke test starts the same
    server with the same files here, not in a container."""

    image: str = ""
    port: int = 8080
    wheel: str = ""
    kind: str = "docker"
    model_folder: str = "model"

    def put(self, files: ModelFiles) -> Placed:
        if self.image and shutil.which("docker") is None:
            raise DeploymentFailedError(
                f"the image {self.image} cannot be built: there is no `docker` here",
                hint="leave image= away: the build context alone needs none",
            )
        return super().put(files)

    def fill(self, folder: Path, files: ModelFiles) -> None:
        super().fill(folder, files)
        wheel = Path(self.wheel).expanduser() if self.wheel else None
        if wheel is not None:
            shutil.copy2(wheel, folder / wheel.name)
        own = f"./{wheel.name}[serve]" if wheel is not None else f"tradewind[serve]=={version('tradewind')}"
        (folder / "requirements.txt").write_text("\n".join([own, "pandas", *_requirements(files.folder)]) + "\n")
        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        copy_wheel = f"COPY {wheel.name} ./\n" if wheel is not None else ""
        (folder / "Dockerfile").write_text(_DOCKERFILE.format(python=python, port=self.port, copy_wheel=copy_wheel))
        if self.image:
            _build(folder, f"{self.image}:{files.version}")

    @contextmanager
    def answering(self, files: ModelFiles, placed: Placed) -> Generator[Predict]:
        port = free_port()
        serve = ["serve", str(self.served), "--port", str(port), "--no-log"]
        command = [sys.executable, "-m", "tradewind.cli.main", *serve]
        with running_server(command, port, health="/ready", predict="/predict") as predict:
            yield predict


def _requirements(model: Path) -> list[str]:
    """As MLflow has noted them down; mlflow itself comes with ours."""
    try:
        lines = (model / "requirements.txt").read_text().splitlines()
    except FileNotFoundError:
        return []
    return [one for one in lines if one.strip() and not one.startswith(("mlflow", "pandas="))]


def _build(context: Path, tag: str) -> None:
    done = subprocess.run(
        ["docker", "build", "--tag", tag, str(context)], capture_output=True, text=True, timeout=BUILD_SECONDS
    )
    if done.returncode:
        raise DeploymentFailedError(f"docker build of {tag} failed: {done.stderr[-2000:]}")
