"""The schema as SQLAlchemy Core tables: for migrations and other databases. `sqlite/schema.sql` is the same for a new
SQLite home, so that SQLAlchemy need not be imported there; a test holds the two equal."""

from tradewind.store.schema import core, ml, people, service
from tradewind.store.schema.columns import metadata

__all__ = ["core", "metadata", "ml", "people", "service"]
