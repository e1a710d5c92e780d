"""Waits until a Python function returns something true."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tradewind.authoring.call import determine_kwargs
from tradewind.authoring.sensor import BaseSensorOperator, PokeReturnValue
from tradewind.operators.python import Layered


class PythonSensor(BaseSensorOperator):
    """Calls `python_callable(*op_args, **op_kwargs)`, with the context variables it names, at every poke.

    The function returns a bool, or a PokeReturnValue with the sensor's value."""

    default_mode = "reschedule"
    """Users' code must not hold up a triggerer, and a slot is not to be held either."""
    template_fields = ("templates_dict", "op_args", "op_kwargs")

    def __init__(
        self,
        *,
        python_callable: Callable[..., Any],
        op_args: Sequence[Any] | None = None,
        op_kwargs: Mapping[str, Any] | None = None,
        templates_dict: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.python_callable = python_callable
        self.op_args: Sequence[Any] = op_args or ()
        self.op_kwargs: Mapping[str, Any] = op_kwargs or {}
        self.templates_dict = templates_dict

    def poke(self, context: Any) -> PokeReturnValue:
        own = dict(self.op_kwargs)
        if self.templates_dict is not None:
            own["templates_dict"] = self.templates_dict
        kwargs = determine_kwargs(self.python_callable, tuple(self.op_args), Layered(own, context))
        self.log.info("Poking callable: %s", self.python_callable)
        answer = self.python_callable(*self.op_args, **kwargs)
        return answer if isinstance(answer, PokeReturnValue) else PokeReturnValue(bool(answer))
