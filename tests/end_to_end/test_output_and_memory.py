"""A task that prints without end, and tasks over the memory they declared."""

from __future__ import annotations

import pytest
from tests.end_to_end.conftest import Place


@pytest.mark.slow
def test_a_task_that_prints_fifty_megabytes(place: Place) -> None:
    file = place.dag(
        """
        @task
        def prints():
            for number in range(300_000):
                print(f"{number:06} " + "x" * 160)
            os.write(2, b"y" * 5_000_000 + b"\\n")
            print("the last line")
        prints()
        """
    )

    ended = place.run(file, "--quiet")

    assert ended.code == 0, ended.output
    log = place.home / "logs" / place.tries("prints")[0].log_path
    with log.open(errors="strict") as lines:
        seen = [line for line in lines if " " in line]
    assert any("000000 xxx" in line for line in seen[:10])
    assert any("the last line" in line for line in seen[-10:])


def test_a_task_over_its_memory_fails_under_its_own_retries(place: Place) -> None:
    file = place.dag(
        """
        @task(resources=dict(memory="200MiB"), retries=1, retry_delay=timedelta(0))
        def greedy():
            note("greedy")
            held = bytearray(os.urandom(1)) * 600_000_000
            time.sleep(60)

        @task(resources=dict(memory="1GiB"))
        def modest():
            held = bytearray(os.urandom(1)) * 50_000_000
            note("modest")
        greedy(), modest()
        """
    )

    ended = place.run(file)

    assert ended.code == 1
    assert sorted(place.trace) == ["greedy", "greedy", "modest"]
    assert place.states() == {"greedy": "failed", "modest": "success"}
    assert [one.error_type for one in place.tries("greedy")] == ["MemoryLimitExceeded"] * 2
    ended.has("had declared 200 MiB", "resources=dict(memory=")
