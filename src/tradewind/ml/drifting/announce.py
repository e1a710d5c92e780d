"""What becomes of a drift report: the alarm, the log, the pictures, the journal."""

from __future__ import annotations

import logging

from msgspec import structs

from tradewind.authoring.context import get_current_context
from tradewind.ml import journal
from tradewind.ml.drifting.report import headline, html_of, markdown_of
from tradewind.ml.monitoring.alarms import Alarm, raise_alarm
from tradewind.model.entries import DriftReport

_log = logging.getLogger("tradewind.task")


def announce(found: DriftReport, name: str, *, figures: bool) -> DriftReport:
    """To whoever waits for drift first: what is written then says what came of it."""
    alarm = Alarm(False)
    if found.drifted:
        drifted = [one.column for one in found.columns if one.drifted]
        alarm = raise_alarm("drift", name, {"monitor": name, "share": found.share, "columns": drifted[:50]})
    found = structs.replace(found, triggered=alarm.raised, held_why=alarm.held_why if found.drifted else "")
    found = structs.replace(found, reason=headline(found))
    found = _with_pictures(found, name, figures=figures)
    _log.log(logging.WARNING if found.drifted else logging.INFO, "%s", found.reason)
    journal.write(found, name)
    return found


def _with_pictures(found: DriftReport, name: str, *, figures: bool) -> DriftReport:
    try:
        ti = get_current_context()["ti"]
    except RuntimeError:
        return found
    picture = b""
    if figures:
        from tradewind.ml.drifting.figures import picture_of  # which has matplotlib come in

        try:
            picture = picture_of(found, name)
        except Exception as error:  # whatever matplotlib meets: the report counts
            _log.warning("no picture of the drift of %s: %s", name, error)
    if picture:
        from tradewind.artifacts.codecs.image import RenderedPicture  # only where there is a picture

        kept = ti.keep(f"drift_{name}.png", RenderedPicture(picture))
        found = structs.replace(found, figures=(kept.artifact,))
    markdown = ti.keep(f"drift_{name}.md", markdown_of(found, name))
    page = ti.keep(f"drift_{name}.html", html_of(found, name, picture))
    return structs.replace(found, markdown=markdown.artifact, html=page.artifact)
