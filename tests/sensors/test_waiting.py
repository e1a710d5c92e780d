"""What triggers of the box wait with: the wall clock, and the kernel's word on folders."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tradewind.sensors import wall_clock
from tradewind.sensors.file_wait import places_to_watch, wait_for_file
from tradewind.sensors.folder_watch import watching
from tradewind.sensors.store_signal import something_changed, wait_for_change
from tradewind.sensors.triggers import DateTimeTrigger, DirectoryFileDeleteTrigger, FileTrigger, TimeDeltaTrigger
from tradewind.sensors.wall_clock import sleep_until

NEVER_SECONDS = 3600.0
LONG_SECONDS = 60.0


async def _found(pattern: Path, then: Callable[[], object], *, recursive: bool = False) -> str:
    """What a wait finds that has begun before `then` is called, without ever looking by itself."""
    waiting = asyncio.create_task(wait_for_file(str(pattern), recursive=recursive, poke_interval=NEVER_SECONDS))
    await asyncio.sleep(0)
    assert not waiting.done()
    then()
    return await asyncio.wait_for(waiting, LONG_SECONDS)


@pytest.mark.parametrize("pattern", ["a.csv", "*.csv", "a.???", "[ab].csv"])
def test_a_file_is_heard_of(tmp_path: Path, pattern: str) -> None:
    assert asyncio.run(_found(tmp_path / pattern, (tmp_path / "a.csv").touch)) == str(tmp_path / "a.csv")


def test_a_file_that_is_moved_into_place_is_heard_of(tmp_path: Path) -> None:
    (tmp_path / "half").touch()
    found = _found(tmp_path / "whole", lambda: (tmp_path / "half").rename(tmp_path / "whole"))
    assert asyncio.run(found) == str(tmp_path / "whole")


def test_folders_above_the_file_may_come_later(tmp_path: Path) -> None:
    def make() -> None:
        (tmp_path / "x" / "y").mkdir(parents=True)
        (tmp_path / "x" / "y" / "f").touch()

    assert asyncio.run(_found(tmp_path / "x" / "y" / "f", make)) == str(tmp_path / "x" / "y" / "f")


def test_a_folder_counts_once_it_has_a_file(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    assert asyncio.run(_found(tmp_path / "inbox", (tmp_path / "inbox" / "f").touch)) == str(tmp_path / "inbox")


def test_what_is_there_already_is_found_at_once(tmp_path: Path) -> None:
    (tmp_path / "f").touch()
    found = wait_for_file(str(tmp_path / "*"), recursive=False, poke_interval=NEVER_SECONDS)
    assert asyncio.run(found) == str(tmp_path / "f")


def test_only_who_waits_for_the_name_is_woken(tmp_path: Path) -> None:
    async def go() -> list[bool]:
        with watching([(str(tmp_path), "a")]) as a, watching([(str(tmp_path), "b")]) as b:
            assert a is not None
            assert b is not None
            (tmp_path / "b").touch()
            await asyncio.wait_for(b.wait(), LONG_SECONDS)
            return [a.is_set(), b.is_set()]

    assert asyncio.run(go()) == [False, True]


def test_where_the_kernel_cannot_tell_nobody_is_promised_to_hear(tmp_path: Path) -> None:
    async def go() -> object:
        with watching([(str(tmp_path / "not there"), "a")]) as event:
            return event

    assert asyncio.run(go()) is None


def test_the_places_to_watch(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    there = str(tmp_path / "there")
    assert places_to_watch(f"{there}/a/b") == [(there, "a")]
    assert places_to_watch(f"{there}/*/b") == [(there, "*")]
    assert places_to_watch(there) == [(there, "*"), (str(tmp_path), "there")]


def test_a_file_to_be_deleted_is(tmp_path: Path) -> None:
    (tmp_path / "f").touch()

    async def go() -> object:
        async for event in DirectoryFileDeleteTrigger(directory=str(tmp_path), filename="f").run():
            return event.payload
        return None

    assert asyncio.run(go()) is True
    assert not (tmp_path / "f").exists()


# ------------------------------------------------------------------------------------ the clock


def test_sleepers_wake_in_the_order_of_their_instants() -> None:
    async def go() -> list[int]:
        woken: list[int] = []
        now = datetime.now(UTC)

        async def sleep(number: int) -> None:
            await sleep_until(now + timedelta(milliseconds=10 * number))
            woken.append(number)

        await asyncio.wait_for(asyncio.gather(*map(sleep, (3, 1, 0, 2))), LONG_SECONDS)
        return woken

    assert asyncio.run(go()) == [0, 1, 2, 3]


def test_a_clock_that_jumps_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall_clock, "LONGEST_SLEEP_SECONDS", 0.01)

    async def go() -> None:
        sleeping = asyncio.create_task(sleep_until(datetime.now(UTC) + timedelta(days=1)))
        await asyncio.sleep(0)
        real = time.time
        monkeypatch.setattr(wall_clock.time, "time", lambda: real() + 2 * 86400)
        await asyncio.wait_for(sleeping, LONG_SECONDS)

    asyncio.run(go())


def test_a_sleeper_that_is_cancelled_keeps_nobody_from_waking() -> None:
    async def go() -> None:
        first = asyncio.create_task(sleep_until(datetime.now(UTC) + timedelta(milliseconds=5)))
        second = asyncio.create_task(sleep_until(datetime.now(UTC) + timedelta(milliseconds=20)))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.wait_for(second, LONG_SECONDS)

    asyncio.run(go())


def test_a_change_in_the_store_ends_a_pause() -> None:
    async def go() -> None:
        waiting = asyncio.create_task(wait_for_change(NEVER_SECONDS))
        await asyncio.sleep(0)
        something_changed()
        await asyncio.wait_for(waiting, LONG_SECONDS)

    asyncio.run(go())


# ------------------------------------------------------------------------------------ as plain data


@pytest.mark.parametrize(
    "trigger",
    [
        DateTimeTrigger(datetime(2025, 1, 1, tzinfo=UTC)),
        TimeDeltaTrigger(timedelta(hours=1)),
        FileTrigger("/data/*.csv", recursive=True, poke_interval=1.0),
        DirectoryFileDeleteTrigger(directory="/data", filename="f"),
    ],
    ids=lambda trigger: type(trigger).__name__,
)
def test_a_trigger_is_made_again_from_what_it_says_of_itself(trigger: DateTimeTrigger) -> None:
    path, arguments = trigger.serialize()
    kind = DateTimeTrigger if isinstance(trigger, DateTimeTrigger) else type(trigger)
    assert path.endswith(f".{kind.__name__}")
    assert kind(**arguments).serialize() == (path, arguments)
