"""The five-step pipeline, run and then run again with nothing changed, on tools that have something for that.

    python benchmarks/ml/peers.py [--repeat 3] [--write-docs]

Wall seconds of the whole command, and CPU seconds of it and its children (Prefect's server apart): on a busy machine
only those can be compared. Environments are those of `benchmarks/peers/`, made on first use (minutes).
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(BENCHMARKS), str(BENCHMARKS / "peers")]

from environments import Environment  # noqa: E402
from measuring import machine, report  # noqa: E402
from measuring.figures import number  # noqa: E402
from sides.base import Processes, Sizes, answer, environment_of, free_port, wait_until  # noqa: E402

FLOWS = Path(__file__).resolve().parent / "flows"
TIMEOUT_SECONDS = 600


@dataclass(frozen=True)
class Tool:
    """`again`: the arguments that run the flow once more, where they are not those of the first time."""

    peer: str
    label: str
    first: tuple[str, ...] = ()
    again: tuple[str, ...] | None = None
    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    """Environment variables; `{scratch}` is an empty folder."""


TOOLS = (
    Tool(
        "metaflow",
        "Metaflow, `resume` from the last step, which runs",
        ("--no-pylint", "run"),
        ("--no-pylint", "resume", "end"),
        {
            "METAFLOW_HOME": "{scratch}/metaflow",
            "METAFLOW_DATASTORE_SYSROOT_LOCAL": "{scratch}",
            "METAFLOW_DEFAULT_DATASTORE": "local",
            "METAFLOW_DEFAULT_METADATA": "local",
            "METAFLOW_USER": "benchmark",
            "USERNAME": "benchmark",
        },
    ),
    Tool(
        "prefect",
        "Prefect, cached by inputs and source",
        settings={"PREFECT_HOME": "{scratch}/prefect", "PREFECT_LOCAL_STORAGE_PATH": "{scratch}/storage"},
    ),
    Tool(
        "dagster",
        "Dagster, assets by automation conditions, in process",
        settings={"DAGSTER_HOME": "{scratch}/dagster"},
    ),
    Tool(
        "flyte",
        "Flyte, its local cache, in process",
        settings={"HOME": "{scratch}", "FLYTE_SDK_LOGGING_LEVEL": "40"},
    ),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--write-docs", action="store_true")
    options = parser.parse_args()
    machine.prepare()
    before = machine.calibrate()
    rows = [_row("Tradewind, `cache=True`, a process per try", [_ours() for _ in range(options.repeat)])]
    for tool in TOOLS:
        rows.append(_row(tool.label, [_theirs(tool) for _ in range(options.repeat)]))
        print(rows[-1], flush=True)
    heading = "| medians | first, s | again, s | first, CPU s | again, CPU s |\n|---|---:|---:|---:|---:|"
    table = "\n".join([heading, *rows])
    notes = f"{machine.description()['date']}, n={options.repeat}. Before: {machine.said(before)}. "
    text = f"{notes}After: {machine.said(machine.calibrate())}.\n\n{table}"
    print(text)
    if options.write_docs:
        report.write_docs("ml-peers", text)


Costs = tuple[float, float, float, float]
"""Wall seconds of the first time and again, CPU seconds of both."""


def _row(label: str, found: Sequence[Costs]) -> str:
    first, first_cpu, again, again_cpu = (statistics.median(column) for column in zip(*found, strict=True))
    return f"| {label} | {' | '.join(number(one) for one in (first, again, first_cpu, again_cpu))} |"


def _ours() -> Costs:
    with _scratch() as scratch:
        environment = environment_of(Path(sys.executable), scratch, Sizes(), TRADEWIND_HOME=str(scratch / "home"))
        command = [sys.executable, "-m", "tradewind", "run", FLOWS / "five_steps_tradewind.py", "-q"]
        return (*ran(command, environment, scratch), *ran(command, environment, scratch))


def _theirs(tool: Tool) -> Costs:
    python = Environment(tool.peer).made()
    with _scratch() as scratch:
        settings = {name: value.format(scratch=scratch) for name, value in tool.settings.items()}
        environment = environment_of(python, scratch, Sizes(), **settings)
        command = [python, FLOWS / f"five_steps_{tool.peer}.py"]
        again = tool.first if tool.again is None else tool.again
        with _brought_up(tool.peer, environment, scratch) as whole:
            return (*ran([*command, *tool.first], whole, scratch), *ran([*command, *again], whole, scratch))


def ran(command: Sequence[str | Path], environment: Mapping[str, str], folder: Path) -> tuple[float, float]:
    """Wall and CPU seconds. Raises RuntimeError with the end of its output where it fails."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        command, env=dict(environment), cwd=folder, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False
    )
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(
            f"{' '.join(map(str, command))} failed ({done.returncode}):\n{(done.stdout + done.stderr)[-3_000:]}"
        )
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tradewind-benchmark-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def _brought_up(peer: str, environment: Mapping[str, str], scratch: Path) -> Iterator[Mapping[str, str]]:
    """What the tool needs besides, up; yields the environment that says where it is."""
    if peer == "dagster":
        (scratch / "dagster").mkdir()
        (scratch / "dagster" / "dagster.yaml").write_text("telemetry:\n  enabled: false\n")
    if peer != "prefect":
        yield environment
        return
    port = free_port()
    whole = {
        **environment,
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    }
    processes = Processes(whole, scratch)
    try:
        prefect = Environment("prefect").python.parent / "prefect"
        processes.start("server", [prefect, "server", "start", "--host", "127.0.0.1", "--port", str(port)])
        wait_until(lambda: processes.all_live() and bool(answer(f"{whole['PREFECT_API_URL']}/health")), "its server")
        yield whole
    finally:
        processes.stop()


if __name__ == "__main__":
    main()
