"""A process that moves an alias for somebody else: `python -m` with the wish as JSON on its standard input; what came
of it is the last line of its standard output. MLflow is loaded here, so that the API server need not carry it."""

from __future__ import annotations

import contextlib
import sys
from typing import Any

import msgspec

from tradewind.ml.registry.moving import AliasMovedMeanwhileError, move_alias, roll_back
from tradewind.model.entries import AliasMoved
from tradewind.model.errors import TradewindError
from tradewind.model.moving_aliases import MoveDone, MoveWish


def carry_out(wish: MoveWish) -> MoveDone:
    def keep(moved: AliasMoved, name: str) -> None:
        """Whoever asked writes it down."""

    try:
        if not wish.version:
            return MoveDone(roll_back(wish.model, wish.history, reason=wish.reason, write=keep))
        expected: dict[str, Any] = {} if wish.expected is None else {"expected": wish.expected}
        return MoveDone(move_alias(wish.model, wish.version, wish.alias, reason=wish.reason, write=keep, **expected))
    except TradewindError as error:
        return MoveDone(error=error.message, hint=error.hint, is_conflict=isinstance(error, AliasMovedMeanwhileError))


def main() -> None:
    wish = msgspec.json.decode(sys.stdin.buffer.read(), type=MoveWish)
    with contextlib.redirect_stdout(sys.stderr):
        done = carry_out(wish)
    sys.stdout.write(msgspec.json.encode(done).decode() + "\n")


if __name__ == "__main__":
    main()
