"""The spec of a DAG as a command names it: from the store where that is up to date, else from its file."""

from __future__ import annotations

from pathlib import Path

from tradewind.cli.home import Home, open_home
from tradewind.model.errors import NotFoundError
from tradewind.model.records import DagRecord
from tradewind.model.spec import DagSpec


def current_spec(text: str, dag_id: str | None = None) -> DagSpec:
    """`text` is a DAG's id, or a file (with `dag_id` where it has several). A file that has changed since the store
    heard of it is loaded again. Raises NotFoundError with the nearest names, DagFileError for a broken file."""
    with open_home() as home:
        if (spec := stored_spec(home, text)) is not None:
            return spec
        if home.remote is not None:
            raise no_such_dag(home, text)
    from tradewind.cli.session import open_session  # only where a file has to be loaded
    from tradewind.cli.target import resolve

    with open_session(home.settings) as session:
        return session.load(resolve(text, dag_id, home.settings, session.store)).spec


def stored_spec(home: Home, dag_id: str) -> DagSpec | None:
    """The store's newest version; None where its file has changed since, or the store does not know it."""
    dag = home.store.dag(dag_id)
    is_known = dag is not None and (home.remote is not None or _is_current(dag))
    return home.store.spec(dag_id) if is_known else None


def no_such_dag(home: Home, dag_id: str) -> NotFoundError:
    import difflib  # only on this error

    near = difflib.get_close_matches(dag_id, [dag.dag_id for dag in home.store.dags()], n=3)
    hint = (
        f"did you mean {', '.join(near)}?" if near else "see `tradewind dags list`; files are for this machine's home"
    )
    return NotFoundError(f"the server has no DAG {dag_id!r}", hint=hint)


def _is_current(dag: DagRecord) -> bool:
    try:
        return (Path(dag.root) / dag.file).stat().st_mtime <= dag.seen_at.timestamp()
    except OSError:
        return True  # the file is gone: what the store has is all there is
