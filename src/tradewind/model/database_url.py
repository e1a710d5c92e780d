"""Where the database is: its URL for the driver, and a text of it that anybody may read."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
HIDDEN = "***"
_SECRETS = ("password", "sslpassword", "passfile")


def is_postgres(url: str) -> bool:
    return url.split("://", 1)[0] in SCHEMES


def for_driver(url: str) -> str:
    """libpq knows no `+psycopg`."""
    scheme, rest = url.split("://", 1)
    return f"{scheme.split('+')[0]}://{rest}"


def for_sqlalchemy(url: str) -> str:
    return f"postgresql+psycopg://{url.split('://', 1)[1]}"


def without_password(url: str) -> str:
    """Any database URL, to be shown: `postgresql://ada:***@host/db`."""
    if "://" not in url or not is_postgres(url):
        return url
    parts = urlsplit(url)
    user, separator, place = parts.netloc.rpartition("@")
    if ":" in user:
        user = f"{user.split(':', 1)[0]}:{HIDDEN}"
    pairs = [pair.partition("=") for pair in parts.query.split("&")]
    shown = "&".join(name + equals + (HIDDEN if name in _SECRETS else value) for name, equals, value in pairs)
    return urlunsplit(parts._replace(netloc=f"{user}{separator}{place}", query=shown))
