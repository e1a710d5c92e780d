"""Signing in with a real provider of OpenID Connect (oidc-provider-mock), as a browser does."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Generator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
import urllib3
from oidc_provider_mock import User, run_server_in_thread

from tests.api.server import ApiServer, Caller, running
from tradewind.api.access.oidc import Failure, OidcClient, OidcError
from tradewind.api.ours.oidc import local_path
from tradewind.model.people import UserChanges
from tradewind.settings import OidcSettings

START = "/api/tradewind/v1/oidc/start"
CALLBACK = "/api/tradewind/v1/oidc/callback"
PEOPLE = (
    User(sub="ada", claims={"preferred_username": "ada", "email": "ada@x.org", "groups": ["ml", "other"]}),
    User(sub="bob", claims={"preferred_username": "bob", "groups": ["unknown"]}),
    User(sub="eve", claims={"preferred_username": "admin", "groups": ["ml"]}),
)


@pytest.fixture(scope="module")
def provider() -> Generator[str]:
    with run_server_in_thread(user_claims=PEOPLE, require_nonce=True) as found:
        yield f"http://localhost:{found.server_port}"


@pytest.fixture(scope="module")
def site(provider: str) -> Generator[ApiServer]:
    given = {"oidc_issuer": provider, "oidc_client_id": "tw", "oidc_client_secret": "s", "oidc_roles": {"ml": ["op"]}}
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), **given) as found:
        yield found


class Browser:
    """Follows redirects, and keeps this server's cookies."""

    def __init__(self, site: ApiServer) -> None:
        self.site = site
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> urllib3.BaseHTTPResponse:
        caller = Caller(self.site.url)
        headers = {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        found = caller.pool.request("GET", self.site.url + path, headers=headers, redirect=False)
        for one in found.headers.getlist("set-cookie"):
            name, _, value = one.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
        return found

    def back_from_provider(self, sub: str, path: str = START) -> str:
        """Signs in there; the path of the way back here."""
        there = self.get(path).headers["location"]
        body = urlencode({"sub": sub})
        headers = {"content-type": "application/x-www-form-urlencoded"}
        found = urllib3.request("POST", there, body=body, headers=headers, redirect=False)
        back = urlsplit(found.headers["location"])
        return f"{back.path}?{back.query}"


def test_a_person_of_a_known_group_comes_in(site: ApiServer) -> None:
    browser = Browser(site)
    found = browser.get(browser.back_from_provider("ada", f"{START}?next=/dags/a"))
    assert (found.status, found.headers["location"]) == (303, "/dags/a")
    me = json.loads(browser.get("/api/tradewind/v1/me").data)
    assert (me["name"], me["roles"]) == ("ada", ["op"])
    user = site.store.user_named("ada")
    assert (user.comes_from, user.email, user.password_hash) == ("oidc", "ada@x.org", "")


def test_groups_are_looked_at_each_time(site: ApiServer) -> None:
    browser = Browser(site)
    browser.get(browser.back_from_provider("ada"))
    user = site.store.user_named("ada")
    site.store.change_user(user.user_id, UserChanges(roles=("viewer",)))
    browser.get(browser.back_from_provider("ada"))
    assert site.store.user_named("ada").roles == ("op",)


def test_a_person_of_no_known_group_stays_out(site: ApiServer) -> None:
    browser = Browser(site)
    assert browser.get(browser.back_from_provider("bob")).headers["location"] == "/signin?problem=oidc_no_role"
    assert browser.get("/api/tradewind/v1/me").status == 401


WORDS = quote("<script>alert(1)</script> https://evil.example/", safe="")


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("error=access_denied&state=x", "oidc_refused"),
        (f"error={WORDS}&error_description={WORDS}&state={WORDS}", "oidc_refused"),
        ("", "oidc_refused"),
        ("code=x&state=another", "oidc_expired"),
        ("code=x&state=y&iss=https%3A%2F%2Fevil.example", "oidc_expired"),
    ],
    ids=["refused", "words of a stranger", "nothing", "another state", "another provider"],
)
def test_who_is_not_let_in_is_told_so_on_the_sign_in_page(site: ApiServer, query: str, problem: str) -> None:
    browser = Browser(site)
    browser.get(f"{START}?next=/dags")
    found = browser.get(f"{CALLBACK}?{query}")
    assert (found.status, found.headers["location"]) == (303, f"/signin?problem={problem}")
    assert browser.get("/api/tradewind/v1/me").status == 401


