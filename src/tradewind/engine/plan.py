"""What follows from a DagSpec alone, worked out once and shared by all runs of it.

Words used throughout the engine:

* A task's *levels* are its mapped groups, outermost first, and its own expansion: each is a *node* (`"group."` or
  `"task"`) that multiplies the task's instances. An instance at a path shorter than its levels is a *placeholder*.
* The *common depth* of two tasks is the number of mapped groups both are in. The instance of T at path p depends on
  all instances of its upstream U whose path starts with p[:common depth].
* A *join* gathers, for one purpose, the upstream tasks that share one common depth with the owner; at run time it has
  one set of counts for each prefix of that length.
"""

from __future__ import annotations

from enum import Enum, auto

from tradewind.engine.setup_teardown import Reach, deciding_tasks, indirect_setups
from tradewind.model.spec import (
    Concatenated,
    DagSpec,
    Expansion,
    Filtered,
    FromTask,
    LengthSource,
    Literals,
    TaskSpec,
    Zipped,
)


class Purpose(Enum):
    RULE = auto()
    """Direct upstream, for the owner's trigger rule."""
    SETUPS = auto()
    """Setups further up, which must succeed whatever the trigger rule."""
    LENGTH = auto()
    """Tasks whose values decide how many instances a node becomes."""


class Join:
    __slots__ = ("depth", "index", "levels", "members", "node", "purpose", "task")

    def __init__(
        self, index: int, purpose: Purpose, depth: int, members: int, task: TaskPlan | None, node: NodePlan | None
    ) -> None:
        self.index = index
        self.purpose = purpose
        self.depth = depth
        self.members = members
        self.task = task
        self.node = node
        """The owner is one of the two."""
        owner = task.levels if task else node.enclosing if node else ()
        self.levels: tuple[str, ...] = owner[:depth]


class Edge:
    """One task's part in a join."""

    __slots__ = ("depth", "is_setup", "join")

    def __init__(self, join: Join, is_setup: bool) -> None:
        self.join = join
        self.depth = join.depth
        self.is_setup = is_setup


class NodePlan:
    """A mapped task or mapped group: something that becomes several."""

    __slots__ = (
        "argument_depths",
        "enclosing",
        "expansion",
        "has_filter",
        "is_group",
        "joins",
        "level",
        "literal_length",
        "node_id",
        "split_joins",
        "tasks",
    )

    def __init__(self, node_id: str, enclosing: tuple[str, ...], expansion: Expansion, is_group: bool) -> None:
        self.node_id = node_id
        self.enclosing = enclosing
        self.level = len(enclosing)
        self.expansion = expansion
        self.is_group = is_group
        self.has_filter = any(_has_filter(source) for _, source in expansion.arguments)
        self.literal_length = _literal_length(expansion)
        self.tasks: list[TaskPlan] = []
        """The task itself, or all tasks of the group, in the DAG's order."""
        self.joins: list[Join] = []
        self.split_joins: list[Join] = []
        """Joins inside the group: they get counts of their own for each of its instances."""


class TaskPlan:
    __slots__ = (
        "decides_run",
        "edges",
        "groups",
        "index",
        "levels",
        "needs_past",
        "nodes",
        "rule_joins",
        "setup_joins",
        "spec",
        "task_id",
        "wanted_keys",
    )

    def __init__(self, index: int, spec: TaskSpec, group_levels: tuple[str, ...]) -> None:
        self.index = index
        self.spec = spec
        self.task_id = spec.task_id
        self.groups = group_levels
        self.levels = (*group_levels, spec.task_id) if spec.expansion else group_levels
        self.nodes: list[NodePlan] = []
        self.edges: list[Edge] = []
        self.rule_joins: list[Join] = []
        self.setup_joins: list[Join] = []
        self.decides_run = False
        self.needs_past = spec.depends_on_past or spec.wait_for_downstream
        self.wanted_keys: frozenset[str] = frozenset()
        """Keys of this task's values that some expansion takes its length from."""


