"""The table of Airflow's names: module → name → `our.module:attribute`, read from the text files in `tables/`."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "tables"
Table = dict[str, dict[str, str]]


def read_table(*files: str) -> Table:
    """One table of several files. A module may stand in more than one block."""
    table: Table = {}
    for file in files:
        modules: list[str] = []
        source, names_follow = "", False
        for line in _lines(file):
            words = line.split()
            if not line[0].isspace():
                modules = [*modules, *words] if not names_follow and modules else words
                names_follow = False
            elif ":" in words[0]:
                source, names_follow = words[0].rstrip(":"), True
                _add(table, modules, source, words[1:])
            elif names_follow:
                _add(table, modules, source, words)
            else:
                modules += words  # a long list of modules goes on
    return table


def _add(table: Table, modules: list[str], source: str, words: list[str]) -> None:
    for module in modules:
        names = table.setdefault(module, {})
        for word in words:
            name, _, original = word.partition("=")
            names[name] = f"{source}:{original or name}"


def _lines(file: str) -> list[str]:
    text = (_FOLDER / file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def read_hints() -> dict[str, str]:
    """Path prefix → what to use instead."""
    hints: dict[str, str] = {}
    for line in _lines("hints.txt"):
        prefixes, _, text = line.partition(": ")
        hints |= dict.fromkeys(prefixes.split(), text)
    return hints


TABLE = read_table("core.txt", "sdk.txt", "operators.txt", "moved.txt")
FALLBACK = read_table("fallback.txt")
