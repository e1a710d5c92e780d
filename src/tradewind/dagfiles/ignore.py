"""`.airflowignore`: which files of a DAG folder hold no DAGs. Glob syntax (as .gitignore, Airflow 3) and regular
expressions (Airflow 2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

IgnoreSyntax: TypeAlias = Literal["auto", "glob", "regexp"]
FILE_NAME = ".airflowignore"
_REGEXP_ONLY = re.compile(r"\\|\(|\||\^|\$|(?<!^)\.\*|^\.\*.|\.\+|\]\+")


@dataclass(frozen=True)
class IgnoreRule:
    pattern: re.Pattern[str]
    base: str
    """Folder of the ignore file, relative to the root: "" or with a trailing slash."""
    is_exception: bool = False
    folders_only: bool = False
    is_search: bool = False
    """Regular expressions may match anywhere in the path below the base; globs match it whole."""

    def matches(self, path: str, *, is_folder: bool) -> bool:
        if not path.startswith(self.base) or (self.folders_only and not is_folder):
            return False
        below = path[len(self.base) :]
        return bool(self.pattern.search(below) if self.is_search else self.pattern.fullmatch(below))


def is_ignored(path: str, rules: list[IgnoreRule], *, is_folder: bool = False) -> bool:
    """The last rule that matches decides, as in .gitignore. `path` is relative to the root."""
    for rule in reversed(rules):
        if rule.matches(path, is_folder=is_folder):
            return not rule.is_exception
    return False


def parse(text: str, base: str, syntax: IgnoreSyntax = "auto") -> list[IgnoreRule]:
    """Rules of one ignore file. Lines that are no valid pattern are passed over, as in Airflow."""
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    if syntax == "auto":
        syntax = "regexp" if any(_REGEXP_ONLY.search(line) for line in lines) else "glob"
    make = _regexp_rule if syntax == "regexp" else _glob_rule
    return [rule for line in lines if (rule := make(line, base))]


def _regexp_rule(line: str, base: str) -> IgnoreRule | None:
    try:
        return IgnoreRule(re.compile(re.sub(r"\s*#.*", "", line)), base, is_search=True)
    except re.error:
        return None


def _glob_rule(line: str, base: str) -> IgnoreRule | None:
    is_exception = line.startswith("!")
    body = line[1:] if is_exception else line
    folders_only = body.endswith("/")
    body = body.rstrip("/")
    if not body:
        return None
    anchored = "/" in body
    body = body.removeprefix("/")
    expression = _glob_to_regexp(body if anchored else f"**/{body}")
    try:
        return IgnoreRule(re.compile(expression), base, is_exception, folders_only)
    except re.error:
        return None


_GLOB_TOKEN = re.compile(
    r"(?P<any_folders>(?:^|(?<=/))\*\*/)|(?P<all_below>(?<=/)\*\*$)|(?P<star>\*+)|(?P<one>\?)"
    r"|(?P<set>\[!?\]?[^\]]*\])|(?P<escaped>\\.)|(?P<plain>.)"
)
_GLOB_MEANING = {"any_folders": r"(?:.*/)?", "all_below": r".+", "star": r"[^/]*", "one": r"[^/]"}


def _glob_to_regexp(glob: str) -> str:
    def translate(found: re.Match[str]) -> str:
        kind, text = found.lastgroup or "plain", found.group()
        if kind == "set":
            return "[" + text[1:].replace("!", "^", 1) if text.startswith("[!") else text
        if kind == "escaped":
            return re.escape(text[1])
        return _GLOB_MEANING.get(kind) or re.escape(text)

    return _GLOB_TOKEN.sub(translate, glob)