class Plan:
    """See the module's head. Build it once for a spec (`plan_of`) and hand it to every run."""

    __slots__ = ("_after", "_before", "by_id", "downstream", "joins", "nodes", "spec", "tasks")

    def __init__(self, spec: DagSpec) -> None:
        self.spec = spec
        specs = {task.task_id: task for task in spec.tasks}
        groups = _mapped_groups(spec)
        self.tasks = [TaskPlan(i, task, groups[task.group_id]) for i, task in enumerate(spec.tasks)]
        self.by_id = {task.task_id: task for task in self.tasks}
        self.downstream = _downstream(spec)
        self._after = Reach(self.downstream)
        self._before = Reach({task.task_id: task.upstream for task in spec.tasks})
        self.joins: list[Join] = []
        self.nodes: dict[str, NodePlan] = {}
        self._add_nodes(groups)
        self._add_joins(indirect_setups(specs, self.downstream, self._after))
        for task_id in deciding_tasks(specs, self.downstream):
            self.by_id[task_id].decides_run = True

    def after(self, task_id: str) -> frozenset[str]:
        """All tasks downstream of this one."""
        return self._after.of(task_id)

    def before(self, task_id: str) -> frozenset[str]:
        """All tasks upstream of this one."""
        return self._before.of(task_id)

    @staticmethod
    def common_depth(one: tuple[str, ...], other: tuple[str, ...]) -> int:
        """Number of mapped groups that two tasks (their `groups`) share."""
        return _common_prefix(one, other)

    def _add_nodes(self, groups: dict[str, tuple[str, ...]]) -> None:
        for group in self.spec.groups:
            if group.expansion:
                enclosing = groups[group.parent_id]
                node = NodePlan(f"{group.group_id}.", enclosing, group.expansion, is_group=True)
                self.nodes[node.node_id] = node
        for task in self.tasks:
            if task.spec.expansion:
                self.nodes[task.task_id] = NodePlan(task.task_id, task.groups, task.spec.expansion, is_group=False)
            task.nodes = [self.nodes[level] for level in task.levels]
            for node in task.nodes:
                node.tasks.append(task)

    def _add_joins(self, setups: dict[str, list[str]]) -> None:
        for task in self.tasks:
            direct = [self.by_id[t] for t in task.spec.upstream]
            task.rule_joins = self._join(Purpose.RULE, direct, task.groups, task=task)
            further = [self.by_id[t] for t in setups.get(task.task_id, ())]
            task.setup_joins = self._join(Purpose.SETUPS, further, task.groups, task=task)
        for node in self.nodes.values():
            for source in _values(node.expansion):
                producer = self.by_id[source[0]]
                producer.wanted_keys = producer.wanted_keys | {source[1]}
            sources = [task for task in self.tasks if task.task_id in node.expansion.task_ids()]
            node.joins = self._join(Purpose.LENGTH, sources, node.enclosing, node=node)
        for join in self.joins:
            for level in join.levels:
                self.nodes[level].split_joins.append(join)

    def _join(
        self,
        purpose: Purpose,
        upstream: list[TaskPlan],
        levels: tuple[str, ...],
        *,
        task: TaskPlan | None = None,
        node: NodePlan | None = None,
    ) -> list[Join]:
        by_depth: dict[int, list[TaskPlan]] = {}
        for member in upstream:
            by_depth.setdefault(_common_prefix(member.groups, levels), []).append(member)
        made: list[Join] = []
        for depth, members in sorted(by_depth.items()):
            join = Join(len(self.joins), purpose, depth, len(members), task, node)
            self.joins.append(join)
            made.append(join)
            for member in members:
                member.edges.append(Edge(join, is_setup=member.spec.is_setup))
        return made


def plan_of(spec: DagSpec) -> Plan:
    return Plan(spec)


def _mapped_groups(spec: DagSpec) -> dict[str, tuple[str, ...]]:
    """For each group ("" is the root) the nodes of the mapped groups that a member of it is in, outermost first."""
    by_id = {group.group_id: group for group in spec.groups}
    found: dict[str, tuple[str, ...]] = {"": ()}

    def levels(group_id: str) -> tuple[str, ...]:
        if group_id not in found:
            group = by_id[group_id]
            above = levels(group.parent_id)
            found[group_id] = (*above, f"{group_id}.") if group.expansion else above
        return found[group_id]

    for group_id in by_id:
        levels(group_id)
    return found


def _downstream(spec: DagSpec) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {task.task_id: [] for task in spec.tasks}
    for task in spec.tasks:
        for upstream in task.upstream:
            found[upstream].append(task.task_id)
    return {task_id: tuple(below) for task_id, below in found.items()}


def _common_prefix(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    depth = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        depth += 1
    return depth


def _has_filter(source: LengthSource) -> bool:
    match source:
        case Filtered():
            return True
        case Literals() | FromTask():
            return False
        case Zipped(sources=sources) | Concatenated(sources=sources):
            return any(_has_filter(inner) for inner in sources)


def _literal_length(expansion: Expansion) -> int | None:
    """The length, where the DAG file itself says it."""
    product = 1
    for _, source in expansion.arguments:
        if not isinstance(source, Literals):
            return None
        product *= source.length
    return product


def _values(expansion: Expansion) -> list[tuple[str, str]]:
    """(task, key) of every value an expansion looks at."""
    found: list[tuple[str, str]] = []
    stack: list[LengthSource] = [source for _, source in expansion.arguments]
    while stack:
        source = stack.pop()
        match source:
            case Literals():
                pass
            case FromTask(task_id=task_id, key=key):
                found.append((task_id, key))
            case Zipped(sources=sources) | Concatenated(sources=sources) | Filtered(sources=sources):
                stack.extend(sources)
    return found
