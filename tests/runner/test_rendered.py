"""Template fields as they are shown: plain data whatever went in."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from tradewind.runner.rendered import shown


@pytest.mark.parametrize("value", [np.float64(0.5), np.int64(3), np.bool_(True), np.arange(3), {"a": [np.float32(1)]}])
def test_numbers_of_numpy_become_plain_ones(value):
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(shown(value))) is not None


def test_a_numpy_float_becomes_a_float():
    assert type(shown(np.float64(0.5))) is float


def test_a_secret_field_is_masked_by_its_name():
    assert shown("hunter22", "password") == "***"


def test_long_texts_and_lists_are_cut():
    assert len(shown("x" * 100_000)) < 5_000
    assert len(shown(list(range(1_000)))) == 100
