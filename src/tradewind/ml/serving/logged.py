"""`ml.request_log("churn")`: what a served model was asked, and answered, as a DataFrame.
`schedule=ml.OnRequests("churn")`: a run when a part of that log is full."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from tradewind.authoring.assets import Asset
from tradewind.ml.missing import needed
from tradewind.ml.serving.log_folder import OPEN_SUFFIX, PART_SUFFIX, log_folder, log_name, log_uri
from tradewind.ml.serving.request_log import LoggedRequest
from tradewind.ml.tracking.place import place_of_process

OWN = ("at", "request_id", "row", "version", "prediction", "shadow_version", "shadow_prediction")
"""Columns of the log; a feature of such a name is called `…_feature`."""


class OnRequests(Asset):
    """An asset that `tradewind serve` updates when a part of the model's request log is full or old: for DAGs that look
    for drift in what is asked."""

    asset_type = "requests"

    def __init__(self, model: str) -> None:
        super().__init__(log_name(model), log_uri(model), group="requests")


def request_log(
    model: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    last_rows: int | None = None,
    features_only: bool = False,
    with_open_part: bool = True,
    home: Path | None = None,
) -> Any:
    """A DataFrame: a row for each row that was asked of `tradewind serve MODEL` in this home, oldest first, with its
    columns and `at` (UTC), `request_id`, `row`, `version`, `prediction`; of a shadow run `shadow_version` and
    `shadow_prediction`.

    `since` (inclusive), `until` (exclusive): times with a zone. `features_only`: what was asked, for `ml.drift`. Empty
    where nothing was asked. A line that was cut off when the server was killed is left out."""
    with needed("ml", "pandas"):
        pd: Any = importlib.import_module("pandas")  # half a second: for those who read the log
    folder = log_folder(home or place_of_process().home, model)
    rows: list[dict[str, Any]] = []
    for part in reversed(_parts(folder, with_open_part=with_open_part)):
        asked = [
            one for one in _requests(part) if (since is None or one.at >= since) and (until is None or one.at < until)
        ]
        rows = [row for one in asked for row in _rows(one)] + rows
        if last_rows is not None and len(rows) >= last_rows:
            break  # a log may have a gigabyte, of which the end is wanted
    frame = pd.DataFrame(rows if last_rows is None else rows[max(0, len(rows) - last_rows) :])
    if frame.empty:
        return pd.DataFrame(columns=[] if features_only else list(OWN))
    frame["at"] = pd.to_datetime(frame["at"], utc=True)
    return frame.drop(columns=list(OWN)) if features_only else frame


def _requests(part: Path) -> Iterator[LoggedRequest]:
    decoder = msgspec.json.Decoder(LoggedRequest)
    try:
        lines = part.read_bytes().splitlines()
    except FileNotFoundError:
        lines = _renamed(part)
    for line in lines:
        try:
            yield decoder.decode(line)
        except msgspec.DecodeError:
            continue


def _parts(folder: Path, *, with_open_part: bool) -> list[Path]:
    found = [one for one in folder.glob(f"*{PART_SUFFIX}*") if with_open_part or one.suffix != OPEN_SUFFIX]
    return sorted(found, key=lambda one: one.name)


def _renamed(part: Path) -> list[bytes]:
    """It was full while we looked, or is gone because it was the oldest."""
    whole = Path(str(part).removesuffix(OPEN_SUFFIX))
    try:
        return whole.read_bytes().splitlines()
    except FileNotFoundError:
        return []


def _rows(one: LoggedRequest) -> Iterator[dict[str, Any]]:
    names = [f"{name}_feature" if name in OWN else name for name in one.columns]
    shadow = one.shadow_predictions or [None] * len(one.rows)
    for index, values in enumerate(one.rows):
        features: Mapping[str, Any] = dict(zip(names, values, strict=True))
        yield {
            **features,
            "at": one.at,
            "request_id": one.id,
            "row": index,
            "version": one.version,
            "prediction": one.predictions[index],
            "shadow_version": one.shadow_version or None,
            "shadow_prediction": shadow[index],
        }
