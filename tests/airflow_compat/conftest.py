"""Airflow's names, installed for a test and taken away behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tradewind.airflow_compat import hook


@pytest.fixture
def airflow_names() -> Iterator[None]:
    was_there = hook.is_installed()
    hook.install()
    yield
    hook.uninstall()
    if was_there:
        hook.install()
