"""What a try costs beyond the task's own function: 1,000 no-op tries through run_try in this process, in µs each."""

from __future__ import annotations

import cProfile
import pstats
import statistics
import sys
import time

from tradewind.authoring.dag import DAG
from tradewind.operators.python import PythonOperator
from tradewind.runner.in_process import MemorySupervisor, execute_in_process, loaded_from

TRIES = 1_000


def main() -> None:
    with DAG("bench", schedule=None) as dag:
        PythonOperator(task_id="noop", python_callable=lambda: None)
        PythonOperator(task_id="number", python_callable=lambda: 1)
    loaded, supervisor = loaded_from(dag), MemorySupervisor()
    for task_id in ("noop", "number"):
        seconds: list[float] = []
        profile = cProfile.Profile() if "--profile" in sys.argv else None
        for _ in range(TRIES):
            started = time.perf_counter()
            if profile:
                profile.enable()
            execute_in_process(dag, task_id, supervisor=supervisor, loaded=loaded)
            if profile:
                profile.disable()
            seconds.append(time.perf_counter() - started)
        print(f"{task_id:8} median {statistics.median(seconds) * 1e6:7.0f} µs   first {seconds[0] * 1e6:9.0f} µs")
        if profile:
            pstats.Stats(profile).sort_stats("tottime").print_stats(25)
    heavy = [name for name in ("jinja2", "pendulum", "pandas", "numpy", "sqlalchemy", "asyncio") if name in sys.modules]
    print("heavy modules imported:", ", ".join(heavy) or "none")


if __name__ == "__main__":
    main()
