"""So many live streams and no more: in all, and of one person."""

from __future__ import annotations

import time

import pytest
import urllib3
from msgspec.structs import replace
from tests.api.ours.conftest import ROOT
from tests.api.ours.test_live import PATIENCE_SECONDS, stream
from tests.api.server import ApiServer

from tradewind.api.access.rights import Identity
from tradewind.api.live import room
from tradewind.api.problems import TooMany

ANN = Identity(1, "ann", (), ())


@pytest.mark.parametrize("bound", ["MOST_OF_ONE", "MOST_STREAMS"])
def test_a_stream_too_many_is_refused_and_taken_once_another_has_ended(
    own: ApiServer, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(room, bound, 1)
    with stream(own) as first:
        assert first.standing()
        refused = urllib3.request("GET", f"{own.url}{ROOT}/live", headers=own.headers, retries=False)
        assert refused.status == 429
        assert int(refused.headers["Retry-After"]) > 0
        assert "live streams" in refused.json()["detail"]
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:  # until the server has seen that the first is closed
        answer = urllib3.request(
            "GET", f"{own.url}{ROOT}/live", headers=own.headers, retries=False, preload_content=False
        )
        answer.close()
        if answer.status == 200:
            break
        assert time.monotonic() < deadline


def test_one_person_does_not_keep_others_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_OF_ONE", 2)
    rooms, ben = room.Room(), replace(ANN, user_id=2, name="ben")
    rooms.enter(ANN)
    rooms.enter(ANN)
    with pytest.raises(TooMany, match="ann has 2 live streams open"):
        rooms.enter(ANN)
    rooms.enter(ben)
    rooms.leave(ANN)
    rooms.enter(ANN)
