"""The folder things are kept in: only its owner looks inside."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from tradewind.model.errors import HomeError


def make_folder(folder: Path) -> None:
    """With its parents; one that is there is left as it is. Raises HomeError."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        reasons = {errno.EROFS: "the file system is read-only", errno.ENOSPC: "the disk is full"}
        reason = reasons.get(error.errno or 0, os.strerror(error.errno or 0))
        raise HomeError(
            f"the home folder {folder} cannot be made: {reason}", hint="set TRADEWIND_HOME to a folder you may write"
        ) from error
