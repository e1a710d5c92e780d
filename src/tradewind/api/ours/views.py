"""The table of the operations behind the interface's views of DAGs, runs, tasks and values."""

from tradewind.api.live import log_stream, stream
from tradewind.api.operation import Operation
from tradewind.api.ours import (
    asset_graph,
    cards,
    code,
    compare,
    dag_page,
    dag_times,
    graph,
    grid,
    home,
    logs,
    metrics,
    pools,
    run_actions,
    run_page,
    search,
    settings,
    task_page,
    task_rows,
    values,
    waiting,
)
from tradewind.api.remote import asking

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
    *metrics.OPERATIONS,
    *values.OPERATIONS,
    *compare.OPERATIONS,
    *home.OPERATIONS,
    *search.OPERATIONS,
    *waiting.OPERATIONS,
    *asset_graph.OPERATIONS,
    *pools.OPERATIONS,
    *settings.OPERATIONS,
    *asking.OPERATIONS,
    *stream.OPERATIONS,
    *log_stream.OPERATIONS,
)
