"""Links between pages, to headings, files and pictures lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, anchors, links, prose

LINKS = [(page, target) for page in PAGES for target in links(page)]


@pytest.mark.parametrize(
    ("page", "target"), LINKS, ids=[f"{page.relative_to(ROOT)}: {target}" for page, target in LINKS]
)
def test_link_resolves(page: Path, target: str):
    name, _, anchor = target.partition("#")
    file = (page.parent / name).resolve() if name else page
    assert file.exists(), f"{page.relative_to(ROOT)} links to {name}, which does not exist"
    assert not anchor or anchor in anchors(file)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_page_can_be_reached(page: Path):
    if page.parent == ROOT or "decisions" in page.parts:
        return
    linked = {(one.parent / target.partition("#")[0]).resolve() for one, target in LINKS}
    assert page.resolve() in linked, "no page links to it: add it to docs/index.md"


def test_paths_of_the_source_exist():
    """ARCHITECTURE.md names modules by their path below src/tradewind."""

    text = prose(ROOT / "ARCHITECTURE.md")
    named = set(re.findall(r"`((?:[a-z_]+/)+[a-z_]*(?:\.py|\.sql)?)`", text))
    roots = (ROOT / "src" / "tradewind", ROOT)
    missing = [path for path in sorted(named) if not any((root / path).exists() for root in roots)]
    assert len(named) > 40
    assert not missing
