"""Random DAGs, outcomes, crashes, lost, late and doubled reports: what holds for each of them."""

from __future__ import annotations

import random
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tradewind.engine import clearing
from tradewind.engine.commands import StartTry
from tradewind.engine.decide import decide
from tradewind.engine.events import (
    DeferralEnded,
    Event,
    PastChanged,
    RetryDue,
    RunCancelled,
    RunRestored,
    TaskMarked,
    TasksCleared,
    TryDeferred,
    TryExpanded,
    TryFailed,
    TryLost,
    TryRescheduled,
    TrySkipped,
    TryStarted,
    TrySucceeded,
)
from tradewind.engine.moves import PAUSED_STATES
from tradewind.engine.step import step
from tradewind.engine.trigger_rules import BIT_OF_STATE, PENDING, SETUP_BIT_OF_STATE, Verdict, verdict
from tradewind.engine.why import explain
from tradewind.model.changes import Noted
from tradewind.model.spec import (
    DagSpec,
    Expansion,
    Filtered,
    FromTask,
    GroupSpec,
    LengthSource,
    Literals,
    RetrySpec,
    TaskSpec,
    Zipped,
)
from tradewind.model.states import RunState, TaskState, TriggerRule, TryPurpose

STEPS_AT_MOST = 3_000


# ------------------------------------------------------------------------------------------ random DAGs


def random_spec(rng: random.Random) -> DagSpec:
    size = rng.randint(1, 9)
    names = [f"t{i}" for i in range(size)]
    groups = random_groups(rng, names)
    tasks = [random_task(rng, i, names, innermost(groups, i)) for i in range(size)]
    specs = tuple(GroupSpec(g, parent, expansion=expansion) for g, parent, expansion, *_ in groups)
    return DagSpec("dag", tasks=tuple(tasks), groups=specs, fail_fast=rng.random() < 0.1)


def random_groups(rng: random.Random, names: list[str]) -> list[tuple[str, str, Expansion | None, int, int]]:
    """Groups are ranges of tasks, one inside the other, mapped over literals or over tasks before them."""
    found: list[tuple[str, str, Expansion | None, int, int]] = []
    low, high, parent = 0, len(names), ""
    for depth in range(rng.choice([0, 0, 1, 2])):
        low = rng.randint(low, high)
        high = rng.randint(low, high)
        expansion = random_expansion(rng, names[:low]) if rng.random() < 0.8 else None
        found.append((f"g{depth}", parent, expansion, low, high))
        parent = f"g{depth}"
    return found


def innermost(groups: list[tuple[str, str, Expansion | None, int, int]], index: int) -> str:
    inside = [g for g, _, _, low, high in groups if low <= index < high]
    return inside[-1] if inside else ""


def random_expansion(rng: random.Random, before: list[str]) -> Expansion:
    return Expansion(tuple((f"x{i}", random_source(rng, before)) for i in range(rng.choice([1, 1, 2]))))


def random_source(rng: random.Random, before: list[str]) -> LengthSource:
    if not before or rng.random() < 0.4:
        return Literals(rng.choice([0, 1, 2, 2, 3]))
    source = FromTask(rng.choice(before), rng.choice(["return_value", "return_value", "other"]))
    return rng.choice([source, source, source, Filtered((source,)), Zipped((source, Literals(2)))])


def random_task(rng: random.Random, index: int, names: list[str], group: str) -> TaskSpec:
    before = names[:index]
    expansion = random_expansion(rng, before) if rng.random() < 0.25 else None
    upstream = set(rng.sample(before, min(len(before), rng.choice([0, 1, 1, 2, 3]))))
    if expansion and rng.random() < 0.8:
        upstream |= expansion.task_ids()
    kind = rng.random()
    return TaskSpec(
        names[index],
        "Op",
        upstream=tuple(sorted(upstream)),
        trigger_rule=rng.choice([TriggerRule.ALL_SUCCESS, *TriggerRule]),
        group_id=group,
        expansion=expansion,
        retry=RetrySpec(rng.choice([0, 0, 1]), 60.0),
        is_setup=kind < 0.1,
        is_teardown=0.1 <= kind < 0.2,
        on_failure_fail_run=rng.random() < 0.5,
        needs_no_process=rng.random() < 0.1,
        depends_on_past=rng.random() < 0.1,
        wait_for_past_depends_before_skipping=rng.random() < 0.5,
    )


