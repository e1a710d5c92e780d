"""Links from a task to pages elsewhere, as operators and plugins define them."""

from __future__ import annotations

from typing import Any, ClassVar


class BaseOperatorLink:
    """Subclass it, give it a `name` and `get_link(operator, ti_key=...)`."""

    name: ClassVar[str] = ""
    operators: ClassVar[list[type]] = []

    @property
    def xcom_key(self) -> str:
        return f"_link_{type(self).__name__}"

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        """The URL for one task instance, or ""."""
        raise NotImplementedError(f"{type(self).__name__} has no get_link() method")
