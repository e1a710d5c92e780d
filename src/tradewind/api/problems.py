"""Refusals as RFC 9457 problem documents (`application/problem+json`); Airflow's clients read their `detail`."""

from __future__ import annotations

from http import HTTPStatus

from tradewind.model.errors import TradewindError


class Problem(TradewindError):
    """An answer other than the one that was asked for."""

    status = 400

    def document(self) -> dict[str, object]:
        found: dict[str, object] = {
            "type": "about:blank",
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


class NotFound(Problem):
    status = 404


class Conflict(Problem):
    status = 409


class TooLarge(Problem):
    status = 413


class Invalid(Problem):
    """Understood, and wrong."""

    status = 422


class TooMany(Problem):
    status = 429


class NotHere(Problem):
    """An operation of Airflow's that can have no meaning here; `message` says why."""

    status = 501


class Unavailable(Problem):
    status = 503
