"""What the contract asks for is asked of every back end."""

from __future__ import annotations

import re
from pathlib import Path

from tradewind.store.base import Store
from tradewind.store.postgres.retrying import public_methods

ASKED_ELSEWHERE = {"close", "revision"}
"""By the fixtures, and by the tests of migrations."""


def test_each_method_has_a_conformance_test():
    texts = "".join(file.read_text() for file in Path(__file__).parent.glob("conformance_*.py"))
    missing = [name for name in public_methods(Store, but=ASKED_ELSEWHERE) if not re.search(rf"\.{name}\(", texts)]
    assert missing == []
