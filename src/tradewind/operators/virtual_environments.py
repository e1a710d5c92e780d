"""Makes virtual environments and keeps them: the same requirements are installed once, whichever task asks."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shutil
import sys
import sysconfig
from collections import deque
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from tradewind.authoring import defaults
from tradewind.authoring.exceptions import AirflowException
from tradewind.hooks.subprocess import SubprocessHook

LINES_OF_INSTALLER_SHOWN = 40


class Environment(Struct, frozen=True):
    """What an environment has to have. Equal wishes share one environment."""

    requirements: tuple[str, ...] = ()
    python_version: str = ""
    """E.g. `3.12`; "" is this interpreter's."""
    system_site_packages: bool = True
    """See the packages that are installed here too; its own come first."""
    pip_install_options: tuple[str, ...] = ()
    index_urls: tuple[str, ...] | None = None
    """None: the installer's own. (): no index at all. Else the first is the index, the others are extra ones."""


def python_of(wish: Environment, hook: SubprocessHook, cache: Path | None = None) -> str:
    """Path of the interpreter of such an environment, made if there is none yet. Several tasks may ask at once.

    Raises AirflowException, with the installer's output, where it cannot be made."""
    folder = (cache or defaults.current().home / "cache" / "virtualenvs") / f"venv-{key_of(wish)}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    python = folder / "bin" / "python"
    complete = folder / ".complete"
    with locked(folder.with_suffix(".lock")):
        if complete.exists() and python.exists():
            hook.log.info("Re-using cached virtual environment in %s", folder)
            return str(python)
        shutil.rmtree(folder, ignore_errors=True)  # what a killed process has left half-made
        _make(wish, folder, hook)
        complete.touch()
    return str(python)


def key_of(wish: Environment) -> str:
    """Short hash of what decides the environment's content: the wish, and the interpreter that it starts from."""
    base = [sys.version, sys.prefix] if wish.system_site_packages or not wish.python_version else []
    facts = msgspec.json.encode([wish, base])
    return hashlib.blake2b(facts, digest_size=8).hexdigest()


def _make(wish: Environment, folder: Path, hook: SubprocessHook) -> None:
    python = str(folder / "bin" / "python")
    uv = "" if wish.pip_install_options else shutil.which("uv")  # options are written for pip
    hook.log.info("Making a virtual environment in %s", folder)
    if uv:
        chosen = wish.python_version or sys.executable
        run_installer(hook, [uv, "venv", "--quiet", "--python", chosen, str(folder)], {}, "create it")
    else:
        # Putting pip in takes 10 s of 11, and an own pip installs into other environments as well.
        bare = [] if wish.requirements and not _has_pip() else ["--without-pip"]
        run_installer(hook, [_interpreter(wish), "-m", "venv", *bare, str(folder)], {}, "create it")
    if wish.system_site_packages and _is_same_version(wish):
        _share_packages(folder)
    if wish.requirements:
        listed = folder / "requirements.txt"
        listed.write_text("\n".join(wish.requirements) + "\n", encoding="utf-8")
        command = [*_installer(uv, python), *wish.pip_install_options, "-r", str(listed)]
        run_installer(hook, command, index_environment(wish.index_urls), "install " + ", ".join(wish.requirements))


def _installer(uv: str | None, python: str) -> list[str]:
    if uv:
        return [uv, "pip", "install", "--python", python]
    if _has_pip():
        return [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python, "install"]
    return [python, "-m", "pip", "--disable-pip-version-check", "install"]


def _has_pip() -> bool:
    return importlib.util.find_spec("pip") is not None


def run_installer(hook: SubprocessHook, command: Sequence[str], extra_env: Mapping[str, str], purpose: str) -> None:
    last_lines: deque[str] = deque(maxlen=LINES_OF_INSTALLER_SHOWN)

    def keep(line: str) -> None:
        last_lines.append(line)
        hook.log.info("%s", line)

    code = hook.run_command(command, {**os.environ, **extra_env}, cwd=os.getcwd(), on_line=keep).exit_code
    if code != 0:
        output = "\n".join(last_lines)
        raise AirflowException(
            f"the environment cannot be made: `{' '.join(command)}` exited with code {code}\n{output}",
            hint=f"try it by hand; it was to {purpose}",
        )


def _interpreter(wish: Environment) -> str:
    if _is_same_version(wish):
        return sys.executable
    if found := shutil.which(f"python{wish.python_version}"):
        return found
    raise AirflowException(
        f"there is no python{wish.python_version} on this machine",
        hint="install it, or uv (which fetches interpreters itself), or leave python_version away",
    )


def _is_same_version(wish: Environment) -> bool:
    own = ".".join(map(str, sys.version_info[:3]))
    return not wish.python_version or f"{own}.".startswith(f"{wish.python_version}.")


def _share_packages(folder: Path) -> None:
    """Let the environment see what is installed here. `venv --system-site-packages` would show the packages of the
    interpreter that this environment was itself made from, and not those the DAG file is used to."""
    here = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    target = folder / "lib" / version / "site-packages"
    own = sysconfig.get_path("purelib")
    (target / "zz_tradewind_shared.pth").write_text("\n".join(dict.fromkeys([*here, own])) + "\n", encoding="utf-8")


def index_environment(urls: tuple[str, ...] | None) -> dict[str, str]:
    """Package indexes by environment variable: on the command line their passwords would show in the log."""
    if urls is None:
        return {}
    if not urls:
        return {"PIP_NO_INDEX": "1", "UV_NO_INDEX": "1"}
    extra = " ".join(urls[1:])
    return {"PIP_INDEX_URL": urls[0], "UV_DEFAULT_INDEX": urls[0], "PIP_EXTRA_INDEX_URL": extra, "UV_INDEX": extra}


@contextmanager
def locked(file: Path) -> Generator[None]:
    with file.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def is_venv_installed() -> bool:
    """Whether environments can be made here; always, since `venv` is part of Python."""
    return True
