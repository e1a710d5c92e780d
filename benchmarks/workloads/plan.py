"""How often and how large: the sizes of every workload in one place, and the small ones that tests use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """Sizes as in the aims, unless `TINY`. `repeat`: how often each is measured."""

    repeat: int = 5
    chain_length: int = 100
    fan_widths: tuple[int, ...] = (100, 1_000, 10_000)
    fib_short: tuple[int, int] = (40, 10)
    fib_long: tuple[int, int] = (10, 33)
    handover_bytes: int = 1_000_000_000
    dag_files: int = 1_000
    has_rooms: bool = True
    """Whether the rooms' own benchmarks run as they are: they take no sizes."""


TINY = Plan(
    repeat=1,
    chain_length=3,
    fan_widths=(2, 4),
    fib_short=(2, 3),
    fib_long=(2, 4),
    handover_bytes=2_000_000,
    dag_files=3,
    has_rooms=False,
)