# ------------------------------------------------------------------------------------------ random events


def random_end(rng: random.Random, player: Any, try_id: str) -> Event:
    instance = player.run.tries[try_id]
    if rng.random() < 0.1:
        return TryLost(try_id, "killed")
    if rng.random() < 0.15:
        return TryFailed(try_id, "boom", may_retry=rng.random() < 0.8)
    if instance.purpose is TryPurpose.EXPAND:
        return TryExpanded(try_id, rng.choice([0, 1, 2, 3]))
    kind = rng.random()
    if kind < 0.1:
        return TrySkipped(try_id)
    if kind < 0.15:
        return TryRescheduled(try_id, player.now + timedelta(seconds=30))
    if kind < 0.2:
        return TryDeferred(try_id)
    below = player.run.plan.downstream[instance.plan.task_id]
    return TrySucceeded(
        try_id,
        pushed=rng.random() < 0.9,
        length=rng.choice([0, 1, 2, 3, None]),
        more=(("other", rng.choice([None, 1, 2])),) if rng.random() < 0.5 else (),
        followed=tuple(rng.sample(below, rng.randint(0, len(below)))) if rng.random() < 0.15 else None,
        short_circuit=rng.choice(["", "", "", "", "", "", "direct", "all"]),
    )


def random_step(rng: random.Random, player: Any, fenced: list[str]) -> None:
    """One thing that may happen next."""
    live = player.live()
    chances: list[Any] = []
    if player.wanted:
        chances += [lambda: player.queue(*(lambda n: (n[0], *n[1]))(rng.choice(list(player.wanted))))] * 3
    if live:
        chances += [lambda: player.send(random_end(rng, player, rng.choice(live)))] * 3
        chances.append(lambda: player.send(TryStarted(rng.choice(live))))
    chances += [lambda: wake(rng, player)] if player.wakes else []
    chances += [lambda: end_deferrals(player)]
    chances += [lambda: player.send(PastChanged(player.asked.pop(), True))] if player.asked else []
    if fenced:
        chances.append(lambda: check_fence(player, rng.choice(fenced)))
    before = set(live)
    rng.choice(chances)()
    fenced += sorted(before - set(player.live()))


def wake(rng: random.Random, player: Any) -> None:
    name = rng.choice(list(player.wakes))
    player.now = max(player.now, player.wakes.pop(name))
    player.send(RetryDue(*name))


def end_deferrals(player: Any) -> None:
    for instance in list(player.run.all_instances()):
        if instance.state is TaskState.DEFERRED and not instance.is_ready:
            player.send(DeferralEnded(instance.plan.task_id, instance.path))


def check_fence(player: Any, try_id: str) -> None:
    changes = player.send(TrySucceeded(try_id))
    assert [type(c) for c in changes] == [Noted]
    assert player.commands == []


# ------------------------------------------------------------------------------------------ what holds


def check(playing: SimpleNamespace, player: Any) -> None:
    run = player.run
    restored = player.rows.restore(run.plan, run.bounds)
    assert playing.picture(restored) == playing.picture(run)
    restored.past = dict(run.past)  # asked again in truth, and answered alike
    again = step(restored, RunRestored(), player.now)
    if not any(is_due_and_untold(player, i) for i in run.all_instances()):
        assert [c for c in again.changes if not isinstance(c, Noted)] == []
    ready = {(i.plan.task_id, i.path) for i in run.all_instances() if i.is_ready}
    due = {n for n, i in named(restored) if i.is_ready} - ready
    assert ready <= {n for n, i in named(restored) if i.is_ready} | deferred(run)
    assert all(run.instance(*n).due_at is not None for n in due)
    assert ready == set(player.wanted)
    assert run.moving == sum(i.is_moving for i in run.all_instances())
    for instance in run.all_instances():
        assert explain(run, instance).text or instance.state in (TaskState.SUCCESS, TaskState.FAILED)
        if instance.state is TaskState.NONE:
            plan = instance.plan
            assert seen_by_scan(run, instance) == run.seen(plan.rule_joins, instance.path), instance
        if instance.is_ready and instance.purpose is TryPurpose.EXECUTE and instance.state is TaskState.NONE:
            assert verdict(instance.plan.spec.trigger_rule, seen_by_scan(run, instance)) is Verdict.RUN
        if instance.is_undecided and run.state is RunState.RUNNING:
            assert decide(run, instance).name.startswith("WAIT"), instance


