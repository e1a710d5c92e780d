"""Playing a seed, and making one that fails smaller: the same seed with less trouble, as long as it still fails."""

from __future__ import annotations

import itertools
import logging
import traceback
from collections.abc import Callable

from msgspec import Struct

from tests.simulation.chance import KINDS, Trouble
from tests.simulation.world import World

LINES_SHOWN = 80


class Failure(Struct, frozen=True):
    seed: int
    trouble: Trouble
    error: str
    where: str
    """The line that found it: what tells one failure of a seed from another."""
    happened: tuple[str, ...]
    turns: int

    def story(self) -> str:
        """What to run again, what happened in its last turns, and what did not hold."""
        lines: list[str] = []
        play(self.seed, self.trouble, lines.append)
        cut = [f"… {len(lines) - LINES_SHOWN} lines before"] if len(lines) > LINES_SHOWN else []
        return "\n".join(
            [
                f"seed {self.seed} fails; troubles that are needed for it: {', '.join(self.happened) or 'none'}",
                *cut,
                *lines[-LINES_SHOWN:],
                self.error,
                f"again: python -m tests.simulation.run --from {self.seed} --seeds 1",
            ]
        )


def play(seed: int, trouble: Trouble = Trouble(), log: Callable[[str], None] | None = None) -> Failure | None:
    """None where all that has to hold does."""
    logging.getLogger("tradewind.scheduler").setLevel(logging.CRITICAL)  # it rightly complains of all we do to it
    with World(seed, trouble, log) as world:
        try:
            world.play()
        except Exception as error:
            text = "".join(traceback.format_exception(error, limit=-4))
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{last.filename}:{last.lineno}"
            return Failure(seed, trouble, text, where, tuple(world.chance.happened), world.turns)
    return None


def smaller(failure: Failure) -> Failure:
    """Without the kinds of trouble it does not need, and then with as few troubles as will do. It has to stay the same
    failure: with less trouble a seed plays out otherwise, and may fail over something else."""
    for kind in KINDS:
        failure = _still(failure, Trouble(failure.trouble.without | {kind}, failure.trouble.at_most)) or failure
    for at_most in itertools.takewhile(lambda number: number < len(failure.happened), itertools.count()):
        if found := _still(failure, Trouble(failure.trouble.without, at_most)):
            return found
    return failure


def _still(failure: Failure, trouble: Trouble) -> Failure | None:
    found = play(failure.seed, trouble)
    return found if found is not None and found.where == failure.where else None
