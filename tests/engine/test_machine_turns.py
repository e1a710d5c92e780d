"""A task that needs much of the machine gets its turn, whatever small ones come meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.engine.test_limits import OTHER_RUN, ROOMY, START, live, names, queue_of, ready

from tradewind.engine.limits import Limits, Ready
from tradewind.engine.machine_needs import in_words
from tradewind.engine.ready_queue import ReadyQueue
from tradewind.model.spec import Resources

GIB = 2**30
LARGE = ready("large", resources=Resources(cpus=8.0))


class Machine:
    """Eight CPUs; each minute one of its small tasks ends, and another comes."""

    def __init__(self, queue: ReadyQueue) -> None:
        self.queue = queue
        self.used = [2.0, 2.0, 2.0, 2.0]

    def can_take(self, item: Ready) -> str | None:
        free = 8.0 - sum(self.used) - sum(self.taken)
        return None if item.resources.cpus <= free else f"needs {item.resources.cpus:g} CPUs"

    def pick(self, minute: int) -> list[str]:
        self.taken: list[float] = []

        def can_take(item: Ready) -> str | None:
            if (why_not := self.can_take(item)) is None:
                self.taken.append(item.resources.cpus)
            return why_not

        picked = self.queue.pick((), ROOMY, can_take, now=START + timedelta(minutes=minute))
        self.used += self.taken
        return [item.key.task_id for item in picked]


def small(number: int) -> Ready:
    return ready("small", number, run=OTHER_RUN, resources=Resources(cpus=2.0), max_in_run=0)


def test_small_ones_do_not_pass_over_a_large_one_for_ever() -> None:
    machine = Machine(queue_of(LARGE, *(small(number) for number in range(50))))
    got: dict[str, list[int]] = {"large": [], "small": []}
    for minute in range(20):
        for name in machine.pick(minute):
            got[name].append(minute)
        del machine.used[:1]

    (minute_of_large,) = got["large"]
    assert minute_of_large <= 10
    assert [minute for minute in got["small"] if 5 < minute < minute_of_large] == [], "CPUs were kept for it"
    assert any(minute <= 5 for minute in got["small"])
    assert any(minute > minute_of_large for minute in got["small"]), "and then they go on"


def test_what_needs_nothing_of_it_goes_on_meanwhile_and_the_others_say_for_whom_they_wait() -> None:
    machine = Machine(queue_of(LARGE))
    machine.pick(0)
    one, plain, on_gpu = small(0), ready("plain", run=OTHER_RUN), ready("on_gpu", resources=Resources(gpus=1.0))
    for item in (one, plain, on_gpu):
        machine.queue.add(item)
    machine.used = [2.0]

    assert sorted(machine.pick(6)) == ["on_gpu", "plain"]
    found = machine.queue.why(one.key, (), ROOMY)
    assert found is not None
    assert found[0].text == "what comes free of this machine is kept for a task that needs 8 CPUs and has waited long"

    machine.queue.remove(LARGE.key)
    assert machine.pick(7) == ["small"]


def test_two_whose_turn_it_is_in_a_pool_and_on_the_machine_do_not_wait_for_each_other() -> None:
    """Given one that has waited long for a pool and one that has for the machine, each of which needs both; when all
    comes free, then one goes after the other."""
    wide = ready("wide", pool="few", pool_slots=3, resources=Resources(cpus=4.0))
    large = ready("large", run=OTHER_RUN, pool="few", resources=Resources(cpus=8.0))
    queue = queue_of(wide, large)
    limits = Limits({"few": 3}, 0)
    held = [live("old", pool="few")]
    assert queue.pick(held, limits, lambda item: "no CPUs", now=START) == []

    first = names(queue.pick((), limits, now=START + timedelta(minutes=10)))

    assert len(first) == 1
    assert len(names(queue.pick((), limits, now=START + timedelta(minutes=11)))) == 1
    assert len(queue) == 0


@pytest.mark.parametrize(
    ("need", "words"),
    [
        (Resources(gpus=2.0), "2 GPUs"),
        (Resources(cpus=0.5, memory_bytes=3 * GIB), "0.5 CPUs and 3 GiB of memory"),
    ],
)
def test_needs_in_words(need: Resources, words: str) -> None:
    assert in_words(need) == words
