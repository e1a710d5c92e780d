"""The same door with PostgreSQL behind it."""

from __future__ import annotations

from pathlib import Path

from tests.api.server import PASSWORD, running
from tests.postgres import _kept_schema, postgres_server, postgres_url

__all__ = ["_kept_schema", "postgres_server", "postgres_url"]


def test_signing_in_roles_tokens_and_audit(tmp_path: Path, postgres_url: str) -> None:
    with running(tmp_path, database_url=postgres_url) as site:
        admin = site.browser("admin")
        made = admin.post("/api/tradewind/v1/users", {"name": "ada", "password": PASSWORD, "roles": ["viewer"]})
        assert made.status == 201, made
        grants = [{"resource": "dag", "action": "read", "dags": "a_*"}]
        assert admin.put("/api/tradewind/v1/roles/of a", {"grants": grants}).status == 200
        user = f"/api/tradewind/v1/users/{made.json['user']['user_id']}"
        assert admin.patch(user, {"roles": ["of a"]}).json["roles"] == ["of a"]
        assert admin.post("/api/tradewind/v1/users", {"name": "ada", "password": PASSWORD}).status == 409
        token = admin.post("/api/tradewind/v1/me/tokens", {"label": "x"}).json["info"]["token_id"]
        assert admin.delete(f"/api/tradewind/v1/tokens/{token}").status == 204
        for name in ("%00", "%ff", "a%2fb"):
            assert admin.get(f"/api/v2/dags/{name}").status in (400, 404)
        assert site.anonymous.post("/auth/token", {"username": "ada\ud800x", "password": "x"}).status in (400, 401, 422)
        found = admin.get("/api/tradewind/v1/audit").json
        assert found["chain_is_whole"]
        assert [line["action"] for line in found["lines"]][:4] == [
            "token_revoked",
            "token_created",
            "user_changed",
            "role_set",
        ]
        assert admin.delete(user).status == 204
