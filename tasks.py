#!/usr/bin/env python3
"""Every chore of this project, on a bare Python 3.11+: `python3 tasks.py <name>`. The first call makes `.venv`.

`check` is what CI runs. `demo` is the first command of the README. No dependency but the standard library.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
BIN = ENV / "bin"


def main(arguments: list[str]) -> int:
    names = arguments or ["help"]
    task = TASKS.get(names[0])
    if task is None:
        print(__doc__, "\n".join(f"  {name:<10} {job.__doc__}" for name, job in TASKS.items()), sep="\n")
        return 0 if names[0] in ("help", "-h", "--help") else 2
    task(*names[1:])
    return 0


def setup() -> None:
    """make .venv and install the project with all that development and tests need"""
    stamp = ENV / "installed-from"
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if sys.version_info < (3, 11):
        sys.exit(f"Tradewind needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    if not (BIN / "python").exists():
        print("making .venv …", flush=True)
        venv.create(ENV, with_pip=True)
    print("installing (a minute or two) …", flush=True)
    run("python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade", "pip>=25.1")
    run("python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", ".", "--group", "dev")
    stamp.write_text(wanted)


def demo() -> None:
    """train a real model from a DAG file, with live progress and pictures at the end"""
    setup()
    run("tradewind", "run", "examples/train_classifier.py")


def lint() -> None:
    """ruff: style and format"""
    setup()
    run("ruff", "check", ".")
    run("ruff", "format", "--check", ".")


def types() -> None:
    """pyright, strict on src"""
    setup()
    run("pyright", "src")


def imports() -> None:
    """import-linter: who may import whom (ARCHITECTURE.md)"""
    setup()
    run("lint-imports")


def test(*arguments: str) -> None:
    """pytest; further arguments go to it"""
    setup()
    run("pytest", "-n", "2", *arguments)


def examples() -> None:
    """run every example DAG to its end"""
    setup()
    run("python", "examples/run_all.py")


def check() -> None:
    """all that CI runs: lint, types, imports, examples, tests"""
    for job in (lint, types, imports, examples, test):
        print(f"── {job.__name__}", flush=True)
        job()


def bench(*arguments: str) -> None:
    """benchmarks/: medians, as a table and as JSON"""
    setup()
    run("python", "benchmarks/run.py", *arguments)


TASKS: dict[str, Callable[..., None]] = {
    job.__name__: job for job in (setup, demo, check, test, lint, types, imports, examples, bench)
}


def run(program: str, *arguments: str) -> None:
    """One command of the environment; its failure ends this process with its exit code. Byte-code may be written:
    without it every process compiles its imports anew."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PATH"] = f"{BIN}{os.pathsep}{environment.get('PATH', '')}"
    code = subprocess.run([str(BIN / program), *arguments], cwd=ROOT, env=environment, check=False).returncode
    if code:
        sys.exit(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
