"""What is around every call: which hosts and pages may ask, whom the address is believed of, and the headers that tell
browsers what they must not do."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias
from urllib.parse import urlsplit

from msgspec import Struct
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tradewind.api.problems import BadRequest, Forbidden, Problem, refusal
from tradewind.settings import ApiSettings

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
EVERY_ADDRESS = frozenset({"0.0.0.0", "::", ""})
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cache-Control": "no-store",
}
"""Of every answer that does not say otherwise itself: pages (`api.pages`) and values have policies of their own."""
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]/@?#\s]*)(?::[0-9]{1,5})?")
HSTS = "max-age=31536000"


class Client(Struct, frozen=True):
    """Where a call comes from, as far as it can be believed."""

    address: str
    is_tls: bool
    host: str
    """As the browser sees it, with its port."""

    @property
    def origin(self) -> str:
        return f"{'https' if self.is_tls else 'http'}://{self.host}"


class Door:
    """ASGI: lets calls in, and puts a `Client` into their scope as `tradewind.client`."""

    def __init__(self, app: ASGIApp, settings: ApiSettings) -> None:
        self._app = app
        self._url = urlsplit(settings.url)
        self._hosts = _hosts(settings)
        self._proxies = _networks(settings.trusted_proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return  # no web sockets, no lifespan
        headers = Headers(scope=scope)
        client = self._client(scope, headers)
        scope["tradewind.client"] = client
        scope["scheme"] = "https" if client.is_tls else "http"

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message), is_tls=client.is_tls)
            await send(message)

        try:
            self._check(scope["method"], headers, client)
        except Problem as problem:
            await refusal(problem)(scope, receive, answer)
            return
        await self._app(scope, receive, answer)

    def _check(self, method: str, headers: Headers, client: Client) -> None:
        if self._hosts is not None and _name_of(client.host) not in self._hosts:
            raise BadRequest(
                f"this server is not {_name_of(client.host)[:100]!r}",
                hint="put the name under which it is reached into the setting api_url or api_allowed_hosts",
            )
        origin = headers.get("origin")
        if method in CHANGING and origin is not None and "authorization" not in headers:
            own = {client.origin, f"{self._url.scheme}://{self._url.netloc}"}
            if origin not in own:
                raise Forbidden("the call came from another site's page", hint="call from this server's own pages")

    def _client(self, scope: Scope, headers: Headers) -> Client:
        """The last address in `X-Forwarded-For` that is not a proxy of ours: those before it, anybody may have put
        there."""
        address = scope["client"][0] if scope.get("client") else ""
        is_tls = scope.get("scheme") == "https"
        if self._is_proxy(address):
            is_tls = headers.get("x-forwarded-proto", "https" if is_tls else "http").split(",")[-1].strip() == "https"
            for one in reversed([part.strip() for part in headers.get("x-forwarded-for", "").split(",")]):
                if not one:
                    continue
                address = one[:64]
                if not self._is_proxy(one):
                    break
        return Client(address, is_tls or self._url.scheme == "https", headers.get("host", ""))

    def _is_proxy(self, address: str) -> bool:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self._proxies)


def _hosts(settings: ApiSettings) -> frozenset[str] | None:
    """None: any. On the loopback address alone strangers' names are refused by default: a page from elsewhere whose
    name was bent to 127.0.0.1 would be of the same origin as we are (DNS rebinding)."""
    given = {name.lower() for name in settings.allowed_hosts}
    if "*" in given or (settings.host in EVERY_ADDRESS and not given and not settings.url):
        return None
    return frozenset({*given, *LOCAL_NAMES, settings.host.lower(), (urlsplit(settings.url).hostname or "localhost")})


def _name_of(host: str) -> str:
    """Without the port."""
    found = _HOST.fullmatch(host.lower())
    return found[1] if found else ""


def _networks(addresses: Iterable[str]) -> Sequence[Network]:
    return [ipaddress.ip_network(one, strict=False) for one in addresses]


def _add_headers(headers: MutableHeaders, *, is_tls: bool) -> None:
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if is_tls:
        headers.setdefault("Strict-Transport-Security", HSTS)
