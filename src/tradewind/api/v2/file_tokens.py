"""Names of DAG files that tell nothing and cannot be made up: a file is found again among those that are known."""

from __future__ import annotations

import base64
import hashlib


def token_of(root: str, file: str) -> str:
    """The `file_token` of a DAG."""
    digest = hashlib.blake2b(f"{root}\0{file}".encode(), digest_size=18).digest()
    return base64.urlsafe_b64encode(digest).decode()
