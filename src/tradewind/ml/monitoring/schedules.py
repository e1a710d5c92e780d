"""`schedule=ml.OnDrift("orders")`, `schedule=ml.OnDegradation("churn")`: runs that a monitor's alarm starts."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from tradewind.authoring.assets import Asset
from tradewind.authoring.location import caller_location
from tradewind.ml.monitoring.alarms import AlarmKind, alarm_uri, seconds_of
from tradewind.model.errors import DagFileError

HOUR = timedelta(hours=1)


class _OnAlarm(Asset):
    """An asset that a monitor updates when it finds something, at most once within the cooldown: so it can be joined
    with others by & and |, and the run has the event (`triggering_asset_events`) with what was found."""

    kind: AlarmKind
    asset_type = "alarm"

    def __init__(self, monitor: str, *, cooldown: timedelta | float = HOUR) -> None:
        if not isinstance(monitor, str) or not monitor.strip():  # pyright: ignore[reportUnnecessaryIsInstance]
            raise DagFileError(
                f"{type(self).__name__} needs the name of a monitor, not {monitor!r}",
                location=caller_location(),
                hint=f'schedule=ml.{type(self).__name__}("orders")',
            )
        try:
            seconds = seconds_of(cooldown)
        except (TypeError, ValueError) as error:
            raise DagFileError(
                f"{type(self).__name__}({monitor!r}): {error}",
                location=caller_location(),
                hint="cooldown=timedelta(hours=6)",
            ) from error
        name = f"{self.kind} of {quote(monitor, safe=' ')}, at most every {seconds:g} s"
        super().__init__(name, f"{alarm_uri(self.kind, monitor)}?cooldown={seconds:g}", group="alarm")


class OnDrift(_OnAlarm):
    """A run when `ml.drift(…, name=monitor)` finds drift; at most one within `cooldown` (a timedelta or seconds, an
    hour where none is given), however many monitors find it at once. The report says in `held_why` why one did not."""

    kind: AlarmKind = "drift"


class OnDegradation(_OnAlarm):
    """A run when `ml.monitor(…, name=monitor)` finds the model worse than its baseline, at most one within
    `cooldown`."""

    kind: AlarmKind = "degradation"
