"""What must hold of the tables together."""

from __future__ import annotations

from tradewind.store.schema import metadata
from tradewind.store.sql.keeping import TABLES

KEPT = {"artifact_garbage"}
"""Files of these artifacts are still there after a reset."""


def test_a_reset_empties_every_table():
    """Tables are named, or their rows go with rows of a table that is."""
    emptied = set(TABLES)
    for table in metadata.sorted_tables:
        parents = {key.column.table.name for key in table.foreign_keys if key.ondelete == "CASCADE"}
        if parents & emptied:
            emptied.add(table.name)
    assert emptied == set(metadata.tables) - KEPT


def test_what_a_foreign_key_looks_for_is_found_by_an_index():
    """Else each run that is deleted costs a scan of every table that refers to runs."""
    for table in metadata.tables.values():
        for key in table.foreign_keys:
            assert key.parent.name in _heads(table), f"{table.name}.{key.parent.name}"


def _heads(table):
    """First columns of what can be looked up: indexes, unique constraints, the key."""
    unique = [one for one in table.constraints if one.__visit_name__ in ("unique_constraint", "primary_key_constraint")]
    return {next(iter(one.columns)).name for one in (*table.indexes, *unique)}
