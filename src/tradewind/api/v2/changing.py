"""What of a body is to be changed: the fields it has, or those that `update_mask` names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import UNSET, Struct
from msgspec.structs import asdict

from tradewind.api.problems import BadRequest


class Masked(Struct, frozen=True, kw_only=True):
    """Query of a PATCH."""

    update_mask: tuple[str, ...] = ()
    """Only these fields are changed."""


def changes_of(body: Struct, mask: Sequence[str] | None, *, never: Iterable[str] = ()) -> dict[str, Any]:
    """Field → new value, without what was not sent and what may `never` be changed.

    Raises BadRequest for a mask that names something else."""
    given = {name: value for name, value in asdict(body).items() if value is not UNSET}
    if mask:
        known = set(body.__struct_fields__)
        if unknown := [name for name in mask if name not in known]:
            raise BadRequest(f"update_mask names {unknown[0]!r}", hint=f"there are {', '.join(sorted(known))}")
        given = {name: value for name, value in given.items() if name in mask}
    return {name: value for name, value in given.items() if name not in set(never)}
