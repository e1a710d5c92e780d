"""The documentation as data: its pages, and the code blocks, command lines, links and headings in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@dataclass(frozen=True)
class Block:
    """A fenced block. The fence's words say what it is: `python`, `python run` (a DAG file that is run), `console`."""

    page: Path
    line: int
    words: tuple[str, ...]
    text: str

    @property
    def where(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks() -> list[Block]:
    return [block for page in PAGES for block in _blocks_of(page)]


def _blocks_of(page: Path) -> list[Block]:
    found: list[Block] = []
    fence: tuple[int, tuple[str, ...]] | None = None
    body: list[str] = []
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.startswith("```"):
            body.append(line)
        elif fence is None:
            fence, body = (number, tuple(line[3:].split())), []
        else:
            found.append(Block(page, fence[0], fence[1], "\n".join(body) + "\n"))
            fence = None
    assert fence is None, f"{page}:{fence}: a code block that does not end"
    return found


def prose(page: Path) -> str:
    """A page without its fenced and indented blocks."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return "\n".join(line for line in text.splitlines() if not line.startswith("    "))


def command_lines() -> list[tuple[str, str, bool]]:
    """(where, line, whether it is whole) of each `tradewind …`. In console and sh blocks they are whole; a command that
    is named in a sentence may lack its arguments."""
    found = [
        (block.where, line, True)
        for block in blocks()
        if block.words[:1] in (("console",), ("sh",))
        for line in block.text.replace("\\\n", "").splitlines()
    ]
    for page in PAGES:
        found += [(str(page.relative_to(ROOT)), span, False) for span in re.findall(r"`([^`\n]+)`", prose(page))]
    stripped = [(where, line.strip().removeprefix("$ "), whole) for where, line, whole in found]
    return [one for one in stripped if one[1] == "tradewind" or one[1].startswith("tradewind ")]


def links(page: Path) -> list[str]:
    """Targets of the page's links and pictures that are not on other machines."""
    found = re.findall(r"\]\(([^)\s]+)\)", prose(page))
    return [target for target in found if not re.match(r"[a-z]+:", target)]


def anchors(page: Path) -> set[str]:
    """What `#…` may name in a page, by GitHub's rule for headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
