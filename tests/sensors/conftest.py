"""Sensors are operators: they need the same around them."""

from tests.operators.conftest import context_of, dag

__all__ = ["context_of", "dag"]
