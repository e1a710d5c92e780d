"""Run every example DAG to its end, each through the command line as a user would, in a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FOLDER = Path(__file__).parent
TRADEWIND = Path(sys.executable).with_name("tradewind")
ARGUMENTS = {
    "drift_retraining.py": ("--dag-id", "watch_orders"),
    "torch_checkpoints.py": ("-p", "kill_at=7"),
}
"""Where an example wants some."""


def main() -> int:
    failed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="tradewind examples ") as scratch:
        environment = {**os.environ, "TRADEWIND_HOME": str(Path(scratch) / "home")}
        for file in sorted(FOLDER.rglob("*.py")):
            if file.name != Path(__file__).name and not run(file, scratch, environment):
                failed.append(file.name)
    print(f"examples: {'failed: ' + ', '.join(failed) if failed else 'all ended well'}")
    return 1 if failed else 0


def run(file: Path, scratch: str, environment: dict[str, str]) -> bool:
    started = time.perf_counter()
    done = subprocess.run(
        [TRADEWIND, "run", "--plain", *ARGUMENTS.get(file.name, ()), file.resolve()],
        cwd=scratch,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    verdict = "ok" if done.returncode == 0 else f"exit code {done.returncode}"
    print(f"{file.name:<28} {verdict} in {time.perf_counter() - started:.1f} s", flush=True)
    if done.returncode:
        print(done.stdout[-4000:], done.stderr[-4000:], sep="\n")
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
