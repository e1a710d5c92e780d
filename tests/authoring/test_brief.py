"""Values in one line of a log."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tradewind.authoring.brief import brief


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("deploy", "deploy"),
        ("two\nlines", "two lines"),
        (3, "3"),
        (None, "None"),
        ({"a": [1, 2]}, "{'a': [1, 2]}"),
        (pd.DataFrame({"a": [1, 2]}), "<pandas.DataFrame (2, 1)>"),
        ({"x": np.zeros((2, 3))}, "{'x': <numpy.ndarray (2, 3)>}"),
    ],
)
def test_one_line_says_what_it_is(value, text):
    assert brief(value) == text


@pytest.mark.parametrize("value", ["x" * 10_000, list(range(10_000)), dict.fromkeys(range(100), "y" * 500)])
def test_it_is_short_however_large_the_value(value):
    assert len(brief(value)) <= 400
    assert "\n" not in brief(value)
