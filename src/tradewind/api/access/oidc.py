"""Signing in with a provider of OpenID Connect: discovery, authorization code with PKCE, a checked ID token.

Source: https://openid.net/specs/openid-connect-core-1_0.html, RFC 7636 (PKCE), RFC 9207 (`iss` in the answer)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote, urlencode, urlsplit

import msgspec
import urllib3
from msgspec import Struct

from tradewind.model.errors import TradewindError
from tradewind.settings import OidcSettings

if TYPE_CHECKING:
    from jwt import PyJWK

TIMEOUT_SECONDS = 10.0
MAX_ANSWER_BYTES = 1024 * 1024
KEPT_SECONDS = 3600.0
"""How long the provider's description and keys are believed without asking again."""
FAILURE_KEPT_SECONDS = 10.0
"""A provider that is down is not asked by every visitor."""
LEEWAY_SECONDS = 60
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Asymmetric ones alone: with `none` or HS256 anybody could sign (the latter with the provider's public key)."""
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class Failure(StrEnum):
    """Why somebody is not let in, for the sign-in page, which has a sentence for each: an address holds no words that
    a provider, or whoever made the link, has chosen."""

    AWAY = "oidc_away"
    """The provider cannot be reached, or is not what it should be."""
    REFUSED = "oidc_refused"
    """The provider, or the person there, said no."""
    EXPIRED = "oidc_expired"
    """Begun elsewhere, or too long ago."""
    NO_ROLE = "oidc_no_role"
    CLOSED = "oidc_closed"
    OFF = "oidc_off"
    FAILED = "oidc_failed"


class OidcError(TradewindError):
    """The provider cannot be reached, or what came back from it cannot be believed."""

    def __init__(self, message: str, *, hint: str = "", failure: Failure = Failure.FAILED) -> None:
        super().__init__(message, hint=hint)
        self.failure = failure


class Begun(Struct, frozen=True):
    """What the browser keeps, sealed, between leaving for the provider and coming back."""

    state: str
    nonce: str
    verifier: str
    next: str
    redirect_uri: str


class Person(Struct, frozen=True):
    """Whom the provider says it is."""

    subject: str
    name: str
    email: str
    groups: tuple[str, ...]


class _Provider(Struct, frozen=True):
    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


class OidcClient:
    """Of one provider. Thread-safe."""

    def __init__(self, settings: OidcSettings, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._monotonic = monotonic
        self._pool = urllib3.PoolManager(retries=False, timeout=TIMEOUT_SECONDS, maxsize=4)
        self._lock = threading.Lock()
        self._provider: tuple[float, _Provider | OidcError] | None = None
        self._keys: tuple[float, Any] | None = None

    def begin(self, redirect_uri: str, after: str) -> tuple[str, Begun]:
        """Where to send the browser, and what it shall bring back. Raises OidcError."""
        provider = self._described()
        begun = Begun(
            state=secrets.token_urlsafe(32),
            nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(64),
            next=after,
            redirect_uri=redirect_uri,
        )
        asked = {
            "response_type": "code",
            "client_id": self._settings.client_id,
            "redirect_uri": redirect_uri,
            "scope": self._settings.scopes,
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": _challenge(begun.verifier),
            "code_challenge_method": "S256",
        }
        mark = "&" if "?" in provider.authorization_endpoint else "?"
        return f"{provider.authorization_endpoint}{mark}{urlencode(asked)}", begun

    def finish(self, begun: Begun, *, state: str, code: str, issuer: str | None) -> Person:
        """Raises OidcError: another browser's or an older attempt, a code or a token that cannot be believed."""
        provider = self._described()
        if not hmac.compare_digest(state.encode(), begun.state.encode()):
            raise OidcError("this is not the sign-in that this browser began", failure=Failure.EXPIRED)
        if issuer is not None and issuer != provider.issuer:
            raise OidcError("the answer came from another provider")
        answer = self._exchange(provider, begun, code)
        claims = self._checked(provider, str(answer.get("id_token", "")), begun.nonce)
        return self._person(claims, self._more_claims(provider, claims, answer))

    # ------------------------------------------------------------------------------------ what the provider says

    def _described(self) -> _Provider:
        with self._lock:
            now = self._monotonic()
            if self._provider is None or self._provider[0] <= now:
                try:
                    self._provider = (now + KEPT_SECONDS, self._discover())
                except OidcError as error:
                    self._provider = (now + FAILURE_KEPT_SECONDS, error)
            found = self._provider[1]
        if isinstance(found, OidcError):
            raise found
        return found

    def _discover(self) -> _Provider:
        issuer = self._settings.issuer
        raw = self._fetch("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        try:
            found = msgspec.json.decode(raw, type=_Provider)
        except msgspec.MsgspecError as error:
            raise OidcError(f"{issuer} does not describe itself as a provider: {error}") from error
        if found.issuer.rstrip("/") != issuer.rstrip("/"):
            raise OidcError(f"the provider says it is {found.issuer}, not {issuer}", hint="look at oidc_issuer")
        return found

    def _exchange(self, provider: _Provider, begun: Begun, code: str) -> dict[str, Any]:
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": begun.redirect_uri,
            "code_verifier": begun.verifier,
            "client_id": self._settings.client_id,
        }
        headers = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
        if secret := self._settings.client_secret:
            if "client_secret_basic" in provider.token_endpoint_auth_methods_supported:
                pair = f"{quote(self._settings.client_id, safe='')}:{quote(secret, safe='')}"
                headers["authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
            else:
                fields["client_secret"] = secret
        return _object(self._fetch("POST", provider.token_endpoint, urlencode(fields), headers))

    def _checked(self, provider: _Provider, token: str, nonce: str) -> dict[str, Any]:
        import jwt  # with cryptography: only where somebody signs in with a provider

        try:
            key = self._key_of(provider, jwt.get_unverified_header(token).get("kid"))
            claims = jwt.decode(
                token,
                key,
                algorithms=list(ALGORITHMS),
                audience=self._settings.client_id,
                issuer=provider.issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iat", "iss", "sub", "aud"]},
            )
        except jwt.PyJWTError as error:
            raise OidcError(f"the provider's ID token cannot be believed: {error}") from error
        audience = claims["aud"]
        is_shared = isinstance(audience, list) and len(cast("list[str]", audience)) > 1
        if is_shared and claims.get("azp") != self._settings.client_id:
            raise OidcError("the ID token was made for another application")
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise OidcError("the ID token is not of this sign-in")
        return claims

    def _key_of(self, provider: _Provider, key_id: str | None) -> PyJWK:
        """A provider changes its keys: one that is not known is asked for again, though not more than once in a
        while."""
        import jwt

        for is_fresh in (False, True):
            for key in self._key_set(provider, is_fresh=is_fresh).keys:
                if key_id is None or key.key_id == key_id:
                    return key
        raise jwt.InvalidKeyError("it is signed with a key that the provider does not publish")

    def _key_set(self, provider: _Provider, *, is_fresh: bool) -> Any:
        import jwt

        with self._lock:
            now = self._monotonic()
            age_limit = KEPT_SECONDS - FAILURE_KEPT_SECONDS if is_fresh else 0.0
            if self._keys is None or self._keys[0] - age_limit <= now:
                found = jwt.PyJWKSet.from_dict(_object(self._fetch("GET", provider.jwks_uri)))
                self._keys = (now + KEPT_SECONDS, found)
            return self._keys[1]

    def _more_claims(
        self, provider: _Provider, claims: Mapping[str, Any], answer: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Many providers keep names and groups out of the ID token."""
        wanted = {self._settings.name_claim, self._settings.groups_claim}
        token = answer.get("access_token")
        if not provider.userinfo_endpoint or not isinstance(token, str) or wanted <= claims.keys():
            return {}
        found = _object(self._fetch("GET", provider.userinfo_endpoint, headers={"authorization": f"Bearer {token}"}))
        if found.get("sub") != claims["sub"]:
            raise OidcError("the provider told of somebody else")
        return found

    def _person(self, claims: Mapping[str, Any], more: Mapping[str, Any]) -> Person:
        known = {**more, **claims}
        names = (known.get(one) for one in (self._settings.name_claim, "email", "sub"))
        name = next(str(one) for one in names if one)
        groups: Any = known.get(self._settings.groups_claim) or ()
        groups = [groups] if isinstance(groups, str) else groups
        email = known.get("email")
        return Person(
            subject=f"{claims['iss']}|{claims['sub']}",
            name="".join(letter for letter in name if letter.isprintable())[:200],
            email=email[:200] if isinstance(email, str) else "",
            groups=tuple(str(one) for one in cast("list[Any]", groups)) if isinstance(groups, list | tuple) else (),
        )

    def _fetch(self, method: str, url: str, body: str = "", headers: Mapping[str, str] | None = None) -> bytes:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL):
            raise OidcError(f"{url} is not asked: only https is", hint="look at oidc_issuer", failure=Failure.AWAY)
        try:
            answer = self._pool.request(
                method, url, body=body or None, headers=headers, redirect=False, preload_content=False
            )
            raw = answer.read(MAX_ANSWER_BYTES + 1)
            answer.release_conn()
        except urllib3.exceptions.HTTPError as error:
            raise OidcError(
                f"the provider at {parts.netloc} cannot be reached: {error}", failure=Failure.AWAY
            ) from error
        if answer.status != 200 or len(raw) > MAX_ANSWER_BYTES:
            raise OidcError(
                f"the provider answered {answer.status} at {parts.netloc}{parts.path}", failure=Failure.AWAY
            )
        return raw


def roles_of(person: Person, settings: OidcSettings) -> tuple[str, ...]:
    """By groups; of a person without any that counts, the default ones."""
    found = {role: None for group in person.groups for role in settings.roles.get(group, ())}
    return tuple(found) or settings.default_roles


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _object(raw: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(raw, type=dict[str, Any])
    except msgspec.MsgspecError as error:
        raise OidcError("the provider's answer is no JSON object") from error
