"""The two cookies of a browser that is signed in."""

from __future__ import annotations

from starlette.responses import Response

from tradewind.api.access.secret_words import csrf_of

SESSION = "tradewind_session"
CSRF = "tradewind_csrf"
CSRF_HEADER = "x-csrf-token"


def set_session(response: Response, session: str, *, is_secure: bool, max_age_seconds: int) -> None:
    """The session's is for the browser alone; the other is read by the page, which sends it back in a header: another
    site's page can do neither."""
    response.set_cookie(
        SESSION, session, max_age=max_age_seconds, httponly=True, samesite="lax", secure=is_secure, path="/"
    )
    response.set_cookie(
        CSRF, csrf_of(session), max_age=max_age_seconds, httponly=False, samesite="lax", secure=is_secure, path="/"
    )


def forget_session(response: Response, *, is_secure: bool) -> None:
    for name in (SESSION, CSRF):
        response.delete_cookie(name, path="/", httponly=name == SESSION, samesite="lax", secure=is_secure)
