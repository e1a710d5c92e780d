"""The machine, checked before anything is measured, and calibrated before and after so that noise can be seen.

Two traps make every process compile its imports anew (seconds): PYTHONDONTWRITEBYTECODE, and packages installed without
compiling them. A third: an interpreter outside of a virtual environment may start slowly.
"""

from __future__ import annotations

import compileall
import os
import platform
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

from measuring.figures import number

ROOT = Path(__file__).resolve().parents[2]
UNWANTED = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPROFILEIMPORTTIME", "TRADEWIND_HOME")


def prepare() -> None:
    """Check this interpreter and clean the environment that all measured processes inherit.

    Exits where what would be measured is not what users have."""
    if sys.prefix == sys.base_prefix:
        sys.exit("run the benchmarks with the interpreter of a virtual environment, such as .venv/bin/python")
    for name in UNWANTED:
        if os.environ.pop(name, None):
            print(f"{name} was set: unset for all that is measured")
    sys.dont_write_bytecode = False
    for folder in (ROOT / "src" / "tradewind", Path(sysconfig.get_path("purelib"))):
        if folder.exists() and not is_compiled(folder):
            print(f"compiling {folder} …", flush=True)
            compileall.compile_dir(folder, quiet=2, workers=1)


def is_compiled(folder: Path) -> bool:
    """Whether nearly every package below has its byte code; tests and templates of packages may not compile."""
    sources = [path for path in folder.glob("*/__init__.py") if path.stat().st_size]
    cached = [path for path in sources if list((path.parent / "__pycache__").glob("__init__.*.pyc"))]
    return len(cached) >= 0.95 * len(sources)


def calibrate() -> dict[str, float]:
    """Milliseconds of fib(29) and of starting an interpreter: how fast this machine is right now; and its load."""
    started = time.perf_counter()
    fib(29)
    fib_ms = (time.perf_counter() - started) * 1000
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    start_ms = (time.perf_counter() - started) * 1000
    return {"fib29_ms": fib_ms, "python_start_ms": start_ms, "load": os.getloadavg()[0]}


def said(calibration: dict[str, float]) -> str:
    fib_ms, start_ms, load = (number(calibration[name]) for name in ("fib29_ms", "python_start_ms", "load"))
    return f"fib(29) {fib_ms} ms, interpreter start {start_ms} ms, load average {load}"


def description() -> dict[str, str | int | None]:
    return {
        "system": platform.platform(terse=True),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
    }


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def fib(n: int) -> int:
    return n if n <= 1 else fib(n - 1) + fib(n - 2)
