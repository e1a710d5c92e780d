"""What goes wrong where data is compared. None of it is mended by trying again."""

from tradewind.authoring.exceptions import AirflowFailException


class NothingToCompareError(AirflowFailException):
    """The reference or the current data has no rows, or the two have no column in common."""


class NoReferenceError(AirflowFailException):
    """There is no reference of that name, or its sample is gone."""
