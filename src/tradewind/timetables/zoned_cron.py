"""A cron expression in a time zone: the tick after and before an instant, with Airflow's rule for clock changes."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from tradewind.timetables.cron import Cron, parse_cron
from tradewind.timetables.errors import TimetableError
from tradewind.timetables.zones import find_zone, to_instant, to_local, zone_name


class ZonedCron:
    """Ticks at chosen hours (`30 2 * * *`, `0 */6 * * *`) follow the wall clock. Where every hour has ticks they keep
    their distance in real time instead: the wall-clock step to the next match is added to the instant, so that hourly
    ticks stay hourly when clocks change."""

    def __init__(self, expression: str, timezone: str | tzinfo, *, hash_id: str = "") -> None:
        self.cron: Cron = parse_cron(expression, hash_id)
        self.zone: tzinfo = find_zone(timezone)
        self.zone_name = zone_name(timezone)

    @property
    def expression(self) -> str:
        return self.cron.expression

    def next_after(self, instant: datetime) -> datetime:
        """Raises TimetableError where the expression has no further match."""
        wall = to_local(instant, self.zone)
        return self._instant(instant, wall, self.cron.next_after(wall))

    def last_before(self, instant: datetime) -> datetime:
        wall = to_local(instant, self.zone)
        return self._instant(instant, wall, self.cron.last_before(wall))

    def at_or_after(self, instant: datetime) -> datetime:
        """`instant` itself where it is a tick."""
        following = self.next_after(instant)
        return instant.astimezone(UTC) if self.last_before(following) == instant else following

    def at_or_before(self, instant: datetime) -> datetime:
        preceding = self.last_before(instant)
        try:
            following = self.next_after(preceding)
        except NoMatch:  # the last tick of all
            return preceding
        return instant.astimezone(UTC) if following == instant else preceding

    def _instant(self, instant: datetime, wall: datetime, match: datetime | None) -> datetime:
        if match is None:
            raise NoMatch(
                f"cron {self.expression!r} matches no time within 50 years of {wall:%Y-%m-%d}",
                hint="check the day against the month, and the years",
            )
        if self.cron.covers_every_hour:
            return instant.astimezone(UTC) + (match - wall)
        return to_instant(match, self.zone)


class NoMatch(TimetableError):
    """A cron expression matches no time any more: its years are over, or its date does not exist."""
