"""What goes wrong with checks of data. None of it is mended by trying again: the data stays as it is."""

from tradewind.authoring.exceptions import AirflowFailException


class DataCheckFailed(AirflowFailException):  # as Airflow names what tasks raise
    """The data breaks its schema, and the check blocks."""


class SchemaMatchesNothingError(AirflowFailException):
    """No column of the data is one that the schema knows: it would have checked nothing."""


class SchemaError(AirflowFailException):
    """What was given as a schema cannot be used with this data."""
