"""How long after a run was due its first task starts, with a thousand DAGs of one task that are each due every minute:
all of them in the same second (the worst there is), or each at an instant of its own (what is usual)."""

from __future__ import annotations

import time

from measuring.figures import Figure
from questions import write
from up import Up, percentile, seconds_of, service

FILES = 4
"""For DAGs that a loop makes."""
PARSED_SECONDS = 60.0


def spread(repeat: int, database: str, dags: int = 1_000) -> list[Figure]:
    return _of_both_layouts("each at an instant of its own", dags, 60_000 // dags, repeat, database)


def together(repeat: int, database: str, dags: int = 1_000) -> list[Figure]:
    return _of_both_layouts("all in the same second", dags, 0, repeat, database)


def _of_both_layouts(how: str, dags: int, apart_ms: int, repeat: int, database: str) -> list[Figure]:
    figures: list[Figure] = []
    for files, where in ((dags, "a file each"), (FILES, f"{FILES} files")):
        found = [_delays(dags, files, apart_ms, database) for _ in range(repeat)]
        text = f"schedule to start, {dags:,} DAGs due every minute, {how}, {where} ({database})"
        for name, share, aim in (("p50", 0.5, None), ("p99", 0.99, 250)):
            figures.append(Figure(f"{text}: {name}", "ms", [percentile(each, share) for each in found], aim=aim))
    return figures


def _delays(dags: int, files: int, apart_ms: int, database: str) -> list[float]:
    """Of the second minute in which they are due: in the first, byte code is compiled and kept."""
    with service(database) as up:
        first_due = (time.time() // 60 + 1) * 60 + PARSED_SECONDS
        _write(up, dags, files, apart_ms, first_due)
        up.start()
        up.wait_for(lambda: up.count("SELECT COUNT(*) FROM dag") >= dags, 0.5)
        second = first_due + 60
        time.sleep(max(0.0, second + 60 - time.time()))
        due = f"r.run_after >= {round(second * 1e6)} AND r.run_after < {round((second + 60) * 1e6)}"
        waiting = f"SELECT COUNT(*) FROM run r WHERE {due} AND ended_at IS NULL"
        up.wait_for(lambda: up.count(waiting) == 0, 0.5)
        rows = up.rows(
            f"SELECT r.run_after, MIN(t.started_at) FROM run r JOIN try t ON t.run = r.id WHERE {due} GROUP BY r.id"
        )
        assert len(rows) == dags, f"{len(rows)} of {dags} runs were made"
        return [(seconds_of(started) - seconds_of(due)) * 1000 for due, started in rows]


def _write(up: Up, dags: int, files: int, apart_ms: int, first_due: float) -> None:
    per_file = dags // files
    for file in range(files):
        text = (
            f"for number in range({file * per_file}, {(file + 1) * per_file}):\n"
            f"    begin = datetime.fromtimestamp({first_due - 60}, UTC) + timedelta(milliseconds={apart_ms} * number)\n"
            "    with DAG(\n"
            '        f"d{number:04}", schedule=timedelta(minutes=1), start_date=begin, catchup=True,\n'
            "        is_paused_upon_creation=False,\n"
            "    ):\n"
            "        @task\n"
            "        def a(): ...\n"
            "        a()\n"
        )
        write(up, f"f{file:04}", f"from datetime import UTC\n{text}")
