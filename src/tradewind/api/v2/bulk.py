"""`{"actions": […]}`: many objects made, changed or deleted in one call, each kind of action with its own outcome."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from msgspec import Struct

from tradewind.api.access.rights import Action
from tradewind.api.problems import Problem
from tradewind.model.errors import TradewindError

BodyT = TypeVar("BodyT", bound=Struct)


class BulkCreate(Struct, Generic[BodyT], frozen=True, tag_field="action", tag="create"):
    entities: tuple[BodyT, ...]
    action_on_existence: Literal["fail", "skip", "overwrite"] = "fail"


class BulkUpdate(Struct, Generic[BodyT], frozen=True, tag_field="action", tag="update"):
    entities: tuple[BodyT, ...]
    action_on_non_existence: Literal["fail", "skip"] = "fail"
    update_mask: tuple[str, ...] | None = None


class BulkDelete(Struct, Generic[BodyT], frozen=True, tag_field="action", tag="delete"):
    entities: tuple[str | BodyT, ...]
    action_on_non_existence: Literal["fail", "skip"] = "fail"


class BulkBody(Struct, Generic[BodyT], frozen=True):
    actions: tuple[BulkCreate[BodyT] | BulkUpdate[BodyT] | BulkDelete[BodyT], ...]


class BulkError(Struct, frozen=True):
    error: str
    status_code: int


class BulkOutcome(Struct, frozen=True):
    success: tuple[str, ...] = ()
    """Names of what was done."""
    errors: tuple[BulkError, ...] = ()


class BulkAnswer(Struct, frozen=True, omit_defaults=True):
    create: BulkOutcome | None = None
    update: BulkOutcome | None = None
    delete: BulkOutcome | None = None


BulkAction: TypeAlias = BulkCreate[Any] | BulkUpdate[Any] | BulkDelete[Any]
Entity: TypeAlias = Callable[[], str | None]
"""Does one thing, and returns its name; None where it was left as it is. Raises Problem or TradewindError."""


RIGHTS = {"create": Action.CREATE, "update": Action.EDIT, "delete": Action.DELETE}
"""What each kind of action needs."""


def carry_out(actions: Sequence[BulkAction], entities: Callable[[BulkAction], Sequence[Entity]]) -> BulkAnswer:
    """Every action in order; `entities` may raise a Problem for an action as a whole. What fails holds up nothing."""
    success: dict[str, list[str]] = {}
    errors: dict[str, list[BulkError]] = {}
    for action in actions:
        kind = kind_of(action)
        done, failed = success.setdefault(kind, []), errors.setdefault(kind, [])
        try:
            todo = entities(action)
        except TradewindError as error:
            failed.append(_error(error))
            continue
        for one in todo:
            try:
                name = one()
            except TradewindError as error:
                failed.append(_error(error))
            else:
                done += [name] if name is not None else []
    return BulkAnswer(**{kind: BulkOutcome(tuple(success[kind]), tuple(errors[kind])) for kind in success})


def kind_of(action: BulkAction) -> Literal["create", "update", "delete"]:
    match action:
        case BulkCreate():
            return "create"
        case BulkUpdate():
            return "update"
        case BulkDelete():
            return "delete"


def _error(error: TradewindError) -> BulkError:
    return BulkError(error.message, error.status if isinstance(error, Problem) else 400)
