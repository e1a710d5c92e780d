"""Tracebacks show the author's files and what those called, masked before they are cut."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tradewind.authoring.secrets import mask_secret, masker
from tradewind.authoring.tracebacks import MAX_CHARACTERS, cut_traceback
from tradewind.runner.timeouts import time_limit


def error_of(function: Callable[[], object]) -> BaseException:
    try:
        with time_limit(None):
            function()
    except BaseException as error:
        return error
    raise AssertionError("no error")


def test_frames_above_the_authors_first_one_are_dropped_and_those_below_stay() -> None:
    text = cut_traceback(error_of(lambda: json.loads("{")))
    assert text.startswith("Traceback (most recent call last):")
    assert "test_tracebacks.py" in text
    assert "json" in text
    assert "runner/timeouts.py" not in text


def test_a_cause_is_shown_with_it() -> None:
    def fail() -> None:
        try:
            raise KeyError("inner")
        except KeyError as error:
            raise ValueError("outer") from error

    text = cut_traceback(error_of(fail))
    assert text.index("KeyError: 'inner'") < text.index("direct cause") < text.index("ValueError: outer")


def test_an_endless_recursion_is_folded() -> None:
    def deep() -> None:
        deep()

    text = cut_traceback(error_of(deep))
    assert "more times" in text
    assert len(text) < 2_000


@pytest.mark.parametrize("place", [0, MAX_CHARACTERS // 2 - 20, 3 * MAX_CHARACTERS])
def test_secrets_are_masked_before_the_text_is_cut(place: int) -> None:
    secret = "correct-horse-battery-staple"

    def fail() -> None:
        raise ValueError("x" * place + secret + "y" * 4 * MAX_CHARACTERS)

    mask_secret(secret)
    try:
        text = cut_traceback(error_of(fail))
    finally:
        masker().reset()
    assert len(text) < MAX_CHARACTERS + 100
    assert not any(secret[:size] in text for size in range(8, len(secret)))
