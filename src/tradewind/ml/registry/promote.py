"""`ml.promote`: a task that makes a version the champion."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec

from tradewind.authoring.operator import BaseOperator
from tradewind.ml.registry.moving import move_alias
from tradewind.ml.registry.naming import decided_against, needed_version
from tradewind.ml.registry.reading import CHALLENGER, CHAMPION


def promote(model: str, version: Any = CHALLENGER, **wishes: Any) -> PromoteOperator:
    """Moves the alias `champion` (or another) of `model` to `version`: what a gate or `ml.register` handed on, a number
    or an alias (default: the challenger). One at a time, with a record; `tradewind models rollback` takes it back.

    After a gate it fails where the champion is another by now than the one that the gate compared with: then somebody
    else was first. What else an operator takes, it takes."""
    return PromoteOperator(model=model, version=version, **wishes)


class PromoteOperator(BaseOperator):
    """See `promote`."""

    template_fields: Collection[str] = ("model", "version", "reason")
    modules_ahead = ("tradewind.ml.tracking.ahead",)

    def __init__(
        self,
        *,
        model: str,
        version: Any = CHALLENGER,
        alias: str = CHAMPION,
        reason: str = "",
        task_id: str = "promote",
        **kwargs: Any,
    ) -> None:
        super().__init__(task_id=task_id, **kwargs)
        self.model = model
        self.version = version
        self.alias = alias
        self.reason = reason

    def execute(self, context: Any) -> Any:
        number = needed_version(self.model, self.version)
        against = decided_against(self.version)
        said = self.reason or (str(self.version["reason"]) if against is not None else "")
        expected = against if self.alias == CHAMPION else None
        moved = move_alias(self.model, number, self.alias, reason=said, expected=expected)
        self.log.info("%s of %s: %s → %s", self.alias, self.model, moved.old_version or "none", moved.version)
        return {"model": self.model, **msgspec.to_builtins(moved)}
