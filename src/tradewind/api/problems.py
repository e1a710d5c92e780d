"""Refusals as RFC 9457 problem documents (`application/problem+json`); Airflow's clients read their `detail`."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus

import msgspec
from starlette.responses import Response

from tradewind.model.errors import TradewindError


class Problem(TradewindError):
    """An answer other than the one that was asked for."""

    status = 400
    type = "about:blank"
    """For programs: which problem this is, where its status does not say so."""

    def document(self) -> dict[str, object]:
        found: dict[str, object] = {
            "type": self.type,
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.message,
        }
        if self.hint:
            found["hint"] = self.hint
        return found


class BadRequest(Problem):
    status = 400


class Unauthorized(Problem):
    status = 401


class Forbidden(Problem):
    status = 403


class PasswordChangeRequired(Forbidden):
    """Somebody else knows this password: it opens nothing but the way to another one."""

    type = "urn:tradewind:password_change_required"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} has to choose a password first: the one in use was made by somebody else",
            hint="sign in with a browser, or with `tradewind login` at a terminal: both ask for a new one",
        )


class NotFound(Problem):
    status = 404


class WrongMethod(Problem):
    status = 405

    def __init__(self, message: str, allowed: Iterable[str]) -> None:
        self.allowed = ", ".join(sorted(allowed))
        super().__init__(message, hint=f"it takes {self.allowed}")


class NotAcceptable(Problem):
    status = 406


class Conflict(Problem):
    status = 409


class TooLarge(Problem):
    status = 413


class Invalid(Problem):
    """Understood, and wrong."""

    status = 422


class TooMany(Problem):
    status = 429

    def __init__(self, message: str, *, hint: str = "", after_seconds: int = 1) -> None:
        super().__init__(message, hint=hint)
        self.after_seconds = after_seconds


class NotHere(Problem):
    """An operation of Airflow's that can have no meaning here; `message` says why."""

    status = 501


class Unavailable(Problem):
    status = 503


def refusal(problem: Problem) -> Response:
    headers = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else {}
    if isinstance(problem, TooMany):
        headers["Retry-After"] = str(problem.after_seconds)
    if isinstance(problem, WrongMethod):
        headers["Allow"] = problem.allowed
    return Response(
        msgspec.json.encode(problem.document()), problem.status, headers, media_type="application/problem+json"
    )
