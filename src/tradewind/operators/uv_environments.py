"""Environments made by uv: requirements are locked once, the same lock is installed once, whichever task asks."""

from __future__ import annotations

import hashlib
import platform
import shutil
import sys
from pathlib import Path

import msgspec
from msgspec import Struct

from tradewind.authoring import defaults
from tradewind.authoring.exceptions import AirflowException
from tradewind.hooks.subprocess import SubprocessHook
from tradewind.operators.virtual_environments import index_environment, locked, run_installer


class UvEnvironment(Struct, frozen=True):
    requirements: tuple[str, ...]
    python: str = ""
    """A version (`3.12`) or a path; "" is this interpreter. uv fetches versions that are not here."""
    index_urls: tuple[str, ...] | None = None
    """As of `virtual_environments.Environment`."""


class Prepared(Struct, frozen=True):
    python: str
    """Path of the environment's interpreter."""
    key: str
    """Of the lock: equal ones are the same environment."""


def prepared(wish: UvEnvironment, hook: SubprocessHook, lock: str | None = None, cache: Path | None = None) -> Prepared:
    """The environment, made if it is not there yet. Several tasks may ask at once. `lock`: the text of a lock file;
    without one the requirements are resolved once, and the lock is kept.

    Raises AirflowException, with uv's output, where it cannot be made."""
    home = cache or defaults.current().home / "cache" / "uv"
    for name in ("locks", "environments"):
        (home / name).mkdir(parents=True, exist_ok=True)
    text = lock if lock is not None else _locked_text(wish, home / "locks", hook)
    key = _key_of([text, wish.python or sys.executable, sys.version, platform.machine()])
    folder = home / "environments" / key
    python, complete = folder / "bin" / "python", folder / ".complete"
    with locked(folder.with_suffix(".lock")):
        if complete.exists() and python.exists():
            hook.log.info("the environment %s is there", folder)
        else:
            shutil.rmtree(folder, ignore_errors=True)  # what a killed process has left half-made
            _make(wish, text, folder, hook)
            complete.touch()
    return Prepared(str(python), key)


def _locked_text(wish: UvEnvironment, folder: Path, hook: SubprocessHook) -> str:
    lock = folder / f"{_key_of([wish, sys.version_info[:2]])}.txt"
    with locked(lock.with_suffix(".lock")):
        if not lock.exists():
            wanted, made = lock.with_suffix(".in"), lock.with_suffix(".part")
            wanted.write_text("\n".join(wish.requirements) + "\n", encoding="utf-8")
            chosen = wish.python or sys.executable
            command = [uv(), "pip", "compile", "--quiet", "--no-header", "--no-annotate", "--python", chosen]
            environment = index_environment(wish.index_urls)
            purpose = f"lock {', '.join(wish.requirements) or 'no requirements'}"
            run_installer(hook, [*command, "-o", str(made), str(wanted)], environment, purpose)
            made.replace(lock)
        return lock.read_text(encoding="utf-8")


def _make(wish: UvEnvironment, lock: str, folder: Path, hook: SubprocessHook) -> None:
    hook.log.info("making the environment %s", folder)
    run_installer(
        hook, [uv(), "venv", "--quiet", "--python", wish.python or sys.executable, str(folder)], {}, "make it"
    )
    listed = folder / "requirements.txt"
    listed.write_text(lock, encoding="utf-8")
    if lock.strip():
        # Byte-code at once: else each task compiles what it imports, where it may not write it back.
        install = [uv(), "pip", "sync", "--quiet", "--compile-bytecode", "--python", str(folder / "bin" / "python")]
        run_installer(hook, [*install, str(listed)], index_environment(wish.index_urls), "install what is locked")


def uv() -> str:
    """Path of the uv that is installed with us, or of the machine's. Raises AirflowException."""
    own = Path(sys.executable).parent / "uv"
    if found := str(own) if own.exists() else shutil.which("uv"):
        return found
    raise AirflowException("uv is not installed here", hint="pip install 'tradewind[uv]'")


def _key_of(facts: list[object]) -> str:
    return hashlib.blake2b(msgspec.json.encode(facts), digest_size=8).hexdigest()
