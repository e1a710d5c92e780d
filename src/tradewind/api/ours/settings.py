"""Settings as this process has them."""

from __future__ import annotations

from typing import Any

import msgspec

from tradewind import settings as settings_module
from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.people import SettingLine
from tradewind.api.ours.paths import ROOT
from tradewind.settings_shown import documentation, origins, shown


def settings(call: Call[Any, None]) -> list[SettingLine]:
    """Every setting: its value, where that comes from, what it means"""
    own, about = call.server.settings, documentation()
    return [
        SettingLine(name, _text(shown(name, settings_module.value_of(own, name))), origin, about.get(name, ""))
        for name, origin in origins(own).items()
    ]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value, enc_hook=str).decode()


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{ROOT}/settings",
        name="tradewind_settings",
        tag="Admin",
        needs=Need(Resource.CONFIG),
        do=settings,
        answer=list[SettingLine],
    ),
)
