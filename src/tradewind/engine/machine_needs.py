"""What tasks need of a machine, compared: for the turn of one that needs much, and would else be passed over for ever
by those that need little."""

from __future__ import annotations

from tradewind.model.spec import Resources


def is_any(need: Resources) -> bool:
    """Slots alone are not: each task takes one, so that none is too large."""
    return bool(need.cpus or need.memory_bytes or need.gpus)


def in_the_way(one: Resources, first: Resources) -> bool:
    """Does this one take of what the other waits for?"""
    return bool(
        (one.cpus and first.cpus) or (one.memory_bytes and first.memory_bytes) or (one.gpus and first.gpus),
    )


def in_words(need: Resources) -> str:
    """`8 CPUs and 2 GPUs`."""
    parts = [
        f"{need.cpus:g} CPUs" if need.cpus else "",
        f"{need.memory_bytes / 2**30:.3g} GiB of memory" if need.memory_bytes else "",
        f"{need.gpus:g} GPUs" if need.gpus else "",
    ]
    return " and ".join(part for part in parts if part)
