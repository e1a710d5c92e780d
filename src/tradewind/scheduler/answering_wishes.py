"""Telling whoever waits for a wish what came of it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.records import RequestRecord
from tradewind.model.requests import ANSWER, REPLY_TO, Answer, address
from tradewind.model.service import Topic
from tradewind.store.base import Store


def answer(store: Store, request: RequestRecord, refused: Exception | None, now: datetime) -> None:
    """After the wish was carried out (and committed), or refused. Nothing for one that nobody waits for."""
    reply_to = request.payload.get(REPLY_TO)
    if not isinstance(reply_to, str):
        return
    payload = msgspec.to_builtins(_answer(refused))
    store.add_request(ANSWER, address(reply_to), payload, who="scheduler", now=now)
    store.ring(Topic.ANSWERS)


def _answer(refused: Exception | None) -> Answer:
    if refused is None:
        return Answer()
    if isinstance(refused, TradewindError):
        return Answer(refused.message, refused.hint, isinstance(refused, NotFoundError))
    return Answer(str(refused) or type(refused).__name__)
