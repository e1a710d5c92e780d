"""Files of the artifact store as answers: never as what their bytes say that they are, and shown where it is safe."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from starlette.responses import FileResponse, Response

from tradewind.api.call import Call
from tradewind.api.problems import NotFound, TooLarge
from tradewind.artifacts.store import ArtifactStore

MOST_RAW_BYTES = 2 * 1024 * 1024 * 1024
_POLICY = "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'"
SANDBOX = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, max-age=300",
}
FRAMED = {
    "Content-Security-Policy": f"{_POLICY}; font-src data:; form-action 'none'; frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
}
"""Of a page that tasks made: our own pages may frame it, and nothing in it runs."""
_ODD = re.compile(r"[^A-Za-z0-9._-]+")


def disposition(name: str, *, is_shown: bool) -> dict[str, str]:
    """`name`: of the file that a browser saves; whatever is odd in it is left out."""
    safe = _ODD.sub("_", name).strip("._")[-100:] or "file"
    return {"Content-Disposition": f'{"inline" if is_shown else "attachment"}; filename="{safe}"'}


def sent_file(call: Call[Any, Any], key: str, media: str, headers: dict[str, str]) -> Response:
    """`key`: from the store, never from the caller. Raises NotFound, TooLarge."""
    store = ArtifactStore(call.server.settings.artifact_url)
    if not store.exists(key):
        raise NotFound("this file is not in the artifact store any more", hint="clear the task that made it")
    with store.local(key) as path:
        _check_size(path)
        if "://" in call.server.settings.artifact_url:  # a copy that is gone with this block
            return Response(path.read_bytes(), media_type=media, headers=headers)
        return FileResponse(path, media_type=media, headers=headers)


def _check_size(path: Path) -> None:
    if path.stat().st_size > MOST_RAW_BYTES:
        raise TooLarge(f"the file is larger than {MOST_RAW_BYTES:,} bytes")
