"""How Airflow's client tells of refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest
from airflow_client.client.exceptions import ApiException


def status_of(call: Any, *arguments: Any, **more: Any) -> tuple[int, str]:
    """Code and `detail` of a refusal."""
    with pytest.raises(ApiException) as refused:
        call(*arguments, **more)
    assert refused.value.status is not None
    return refused.value.status, json.loads(refused.value.body or "{}")["detail"]
