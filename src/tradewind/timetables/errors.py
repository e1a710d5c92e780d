"""What a timetable says when a schedule cannot be used."""

from tradewind.model.errors import DagFileError


class TimetableError(DagFileError):
    """A schedule that no timetable can follow: an unparsable cron, a delta that does not move forward, …"""
