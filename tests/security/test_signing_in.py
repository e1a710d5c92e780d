"""Sessions, tokens and passwords: how they begin, end, and resist."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest
from tests.api.server import PASSWORD, PASSWORD_HASH, ApiServer, Caller, api

from tradewind.api.access import passwords, throttle
from tradewind.api.access.authenticate import Authenticator
from tradewind.api.access.passwords import hash_of, is_right
from tradewind.api.access.rights import Grant
from tradewind.api.access.secret_words import csrf_of, hashed
from tradewind.model.people import FailureRecord, SessionRecord, UserChanges
from tradewind.scheduler.clock import utc_now
from tradewind.settings import load

__all__ = ["api"]
ME = "/api/tradewind/v1/me"
SESSION = "/api/tradewind/v1/session"
TOKENS = "/api/tradewind/v1/me/tokens"


def bearer(api: ApiServer, token: str) -> Caller:
    return Caller(api.url, {"authorization": f"Bearer {token}"})


def part(data: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "word",
    [
        f"{part({'alg': 'none'})}.{part({'sub': 'admin'})}.",
        f"{part({'alg': 'HS256'})}.{part({'sub': 'admin'})}.{part('x')}",
        "tw_",
        "tw__",
        "tw_0000000000000000_" + "A" * 43,
        "tw_' OR 1=1--_x",
        "x" * 10_000,
        "null",
        "",
    ],
    ids=range(9),
)
def test_words_that_are_no_tokens(api: ApiServer, word: str) -> None:
    """Among them a JWT that nobody signed: tokens here are random words, there is no algorithm to choose."""
    assert bearer(api, word).get(ME).status == 401


def test_a_session_that_somebody_planted_is_not_taken_over(api: ApiServer) -> None:
    """Session fixation: the cookie that a browser brings never becomes the one it is signed in with."""
    api.user("viewer", "viewer")
    planted = "planted"
    made = api.anonymous.post(
        SESSION, {"username": "viewer", "password": PASSWORD}, cookie=f"tradewind_session={planted}"
    )
    assert made.status == 201
    assert planted not in "".join(made.headers.getlist("set-cookie"))
    assert Caller(api.url, {"cookie": f"tradewind_session={planted}"}).get(ME).status == 401


def test_signing_in_anew_ends_the_old_session(api: ApiServer) -> None:
    old = api.browser("viewer")
    api.anonymous.post(SESSION, {"username": "viewer", "password": PASSWORD}, cookie=old.headers["cookie"])
    assert old.get(ME).status == 401


def test_a_new_password_ends_all_other_sessions(api: ApiServer) -> None:
    api.user("changer", "viewer")
    api.make_role("changer", [("dag", "read", "*")])
    here, there = api.browser("changer"), api.browser("changer")
    by_token = api.signed_in("changer")
    change = {"old": PASSWORD, "new": "another good one"}
    assert here.post(f"{ME}/password", {**change, "old": "wrong"}).status == 422
    assert here.post(f"{ME}/password", {**change, "new": "short"}).status == 400
    assert here.post(f"{ME}/password", change).status == 204
    assert [one.get(ME).status for one in (here, there, by_token)] == [200, 401, 401]


def test_a_session_ends_by_itself(api: ApiServer) -> None:
    user = api.store.user_named(api.user("idler", "viewer"))
    now = utc_now()
    gone = {"old": (now - timedelta(hours=169), now), "idle": (now - timedelta(hours=25), now - timedelta(hours=25))}
    for name, (created, seen) in gone.items():
        api.store.add_session(
            SessionRecord(
                session_id=hashed(name), user_id=user.user_id, created_at=created, seen_at=seen, address="", agent=""
            )
        )
        assert Caller(api.url, {"cookie": f"tradewind_session={name}"}).get(ME).status == 401


def test_a_closed_account_opens_nothing(api: ApiServer) -> None:
    api.make_role("closed", [])
    by_token, browser = api.signed_in("closed"), api.browser("closed")
    made = by_token.post(TOKENS, {"label": "x"}).json["token"]
    user = api.store.user_named("closed")
    api.store.change_user(user.user_id, UserChanges(is_active=False))
    assert [one.get(ME).status for one in (by_token, browser, bearer(api, made))] == [401, 401, 401]
    assert api.anonymous.post("/auth/token", {"username": "closed", "password": PASSWORD}).status == 401


def test_tokens_are_scoped_and_revocable_and_expire(api: ApiServer) -> None:
    op = api.signed_in("op")
    scopes = [{"resource": "pool", "action": "read"}, {"resource": "user", "action": "delete"}]
    made = op.post(TOKENS, {"label": "pools", "scopes": scopes}).json
    scoped = bearer(api, made["token"])
    assert scoped.get("/api/v2/pools").status == 200
    assert scoped.get("/api/v2/variables").status == 403
    assert scoped.delete("/api/tradewind/v1/users/1").status == 403
    assert scoped.post(TOKENS, {"label": "more"}).status == 403
    assert scoped.post(f"{ME}/password", {"old": PASSWORD, "new": "another good one"}).status == 403
    assert hashed(made["token"].split("_", 2)[2]) == api.store.token(made["info"]["token_id"])[0].secret_hash
    assert api.signed_in("user").delete(f"{TOKENS}/{made['info']['token_id']}").status == 404
    assert op.delete(f"{TOKENS}/{made['info']['token_id']}").status == 204
    assert scoped.get("/api/v2/pools").status == 401
    for expires_at in ("2020-01-01T00:00:00Z", "9999-01-01T00:00:00Z", "2027-01-01T00:00:00"):
        assert op.post(TOKENS, {"label": "x", "expires_at": expires_at}).status == 422


def test_nobody_gives_away_what_they_do_not_have(api: ApiServer) -> None:
    """Mass assignment and escalation: a manager of users who is no admin makes none."""
    api.make_role(
        "manager", [("user", "create", "*"), ("user", "edit", "*"), ("role", "edit", "*"), ("user", "read", "*")]
    )
    manager = api.signed_in("manager")
    users, roles = "/api/tradewind/v1/users", "/api/tradewind/v1/roles"
    assert manager.post(users, {"name": "x1", "roles": ["admin"]}).status == 403
    own = api.store.user_named("manager").user_id
    assert manager.patch(f"{users}/{own}", {"roles": ["admin"]}).status == 403
    assert manager.put(f"{roles}/mine", {"grants": [{"resource": "variable", "action": "read"}]}).status == 403
    assert manager.put(f"{roles}/admin", {"grants": []}).status == 409
    made = manager.post(
        users, {"name": "x2", "roles": ["manager"], "user_id": 1, "password_hash": "x", "is_admin": True}
    )
    assert made.status == 201
    assert made.json["user"]["user_id"] != 1
    assert api.store.user_named("x2").password_hash.startswith("$argon2id$")


def test_a_manager_cannot_take_an_admins_account(api: ApiServer) -> None:
    """Scenario: whoever may edit users gives the admin a new password, and signs in with it."""
    api.make_role("helper", [("user", "edit", "*"), ("user", "delete", "*")])
    admin = api.store.user_named(api.user("chief", "admin"))
    helper = api.signed_in("helper")
    path = f"/api/tradewind/v1/users/{admin.user_id}"
    assert helper.patch(path, {"password": "one that I know"}).status == 403
    assert helper.patch(path, {"is_active": False}).status == 403
    assert helper.delete(path).status == 403


def test_guessing_is_slowed_down(api: ApiServer) -> None:
    api.user("victim", "viewer")
    wrong = {"username": "victim", "password": "wrong"}
    answers = [api.anonymous.post("/auth/token", wrong) for _ in range(throttle.PAIR.free + 1)]
    assert [one.status for one in answers[:-1]] == [401] * throttle.PAIR.free
    assert answers[-1].status == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert api.anonymous.post("/auth/token", {**wrong, "password": PASSWORD}).status == 429
    api.store.clear_failures(list(throttle.subjects("victim", "127.0.0.1")))
    assert api.anonymous.post("/auth/token", {**wrong, "password": PASSWORD}).status == 201


def test_an_owner_is_never_locked_out_for_long() -> None:
    """However many guess from anywhere: from an address of one's own the wait stays short."""
    now = utc_now()
    limits = throttle.subjects("owner", "10.0.0.1")
    found = {"account owner": FailureRecord(1_000_000, now)}
    assert throttle.wait(found, limits, now) <= timedelta(seconds=10)
    assert throttle.wait(found, limits, now + timedelta(seconds=10)) == timedelta(0)
    found = {"pair 10.0.0.1 owner": FailureRecord(10_000, now)}
    assert throttle.wait(found, limits, now) <= timedelta(minutes=15)


