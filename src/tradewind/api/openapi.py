"""The OpenAPI 3.1 document, made from the table of operations. Source: https://spec.openapis.org/oas/v3.1.0"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec

from tradewind import __version__
from tradewind.api.operation import Operation

_SCHEMAS = "#/components/schemas/{name}"
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "hint": {"type": "string"},
    },
}


def document(rows: Sequence[Operation]) -> dict[str, Any]:
    kinds = _kinds(rows)
    schemas, components = msgspec.json.schema_components(kinds, ref_template=_SCHEMAS)
    of_kind = {id(kind): schema for kind, schema in zip(kinds, schemas, strict=True)}
    paths: dict[str, dict[str, Any]] = {}
    for row in rows:
        paths.setdefault(row.path, {})[row.method.lower()] = _described(row, of_kind, components)
    for row in rows:
        components.pop(row.query.__name__, None)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Tradewind", "version": __version__, "description": _ABOUT},
        "paths": paths,
        "components": {
            "schemas": {**components, "Problem": _PROBLEM},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "tradewind_session"},
            },
        },
    }


_ABOUT = (
    "Airflow's stable REST API under /api/v2, and what Tradewind adds under /api/tradewind/v1. "
    "Errors are problem documents (RFC 9457)."
)


def _kinds(rows: Sequence[Operation]) -> list[Any]:
    found: dict[int, Any] = {}
    for row in rows:
        for kind in (row.query, row.body, row.answer):
            if kind is not None:
                found[id(kind)] = kind
    return list(found.values())


def _described(row: Operation, of_kind: Mapping[int, Any], components: Mapping[str, Any]) -> dict[str, Any]:
    summary, _, rest = (row.do.__doc__ or row.name).strip().partition("\n")
    found: dict[str, Any] = {
        "operationId": row.name,
        "tags": [row.tag],
        "summary": summary,
        "parameters": [*_path_parameters(row.path), *_query_parameters(of_kind[id(row.query)], components)],
        "responses": _responses(row, of_kind),
        "security": [] if row.needs is None else [{"token": []}, {"session": []}],
    }
    if rest.strip():
        found["description"] = rest.strip()
    if row.body is not None:
        content: dict[str, Any] = {"schema": of_kind[id(row.body)]}
        if row.examples:
            content["examples"] = {name: {"value": value} for name, value in row.examples.items()}
        found["requestBody"] = {"required": True, "content": {"application/json": content}}
    return found


def _path_parameters(path: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", path)
    ]


def _query_parameters(schema: Mapping[str, Any], components: Mapping[str, Any]) -> list[dict[str, Any]]:
    name = schema.get("$ref", "").rpartition("/")[2]
    struct = components.get(name, {})
    required = set(struct.get("required", ()))
    return [
        {"name": field, "in": "query", "required": field in required, "schema": kind}
        for field, kind in struct.get("properties", {}).items()
    ]


def _responses(row: Operation, of_kind: Mapping[int, Any]) -> dict[str, Any]:
    good: dict[str, Any] = {"description": HTTPStatus(row.status).phrase}
    if row.answer is not None:
        schema = of_kind[id(row.answer)]
        good["content"] = {media: {"schema": schema} for media in row.media_types}
    refusals = {422, 400, *row.errors} if row.needs is None else {400, 401, 403, 422, *row.errors}
    if "{" in row.path:
        refusals.add(404)
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        str(row.status): good,
        **{str(code): {"description": HTTPStatus(code).phrase, "content": problem} for code in sorted(refusals)},
    }
