"""The triggerer on both databases."""

from tests.postgres import _kept_schema, postgres_server, postgres_url  # pyright: ignore[reportPrivateUsage]

__all__ = ["_kept_schema", "postgres_server", "postgres_url"]