def test_what_it_takes_tells_nobody_who_has_an_account() -> None:
    """An account that is not there is checked as thoroughly: against a hash of nobody's, of the same cost."""
    before = passwords._of_nobody.cache_info()
    assert not is_right("wrong", "")
    after = passwords._of_nobody.cache_info()
    assert after.hits + after.misses == before.hits + before.misses + 1
    assert passwords._of_nobody().split("$")[:4] == PASSWORD_HASH.split("$")[:4]


def test_passwords_are_kept_as_argon2id() -> None:
    made = hash_of("word")
    assert made.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert is_right("word", made)
    assert not is_right("word ", made)
    assert not is_right("", "")
    assert csrf_of("a") != csrf_of("b")


def test_a_stream_that_is_open_ends_with_its_session(api: ApiServer) -> None:
    settings = load({}, overrides={"home": str(api.home)})
    authenticator = Authenticator(settings, lambda: api.store)
    browser = api.browser("viewer")
    word = browser.headers["cookie"].split("tradewind_session=")[1].split(";")[0]
    who = authenticator._of_session(word, utc_now())
    assert Grant in {type(one) for one in who.grants}
    assert authenticator.is_still(who, utc_now())
    browser.delete(SESSION)
    assert not authenticator.is_still(who, utc_now())
