"""The one root of our errors. Each says what happened, where, and what to do next; its docstring is the rule."""

from dataclasses import dataclass


class TradewindError(Exception):
    """Root of every error a user can act on. `hint` is one sentence: what to do next."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  hint: {self.hint}" if self.hint else self.message


class ConfigurationError(TradewindError):
    """A setting in tradewind.toml, in the environment or on the command line cannot be used."""


class HomeError(TradewindError):
    """The home folder or its database cannot be used: unwritable, full, locked, corrupt, from a newer version."""


class NotFoundError(TradewindError):
    """The named DAG, run, task, variable, connection or pool does not exist."""


class ResourceError(TradewindError):
    """A task asks for more CPUs, memory or GPUs than this machine has."""


class ValueStoreError(TradewindError):
    """A value cannot be encoded, stored or read back."""


@dataclass(frozen=True)
class SourceLocation:
    """A line in an author's file. `line` counts from 1; 0 where it is not known."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class DagFileError(TradewindError):
    """A DAG author's mistake, with the file and line it was made on."""

    def __init__(self, message: str, *, location: SourceLocation | None = None, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.location = location

    def __str__(self) -> str:
        text = super().__str__()
        return f"{self.location}: {text}" if self.location else text
