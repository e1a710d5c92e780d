"""What a try logs besides metrics: params, figures, tables, files. Each is kept in our own store and, where the try is
tracked, in its MLflow run: logged once."""

from __future__ import annotations

import csv
import io
import json
import logging
import mimetypes
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, cast

from tradewind.artifacts import ArtifactStore
from tradewind.artifacts.hashing import hash_of_file
from tradewind.authoring.context import get_current_context
from tradewind.ml import journal
from tradewind.ml.tracking import early, joining
from tradewind.model.entries import LoggedArtifact, LoggedParams
from tradewind.model.errors import TradewindError

MAX_PARAM_CHARACTERS = 6000
"""MLflow's limit on a param's text."""
_PARAMS_A_CALL = 100
_log = logging.getLogger("tradewind.task")

What = Literal["figure", "table", "file", "model", "text"]


def log_params(params: Mapping[str, Any]) -> None:
    """Params of a training (numbers, texts, anything with a text), by name."""
    plain = {str(name): _plain(value) for name, value in params.items()}
    journal.write(LoggedParams(plain))
    _in_mlflow(lambda tracked: _send_params(tracked, plain))


def log_figure(figure: Any, name: str) -> str:
    """A matplotlib or plotly figure, a PIL image, or the bytes of a PNG or SVG; `name` like `confusion.png`. Returns
    its key in the artifact store. Raises TypeError for what is no figure."""
    file_name = name if Path(name).suffix else f"{name}.{'html' if hasattr(figure, 'write_html') else 'png'}"
    with tempfile.TemporaryDirectory(prefix="tradewind-") as folder:
        path = Path(folder) / Path(file_name).name
        _draw(figure, path)
        return _keep(path, file_name, "figure")


def log_table(table: Any, name: str) -> str:
    """A DataFrame (pandas, polars), a dict of columns or a list of dicts, kept as CSV. Returns its key."""
    file_name = name if name.endswith(".csv") else f"{name}.csv"
    with tempfile.TemporaryDirectory(prefix="tradewind-") as folder:
        path = Path(folder) / Path(file_name).name
        path.write_text(_as_csv(table), encoding="utf-8")
        return _keep(path, file_name, "table")


def log_artifact(path: str | Path, name: str = "") -> str:
    """A file, whatever is in it. Returns its key. Raises FileNotFoundError."""
    source = Path(path)
    if not source.is_file():
        raise FileNotFoundError(f"there is no file {source} to log; of a folder, log an archive")
    return _keep(source, name or source.name, "file")


def log_text(text: str, name: str) -> str:
    with tempfile.TemporaryDirectory(prefix="tradewind-") as folder:
        path = Path(folder) / Path(name).name
        path.write_text(text, encoding="utf-8")
        return _keep(path, name, "text")


def _keep(source: Path, name: str, what: What) -> str:
    """In the artifact store; the run knows it by its name."""
    try:
        store = ArtifactStore(get_current_context()["ti"].artifact_url)
    except RuntimeError as error:
        raise TradewindError(f"{name!r} was logged outside of a try", hint="log it in a task") from error
    copy = store.new_file()
    shutil.copyfile(source, copy)
    suffix = "".join(one for one in source.suffix.lower() if one.isalnum()) or "bin"
    key = store.keep(copy, hash_of_file(source), suffix)
    mime = mimetypes.guess_type(source.name)[0] or "application/octet-stream"
    uri = _in_mlflow(lambda tracked: _send_file(tracked, source, name), lambda tracked: _send_kept(tracked, key, name))
    journal.write(LoggedArtifact(what, key, mime, source.stat().st_size, uri or ""), name)
    return key


Send = Callable[[joining.TrackedTry], str | None]


def _in_mlflow(send: Send, send_later: Send | None = None) -> str | None:
    """Where the try is tracked; where it is not yet, once it is. A tracker that fails does not fail the task: what was
    logged is kept here already."""
    tracked = joining.current()
    if tracked is None:
        early.keep(send_later or send)
        return None
    try:
        return send(tracked)
    except Exception as error:
        _log.warning("MLflow did not take it: %s: %s", type(error).__name__, error)
        return None


def _send_params(tracked: joining.TrackedTry, params: Mapping[str, Any]) -> None:
    from mlflow.entities import Param  # it is loaded: the try is tracked

    sent: list[Any] = [Param(name, str(value)[:MAX_PARAM_CHARACTERS]) for name, value in params.items()]
    for start in range(0, len(sent), _PARAMS_A_CALL):
        tracked.client().log_batch(tracked.run_id(), params=sent[start : start + _PARAMS_A_CALL])


def _send_file(tracked: joining.TrackedTry, source: Path, name: str) -> str:
    folder = str(Path(name).parent) if "/" in name else None
    wanted = Path(name).name
    with tempfile.TemporaryDirectory(prefix="tradewind-") as temporary:
        named = source if source.name == wanted else Path(shutil.copyfile(source, Path(temporary) / wanted))
        tracked.client().log_artifact(tracked.run_id(), str(named), folder)
    return f"runs:/{tracked.run_id()}/{name}"


def _send_kept(tracked: joining.TrackedTry, key: str, name: str) -> str:
    """From the artifact store: whoever logged it has deleted or changed the file by now."""
    with ArtifactStore(get_current_context()["ti"].artifact_url).local(key) as file:
        return _send_file(tracked, file, name)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    try:
        return json.loads(json.dumps(value))
    except (TypeError, ValueError):
        return str(value)


# ------------------------------------------------------------------------------------ forms


def _draw(figure: Any, path: Path) -> None:
    if isinstance(figure, (bytes, bytearray)):
        path.write_bytes(figure)
    elif hasattr(figure, "savefig"):
        figure.savefig(path, bbox_inches="tight")
    elif hasattr(figure, "write_html"):
        figure.write_html(path) if path.suffix == ".html" else figure.write_image(path)
    elif hasattr(figure, "save"):
        figure.save(path)
    else:
        raise TypeError(
            f"{type(figure).__name__} is no figure: a matplotlib or plotly figure, a PIL image or bytes can be logged"
        )


def _as_csv(table: Any) -> str:
    if hasattr(table, "to_csv"):
        return table.to_csv(index=False)
    if hasattr(table, "write_csv"):
        return table.write_csv()
    if isinstance(table, Mapping):
        columns = cast("Mapping[str, Sequence[Any]]", table)
        return _rows_as_csv(list(columns), zip(*columns.values(), strict=True))
    records = cast("Sequence[Mapping[str, Any]]", table)
    if type(table) in (list, tuple) and table and isinstance(table[0], Mapping):
        names = list(dict.fromkeys(name for one in records for name in one))
        return _rows_as_csv(names, ([one.get(name) for name in names] for one in records))
    raise TypeError(f"{type(table).__name__} is no table: a DataFrame, a dict of columns or a list of dicts is")


def _rows_as_csv(names: Sequence[str], rows: Any) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return text.getvalue()
