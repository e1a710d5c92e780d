"""The built user interface: one page for every address outside /api, and the files it is made of."""

from __future__ import annotations

import mimetypes
import secrets
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from tradewind.api.compressing import BEST, gzipped, takes_gzip

FOLDER = Path(__file__).parent / "static"
NONCE = "__CSP_NONCE__"
FOR_EVER = "public, max-age=31536000, immutable"
CHECKED = "no-cache"
TEXTS = frozenset({".js", ".css", ".svg", ".json", ".html"})
NOT_BUILT = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tradewind</title></head><body>
<h1>Tradewind</h1><p>The API is running; the user interface is not built in this installation.</p>
<p>In a checkout: <code>python tasks.py ui</code>, then reload. A wheel has it built in.</p>
<p><a href="/api/openapi.json">The API's description</a></p></body></html>"""


class Pages:
    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._stamp = -1.0
        self._page = ""
        self._files: dict[str, Path] = {}
        self._compressed: dict[str, bytes] = {}

    def page(self, _: Request) -> Response:
        """The one page, with a new nonce: what has no nonce, the browser does not run."""
        self._look()
        nonce = secrets.token_urlsafe(18)
        text = (self._page or NOT_BUILT).replace(NONCE, nonce)
        return Response(text, headers={"Content-Security-Policy": policy(nonce)}, media_type="text/html")

    def file(self, request: Request) -> Response | None:
        """A file of the build, by its name in a list: no path is made of what somebody sent. None: there is none."""
        self._look()
        name = request.path_params["name"]
        found = self._files.get(name)
        if found is None:
            return None
        kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        caching = FOR_EVER if name.startswith("assets/") else CHECKED  # names of assets hold a hash of what is in them
        headers = {"Cache-Control": caching}
        if found.suffix not in TEXTS:
            return FileResponse(found, media_type=kind, headers=headers)
        headers["Vary"] = "Accept-Encoding"
        if not takes_gzip(request.headers.get("accept-encoding", "")):
            return FileResponse(found, media_type=kind, headers=headers)
        return Response(self._small(name, found), headers=headers | {"Content-Encoding": "gzip"}, media_type=kind)

    def _small(self, name: str, file: Path) -> bytes:
        """Compressed once, and kept: all of them are a megabyte."""
        if name not in self._compressed:
            self._compressed[name] = gzipped(file.read_bytes(), BEST)
        return self._compressed[name]

    def _look(self) -> None:
        """Anew after a build."""
        index = self._folder / "index.html"
        try:
            stamp = index.stat().st_mtime
        except OSError:
            self._stamp, self._page, self._files = -1.0, "", {}
            return
        if stamp != self._stamp:
            self._page = index.read_text(encoding="utf-8")
            files = (path for path in self._folder.rglob("*") if path.is_file() and path != index)
            self._files = {path.relative_to(self._folder).as_posix(): path for path in files}
            self._compressed = {}
            self._stamp = stamp


def policy(nonce: str) -> str:
    """No inline script or style but ours, nothing from elsewhere, no frame around us."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'nonce-{nonce}'",
            f"style-src 'self' 'nonce-{nonce}'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
