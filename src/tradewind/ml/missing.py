"""What an author is told who uses a feature whose library is not installed."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from tradewind.authoring.exceptions import AirflowException


@contextmanager
def needed(extra: str, *modules: str) -> Generator[None]:
    """Inside, one of these modules that cannot be imported is an error that names the extra to install."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in modules:
            raise
        raise AirflowException(
            f"{error.name} is not installed here", hint=f"pip install 'tradewind[{extra}]'"
        ) from error
