"""API tokens: one's own, and those of others for whoever may see and revoke them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.access.roles import to_records
from tradewind.api.access.secret_words import new_token
from tradewind.api.call import Call, NoQuery
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.people import GrantInfo, NewToken, TokenInfo, TokenMade
from tradewind.api.ours.roles import checked
from tradewind.api.ours.session import OWN, OWN_CHANGE
from tradewind.api.problems import Forbidden, Invalid, NotFound
from tradewind.model.people import TokenRecord

LASTS = timedelta(days=90)
"""Of a token whose maker says nothing."""
LONGEST = timedelta(days=366 * 5)
MOST_TOKENS = 200


def list_own_tokens(call: Call[NoQuery, None]) -> list[TokenInfo]:
    """One's own tokens, newest first."""
    return [shown(token, user) for token, user in call.store.tokens(call.who.user_id)]


def create_own_token(call: Call[NoQuery, NewToken]) -> TokenMade:
    """Make a token for oneself; it is shown this once. It can never do more than its user, whatever its scopes say."""
    if call.who.scopes is not None:
        raise Forbidden("a token with scopes makes no tokens", hint="sign in, or use a token without scopes")
    label = call.body.label.strip()
    if not label or len(label) > 200:
        raise Invalid("a token has a label of 1 to 200 characters", hint="say what it is for")
    expires_at = call.body.expires_at or call.now + LASTS
    if expires_at.tzinfo is None or not call.now < expires_at <= call.now + LONGEST:
        raise Invalid("a token expires within five years, from now on", hint="give `expires_at` with a zone, or none")
    if sum(1 for token, _ in call.store.tokens(call.who.user_id) if token.revoked_at is None) >= MOST_TOKENS:
        raise Invalid(f"there are {MOST_TOKENS} tokens already", hint="revoke some first")
    scopes = None if call.body.scopes is None else to_records(checked(call.body.scopes))
    token_id, secret_hash, word = new_token()
    made = TokenRecord(
        token_id=token_id,
        user_id=call.who.user_id,
        kind="api",
        label=label,
        secret_hash=secret_hash,
        scopes=scopes,
        created_at=call.now,
        expires_at=expires_at,
    )
    call.store.add_token(made)
    call.audit("token_created", which=token_id, label=label, expires_at=expires_at.isoformat())
    return TokenMade(shown(made, call.who.name), word)


def revoke_own_token(call: Call[NoQuery, None]) -> None:
    """Revoke one of one's own tokens."""
    token_id = call.path["token_id"]
    found = call.store.token(token_id)
    if found is None or found[0].user_id != call.who.user_id:
        raise _missing(token_id)
    _revoke(call, found[0])


def list_tokens(call: Call[NoQuery, None]) -> list[TokenInfo]:
    """Everybody's tokens, newest first."""
    return [shown(token, user) for token, user in call.store.tokens()]


def revoke_token(call: Call[NoQuery, None]) -> None:
    """Revoke anybody's token."""
    found = call.store.token(call.path["token_id"])
    if found is None:
        raise _missing(call.path["token_id"])
    _revoke(call, found[0])


def shown(token: TokenRecord, user: str) -> TokenInfo:
    scopes = None
    if token.scopes is not None:
        scopes = [GrantInfo(one.resource, one.action, one.dags) for one in token.scopes]
    return TokenInfo(
        token_id=token.token_id,
        user=user,
        label=token.label,
        scopes=scopes,
        created_at=token.created_at,
        expires_at=token.expires_at,
        last_used_at=token.seen_at,
        revoked_at=token.revoked_at,
    )


def _revoke(call: Call[Any, Any], token: TokenRecord) -> None:
    if not call.store.revoke_token(token.token_id, now=call.now):
        raise _missing(token.token_id)
    call.audit("token_revoked", which=token.token_id, label=token.label)


def _missing(token_id: str) -> NotFound:
    return NotFound(f"there is no token {token_id[:50]!r} that could be revoked")


_OWN = "/api/tradewind/v1/me/tokens"
_ALL = "/api/tradewind/v1/tokens"
OPERATIONS = (
    Operation(
        method="GET",
        path=_OWN,
        name="list_own_tokens",
        tag="Tokens",
        needs=OWN,
        do=list_own_tokens,
        answer=list[TokenInfo],
    ),
    Operation(
        method="POST",
        path=_OWN,
        name="create_own_token",
        tag="Tokens",
        needs=OWN_CHANGE,
        do=create_own_token,
        body=NewToken,
        answer=TokenMade,
        status=201,
        examples={
            "to trigger one DAG": {
                "label": "nightly trigger",
                "scopes": [{"resource": "run", "action": "create", "dags": "sales"}],
            }
        },
    ),
    Operation(
        method="DELETE",
        path=f"{_OWN}/{{token_id}}",
        name="revoke_own_token",
        tag="Tokens",
        needs=OWN_CHANGE,
        do=revoke_own_token,
        status=204,
    ),
    Operation(
        method="GET",
        path=_ALL,
        name="list_tokens",
        tag="Tokens",
        needs=Need(Resource.TOKEN),
        do=list_tokens,
        answer=list[TokenInfo],
    ),
    Operation(
        method="DELETE",
        path=f"{_ALL}/{{token_id}}",
        name="revoke_token",
        tag="Tokens",
        needs=Need(Resource.TOKEN, Action.DELETE),
        do=revoke_token,
        status=204,
    ),
)
