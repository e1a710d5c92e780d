"""Where the requests to a model are kept, and the asset that stands for them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

PART_SUFFIX, OPEN_SUFFIX = ".jsonl", ".open"
SCHEME = "tradewind-requests"


def log_folder(home: Path, model: str) -> Path:
    return home / "requests" / quote(model, safe=" ").replace(".", "%2E")


def log_uri(model: str) -> str:
    return f"{SCHEME}://{quote(model, safe='')}"


def log_name(model: str) -> str:
    return f"requests to {quote(model, safe=' ')}"
