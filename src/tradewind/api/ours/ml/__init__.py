"""What the pages on models, experiments, data, sweeps and costs read: the journal, and what runs measured and took."""

from tradewind.api.operation import Operation
from tradewind.api.ours.ml import costs, experiments, files, journal, models, noted_of, promoting

OPERATIONS: tuple[Operation, ...] = (
    *journal.OPERATIONS,
    *files.OPERATIONS,
    *noted_of.OPERATIONS,
    *experiments.OPERATIONS,
    *models.OPERATIONS,
    *promoting.OPERATIONS,
    *costs.OPERATIONS,
)