def test_a_sign_in_that_was_not_begun(site: ApiServer) -> None:
    found = Browser(site).get(f"{CALLBACK}?code=x&state=y")
    assert (found.status, found.headers["location"]) == (303, "/signin?problem=oidc_expired")


def test_a_provider_that_is_not_there_or_none(tmp_path: Path) -> None:
    for number, (given, problem) in enumerate(
        [({"oidc_issuer": "http://127.0.0.1:9", "oidc_client_id": "tw"}, "oidc_away"), ({}, "oidc_off")]
    ):
        with running(tmp_path / str(number), **given) as server:
            found = Browser(server).get(START)
            assert (found.status, found.headers["location"]) == (303, f"/signin?problem={problem}")


def test_every_failure_has_a_sentence_on_the_sign_in_page() -> None:
    page = (Path(__file__).parents[2] / "ui/src/views/signin/problems.ts").read_text()
    assert {word for word in Failure if f"{word}:" not in page} == set()


def test_a_name_that_is_taken_opens_no_other_account(site: ApiServer) -> None:
    site.user("admin", "admin")
    browser = Browser(site)
    browser.get(browser.back_from_provider("eve"))
    assert json.loads(browser.get("/api/tradewind/v1/me").data)["name"] == "admin (eve)"


def test_another_browsers_sign_in_is_refused(site: ApiServer) -> None:
    """Scenario: somebody has a victim follow the end of their own sign-in."""
    attacker, victim = Browser(site), Browser(site)
    way_back = attacker.back_from_provider("ada")
    assert victim.get(way_back).headers["location"] == "/signin?problem=oidc_expired"
    victim.get(START)
    assert victim.get(way_back).headers["location"] == "/signin?problem=oidc_expired"
    assert victim.get("/api/tradewind/v1/me").status == 401


def test_what_the_provider_is_asked(site: ApiServer) -> None:
    asked = parse_qs(urlsplit(Browser(site).get(START).headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"{site.url}/api/tradewind/v1/oidc/callback"]
    assert all(len(asked[name][0]) >= 40 for name in ("state", "nonce", "code_challenge"))


@pytest.mark.parametrize(
    "wanted", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "/a\nb"]
)
def test_nobody_is_sent_elsewhere(wanted: str) -> None:
    assert local_path(wanted) == "/"


def forged(provider: str, algorithm: str, **changes: object) -> str:
    def part(data: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")

    claims = {"iss": provider, "sub": "ada", "aud": "tw", "exp": 9999999999, "iat": 1, "nonce": "n", **changes}
    return f"{part({'alg': algorithm, 'typ': 'JWT'})}.{part(claims)}."


@pytest.mark.parametrize("algorithm", ["none", "None", "HS256"])
def test_a_token_that_nobody_signed(provider: str, algorithm: str) -> None:
    client = OidcClient(OidcSettings(issuer=provider, client_id="tw"))
    with pytest.raises(OidcError, match="cannot be believed"):
        client._checked(client._described(), forged(provider, algorithm), "n")


def test_a_provider_that_is_away_or_another() -> None:
    with pytest.raises(OidcError, match="cannot be reached"):
        OidcClient(OidcSettings(issuer="http://127.0.0.1:9")).begin("x", "/")
    with pytest.raises(OidcError, match="only https"):
        OidcClient(OidcSettings(issuer="http://provider.example")).begin("x", "/")
