"""What Airflow's API has no words for, below /api/tradewind/v1: why, live news, graphs, values, comparisons.

One file per view; their Structs are in `bodies`, one file each; `OPERATIONS` joins the tables."""

from tradewind.api.operation import Operation
from tradewind.api.ours import audit, oidc, roles, session, tokens, users
from tradewind.api.ours.views import VIEWS

OPERATIONS: tuple[Operation, ...] = (
    *VIEWS,
    *session.OPERATIONS,
    *oidc.OPERATIONS,
    *users.OPERATIONS,
    *roles.OPERATIONS,
    *tokens.OPERATIONS,
    *audit.OPERATIONS,
)
