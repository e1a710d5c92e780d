"""Nobody is let in without a name and a password, a token or a session."""

from __future__ import annotations

from tests.api.server import PASSWORD, ApiServer, api

__all__ = ["api"]


def test_a_token_for_a_password(api: ApiServer) -> None:
    found = api.signed_in("viewer").get("/api/tradewind/v1/me")
    assert found.status == 200
    assert found.json["name"] == "viewer"
    assert {"resource": "dag", "action": "read", "dags": "*"} in found.json["grants"]


def test_a_session_and_its_end(api: ApiServer) -> None:
    browser = api.browser("op")
    assert browser.get("/api/tradewind/v1/me").json["roles"] == ["op"]
    assert browser.delete("/api/tradewind/v1/session").status == 204
    assert browser.get("/api/tradewind/v1/me").status == 401


def test_without_anything(api: ApiServer) -> None:
    found = api.anonymous.get("/api/tradewind/v1/me")
    assert found.status == 401
    assert found.headers["content-type"] == "application/problem+json"
    assert found.headers["www-authenticate"] == "Bearer"


def test_a_wrong_password(api: ApiServer) -> None:
    api.user("somebody", "viewer")
    wrong = api.anonymous.post("/auth/token", {"username": "somebody", "password": PASSWORD + "x"})
    nobody = api.anonymous.post("/auth/token", {"username": "nobody", "password": PASSWORD})
    assert wrong.status == nobody.status == 401
    assert wrong.json == nobody.json
