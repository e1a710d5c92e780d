"""Why a try could not be skipped: what differs from the last success, in words."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from msgspec import Struct

from tradewind.ml.caching.parts import Part

MOST_REASONS = 5
MOST_DIFF_LINES = 200
_NAMES = {
    "code": "{name}, which it calls,",
    "global": "the global `{name}`",
    "input": "input `{name}`",
    "upstream": "what `{name}` handed on",
    "param": "param `{name}`",
    "context": "`{name}`",
    "file": "the file {name}",
    "url": "{name}",
    "operator": "argument `{name}`",
}


class Differences(Struct, frozen=True):
    why: str
    changed: tuple[str, ...]
    """`input data`, `package pandas`."""
    detail: str
    """A diff, where code changed."""


def compare(before: Sequence[Part], now: Sequence[Part], main: str) -> Differences:
    """`main` is the name of the task's own function or class."""
    then = {(part.kind, part.name): part for part in before}
    here = {(part.kind, part.name): part for part in now}
    keys = [key for key in (*here, *(key for key in then if key not in here)) if _differs(then.get(key), here.get(key))]
    reasons = [_reason(then.get(key), here.get(key), main) for key in keys]
    if not keys:
        return Differences("nothing that is known of: another version of Tradewind made its key", (), "")
    more = f"; and {len(reasons) - MOST_REASONS} more" if len(reasons) > MOST_REASONS else ""
    diffs = [_diff(then.get(key), here.get(key)) for key in keys if key[0] == "code"]
    return Differences(
        "; ".join(reasons[:MOST_REASONS]) + more,
        tuple(f"{kind} {name}" for kind, name in keys),
        "\n".join(diff for diff in diffs if diff),
    )


def _differs(before: Part | None, now: Part | None) -> bool:
    return before is None or now is None or before.hash != now.hash


def _reason(before: Part | None, now: Part | None, main: str) -> str:
    part = now or before
    assert part is not None
    if part.kind in ("package", "python"):
        return f"{part.name} {before.shown if before else 'not used'} → {now.shown if now else 'not used'}"
    what = f"the {'class' if main[:1].isupper() else 'function'} `{part.name}`"
    if part.kind != "code" or part.name != main:
        what = _NAMES.get(part.kind, "the {kind}").format(name=part.name, kind=part.kind)
    if before is None:
        return f"{what} is new"
    if now is None:
        return f"{what} is gone"
    if before.shown and now.shown and part.kind != "code":
        return f"{what} changed: {before.shown} → {now.shown}"
    return f"{what} changed"


def _diff(before: Part | None, now: Part | None) -> str:
    if before is None or now is None or not before.shown or not now.shown:
        return ""
    lines = difflib.unified_diff(
        before.shown.splitlines(), now.shown.splitlines(), f"{now.name} (then)", f"{now.name} (now)", lineterm="", n=2
    )
    found = list(lines)
    return "\n".join(found[:MOST_DIFF_LINES] + (["…"] if len(found) > MOST_DIFF_LINES else []))
