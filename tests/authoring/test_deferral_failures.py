"""What a task hears when its trigger gave no event."""

from __future__ import annotations

import logging
from types import SimpleNamespace

import pytest

from tradewind.authoring.deferral_failures import raise_deferral_failure
from tradewind.authoring.exceptions import TaskDeferralError


@pytest.mark.parametrize(
    ("story", "message"),
    [
        (None, "Trigger failure"),
        ("Traceback …\n  File 'x.py', line 1\nValueError: no luck\n", "Trigger failure: ValueError: no luck"),
        (
            "trigger 'a.B' cannot be imported\n  hint: looked in x, y",
            "Trigger failure: trigger 'a.B' cannot be imported",
        ),
    ],
)
def test_the_error_names_what_happened_and_not_the_hint(story: str | None, message: str) -> None:
    operator = SimpleNamespace(log=logging.getLogger("test"))
    with pytest.raises(TaskDeferralError) as caught:
        raise_deferral_failure(operator, "Trigger failure", story)
    assert str(caught.value) == message