def seen_by_scan(run: Any, instance: Any) -> int:
    """What a rule sees, found by looking at every instance instead of at counts."""
    seen = 0
    for task_id in instance.plan.spec.upstream:
        upstream = run.plan.by_id[task_id]
        depth = run.plan.common_depth(upstream.groups, instance.plan.groups)
        for other in run.instances[upstream.index].values():
            shared = min(depth, len(other.path), len(instance.path))
            if other.path[:shared] == instance.path[:shared]:
                seen |= BIT_OF_STATE.get(other.state, PENDING)
                seen |= SETUP_BIT_OF_STATE.get(other.state, 0) if upstream.spec.is_setup else 0
    return seen


def is_due_and_untold(player: Any, instance: Any) -> bool:
    """Its time came with that of another. A restored run looks at the clock, and takes it up before it is told."""
    due_at = instance.due_at
    return instance.state in PAUSED_STATES and not instance.is_ready and due_at is not None and due_at <= player.now


def named(run: Any) -> list[Any]:
    return [((i.plan.task_id, i.path), i) for i in run.all_instances()]


def deferred(run: Any) -> set[Any]:
    """Whose trigger had fired before the crash: the triggerer tells it again."""
    return {n for n, i in named(run) if i.state is TaskState.DEFERRED}


def play_to_the_end(rng: random.Random, playing: SimpleNamespace, player: Any) -> None:
    fenced: list[str] = []
    for _ in range(STEPS_AT_MOST):
        if player.run.state.is_finished:
            break
        random_step(rng, player, fenced)
        check(playing, player)
    assert player.run.state.is_finished, "the run does not end"
    assert player.run.unfinished == 0
    assert not player.wanted


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9))
def test_every_run_ends_and_can_be_rebuilt_at_any_moment(seed: int, playing: SimpleNamespace) -> None:
    rng = random.Random(seed)
    player = playing.Player(random_spec(rng))
    check(playing, player)

    play_to_the_end(rng, playing, player)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9))
def test_cleared_marked_and_cancelled_runs_go_on_and_end(seed: int, playing: SimpleNamespace) -> None:
    rng = random.Random(seed)
    player = playing.Player(random_spec(rng))
    for _ in range(3):
        for _ in range(rng.randint(0, 20)):
            if not player.run.state.is_finished:
                random_step(rng, player, [])
        interfere(rng, player)
        check(playing, player)

    play_to_the_end(rng, playing, player)


def interfere(rng: random.Random, player: Any) -> None:
    run = player.run
    names = [n for n, _ in named(run)]
    some = tuple(rng.sample(names, rng.randint(1, len(names))))
    state = rng.choice([TaskState.SUCCESS, TaskState.FAILED, TaskState.SKIPPED])
    events: list[Any] = [
        TasksCleared(some),
        TasksCleared(clearing.with_relatives(run, some[:1], downstream=True)),
        TasksCleared(clearing.to_resume(run)),
        TaskMarked(*some[0], state),
        RunCancelled("by test"),
    ]
    player.send(rng.choice(events))


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_resume_repeats_nothing_that_succeeded(seed: int, playing: SimpleNamespace) -> None:
    rng = random.Random(seed)
    player = playing.Player(random_spec(rng))
    play_to_the_end(rng, playing, player)
    succeeded = {n for n, i in named(player.run) if i.state is TaskState.SUCCESS}

    player.send(TasksCleared(clearing.to_resume(player.run)))
    started = {(c.task_id, c.map_path) for c in player.commands if isinstance(c, StartTry)}

    assert not started & succeeded
    assert {n for n, i in named(player.run) if i.state is TaskState.SUCCESS} >= succeeded
