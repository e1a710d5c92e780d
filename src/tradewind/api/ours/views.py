"""The table of the operations behind the interface's views of DAGs, runs, tasks and values."""

from tradewind.api.operation import Operation
from tradewind.api.ours import (
    cards,
    code,
    dag_page,
    dag_times,
    graph,
    grid,
    logs,
    run_actions,
    run_page,
    task_page,
    task_rows,
)

VIEWS: tuple[Operation, ...] = (
    *cards.OPERATIONS,
    *dag_page.OPERATIONS,
    *grid.OPERATIONS,
    *graph.OPERATIONS,
    *dag_times.OPERATIONS,
    *code.OPERATIONS,
    *run_page.OPERATIONS,
    *run_actions.OPERATIONS,
    *task_rows.OPERATIONS,
    *task_page.OPERATIONS,
    *logs.OPERATIONS,
)
