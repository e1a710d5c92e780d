"""What to say about a name of Airflow that is not here."""

from __future__ import annotations

from functools import cache

from tradewind.airflow_compat.names import read_hints


def for_path(fullname: str) -> str:
    """The hint of the longest known prefix of `package.module.Name`, or "". A prefix may end within a word:
    `airflow.contrib.operators.gcp` stands for all modules that begin so."""
    prefix = fullname
    hints = _hints()
    while prefix:
        if found := hints.get(prefix):
            return found.replace("<name>", fullname[len(prefix) :].lstrip(".").partition(".")[0].replace("_", "-"))
        prefix = prefix[:-1]
    return ""


def leads_to_hints(module: str) -> bool:
    """Whether something below this module has a hint: it is then answered as an empty package, so that the error is
    about what the author asked for."""
    return module in _ancestors()


@cache
def _ancestors() -> frozenset[str]:
    found: set[str] = set()
    for prefix in _hints():
        while prefix := prefix.rpartition(".")[0]:
            found.add(prefix)
    return frozenset(found)


@cache
def _hints() -> dict[str, str]:
    return read_hints()
