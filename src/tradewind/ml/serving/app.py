"""The endpoints of a served model: /predict, /health, /ready, /metrics, /model."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from hmac import compare_digest
from typing import Any

import msgspec
from msgspec import Struct

from tradewind.ml.missing import needed
from tradewind.ml.serving.numbers import Numbers
from tradewind.ml.serving.predicting import predict
from tradewind.ml.serving.request_log import LoggedRequest, RequestLog
from tradewind.ml.serving.rows import BadRequestError, frame_of, plain
from tradewind.ml.serving.shadow import Shadow
from tradewind.ml.serving.switch import Switch

MOST_BODY_BYTES = 64 * 1024**2
OPEN_TO_ALL = frozenset({"/health", "/ping", "/ready"})
_log = logging.getLogger("tradewind.serve")


class Serving:
    """What all requests share."""

    def __init__(
        self,
        switch: Switch,
        numbers: Numbers,
        log: RequestLog | None,
        shadow: Shadow | None = None,
        *,
        token: str = "",
        most_rows: int = 10_000,
    ) -> None:
        self.switch = switch
        self.numbers = numbers
        self.log = log
        self.shadow = shadow
        self.token = token
        self.most_rows = most_rows
        self.is_stopping = False

    def keep(self, request: LoggedRequest) -> None:
        if self.log is not None and not self.log.offer(request):
            self.numbers.dropped("log")


class _Answer(Struct, frozen=True):
    code: int
    body: dict[str, Any]


def make_app(serving: Serving) -> Any:
    """A FastAPI application. Raises AirflowException where FastAPI is not installed."""
    with needed("serve", "fastapi", "starlette"):
        from fastapi import FastAPI, Request, Response  # of the extra `serve`, a third of a second
        from fastapi.concurrency import run_in_threadpool

    app = FastAPI(title=f"{serving.switch.current.name} by Tradewind", docs_url="/docs", redoc_url=None)

    def respond(code: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
        return Response(msgspec.json.encode(body), code, headers, media_type="application/json")

    async def authorize(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        if serving.token and request.url.path not in OPEN_TO_ALL:
            given = request.headers.get("authorization", "").removeprefix("Bearer ")
            if not compare_digest(given.encode(), serving.token.encode()):
                said = {"error": "unauthorized", "problems": ["give the token as `Authorization: Bearer …`"]}
                return respond(401, said, {"WWW-Authenticate": "Bearer"})
        return await call_next(request)

    async def post_predict(request: Request) -> Response:
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > MOST_BODY_BYTES:
                return respond(413, {"error": "too large", "problems": [f"a body has at most {MOST_BODY_BYTES} bytes"]})
        answer = await run_in_threadpool(_predict, serving, bytes(body))
        return respond(answer.code, answer.body)

    async def get_health() -> Response:
        problem = serving.switch.problem
        shadow = serving.shadow.switch.problem if serving.shadow is not None else ""
        return respond(200, {
            "status": "degraded" if problem or shadow else "healthy",
            "model": serving.switch.current.name,
            "version": serving.switch.current.version,
            "problem": problem or shadow,
        })  # fmt: skip

    async def get_ready() -> Response:
        return respond(503, {"status": "stopping"}) if serving.is_stopping else respond(200, {"status": "ready"})

    async def get_metrics() -> Response:
        shadow = serving.shadow.switch.current.version if serving.shadow is not None else ""
        text = serving.numbers.text(serving.switch.current.version, shadow)
        return Response(text, media_type="text/plain; version=0.0.4")

    async def get_model() -> Response:
        return respond(200, about(serving))

    # Annotations are texts here, and these types are local: FastAPI is told of them.
    for one in (post_predict, get_health, get_ready, get_metrics, get_model):
        one.__annotations__ = {name: Request for name in one.__annotations__ if name == "request"}
    app.middleware("http")(authorize)
    app.post("/predict", summary="Predict rows", openapi_extra=_BODY)(post_predict)
    app.post("/invocations", summary="The same, as MLflow's server calls it", openapi_extra=_BODY)(post_predict)
    app.get("/health", summary="Whether it lives, and what is wrong")(get_health)
    app.get("/ping", summary="The same, as MLflow's server calls it")(get_health)
    app.get("/ready", summary="Whether it takes requests")(get_ready)
    app.get("/metrics", summary="Numbers for Prometheus")(get_metrics)
    app.get("/model", summary="Which model answers, and what made it")(get_model)
    return app


def about(serving: Serving) -> dict[str, Any]:
    current = serving.switch.current
    found: dict[str, Any] = {
        "name": current.name,
        "version": current.version,
        "columns": [{"name": one.name, "type": one.kind, "required": one.is_required} for one in current.columns],
        "lineage": current.lineage,
        "problem": serving.switch.problem,
    }
    if serving.shadow is not None:
        shadow = serving.shadow.switch.current
        found["shadow"] = {"version": shadow.version, "lineage": shadow.lineage}
    return found


def _predict(serving: Serving, body: bytes) -> _Answer:
    """In a thread: a model blocks. The version that it begins with answers, whatever is switched meanwhile."""
    began = time.perf_counter()
    loaded = serving.switch.current
    rows = 0
    try:
        frame = frame_of(body, serving.most_rows)
        rows = len(frame)
        predictions = predict(loaded, frame)
    except BadRequestError as error:
        answer = _Answer(422, {"error": "these rows cannot be predicted", "problems": error.problems})
    except Exception as error:  # ModelFailedError, or what nobody thought of: answered, and the next one too
        _log.warning("version %s failed: %s", loaded.version, error, exc_info=error.__cause__ or error)
        answer = _Answer(500, {"error": "the model failed", "problems": [str(error)]})
    else:
        id = uuid.uuid4().hex
        _keep(serving, id, loaded.version, frame, predictions)
        answer = _Answer(
            200, {"model": loaded.name, "version": loaded.version, "request_id": id, "predictions": predictions}
        )
    serving.numbers.answered(loaded.version, answer.code, time.perf_counter() - began, rows)
    return answer


def _keep(serving: Serving, id: str, version: str, frame: Any, predictions: list[Any]) -> None:
    if serving.log is None:
        return
    rows = [plain(list(row)) for row in frame.itertuples(index=False, name=None)]
    request = LoggedRequest(id, datetime.now(UTC), version, [str(one) for one in frame.columns], rows, predictions)
    if serving.shadow is not None:
        serving.shadow.offer(frame, request)
    else:
        serving.keep(request)


_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"type": "object"},
                "examples": {
                    "columns and rows": {"value": {"columns": ["age", "plan"], "rows": [[31, 2], [50, 1]]}},
                    "records": {"value": {"records": [{"age": 31, "plan": 2}]}},
                },
            }
        },
    }
}
