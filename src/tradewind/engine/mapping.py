"""How many instances a mapped task or mapped group becomes, from the lengths of the values it is mapped over."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import TypeAlias

from tradewind.engine.plan import NodePlan
from tradewind.engine.run import Instance, Run
from tradewind.engine.trigger_rules import PENDING
from tradewind.model.ids import MapPath
from tradewind.model.spec import Concatenated, Expansion, Filtered, FromTask, LengthSource, Literals, Zipped
from tradewind.model.states import TaskState


class NoLength(Enum):
    UNKNOWN = auto()
    """The tasks it comes from have not ended."""
    ASK = auto()
    """Only the author's code can tell: a try with purpose EXPAND has to ask."""
    IMPOSSIBLE = auto()
    """A task it comes from has ended without a value that can be mapped over."""
    TOO_LONG = auto()


Length: TypeAlias = int | NoLength


def length_of(run: Run, node: NodePlan, prefix: MapPath) -> Length:
    """The number of instances of `node` below `prefix`: recorded, or worked out from values."""
    if (known := run.expansions.get((node.node_id, prefix))) is not None:
        return known
    if run.seen(node.joins, prefix) & PENDING:
        return NoLength.UNKNOWN
    product = _product(run, node.expansion, node, prefix)
    if product is None or _asking_failed(run, node, prefix):
        return NoLength.IMPOSSIBLE
    if node.has_filter:
        return NoLength.ASK
    return product if product <= run.bounds.max_map_length else NoLength.TOO_LONG


def asker(run: Run, node: NodePlan, prefix: MapPath) -> int | None:
    """Index of the task whose placeholder asks for this node's length: the one that does so already, else the first
    that is not decided."""
    first: int | None = None
    for task in node.tasks:
        placeholder = run.instances[task.index].get(prefix)
        if placeholder is not None and placeholder.is_moving:
            return task.index
        if first is None and placeholder is not None and placeholder.state is TaskState.NONE:
            first = task.index
    return first


def _asking_failed(run: Run, node: NodePlan, prefix: MapPath) -> bool:
    if not node.has_filter:
        return False
    placeholders = (run.instances[task.index].get(prefix) for task in node.tasks)
    return any(p is not None and p.state is TaskState.FAILED and _has_asked(p) for p in placeholders)


def _has_asked(placeholder: Instance) -> bool:
    """Tries of a placeholder only ask."""
    return placeholder.try_number > placeholder.tries_before_clear


def _product(run: Run, expansion: Expansion, node: NodePlan, prefix: MapPath) -> int | None:
    """None where some value has no length."""
    product = 1
    for _, source in expansion.arguments:
        length = _length(run, source, node, prefix)
        if length is None:
            return None
        product *= length
    return product


def _length(run: Run, source: LengthSource, node: NodePlan, prefix: MapPath) -> int | None:
    match source:
        case Literals(length=length):
            return length
        case FromTask():
            return _value_length(run, source, node, prefix)
        case Zipped(sources=sources, longest=longest):
            return _combined(run, sources, node, prefix, max if longest else min)
        case Concatenated(sources=sources) | Filtered(sources=sources):
            return _combined(run, sources, node, prefix, sum)


def _combined(
    run: Run, sources: tuple[LengthSource, ...], node: NodePlan, prefix: MapPath, combine: Callable[[list[int]], int]
) -> int | None:
    lengths = [_length(run, source, node, prefix) for source in sources]
    known = [length for length in lengths if length is not None]
    if len(known) < len(lengths):
        return None
    return combine(known)


def _value_length(run: Run, source: FromTask, node: NodePlan, prefix: MapPath) -> int | None:
    """The value's own length; of a producer that is mapped deeper than the asker, the number of values pushed."""
    producer = run.plan.by_id[source.task_id]
    depth = run.plan.common_depth(producer.groups, node.enclosing)
    pushed = run.lengths.get((source.task_id, source.key), {})
    at = prefix[:depth]
    if len(producer.levels) == depth:
        return pushed.get(at)
    if depth == 0:
        return len(pushed)
    return sum(instance.path in pushed for instance in run.below(producer, at))
