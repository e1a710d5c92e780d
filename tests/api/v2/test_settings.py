"""Variables, connections and pools, as Airflow's client makes, reads, changes and deletes them."""

from __future__ import annotations

import json
import threading
from typing import Any

import airflow_client.client as airflow
import httpx
from airflow_client.client.api.connection_api import ConnectionApi
from airflow_client.client.api.pool_api import PoolApi
from airflow_client.client.api.variable_api import VariableApi

from tests.api.server import ApiServer
from tests.api.v2.refusals import status_of
from tradewind.api.access.rights import Action, Grant, Resource
from tradewind.model.service import AuditRecord

Client = airflow.ApiClient


def audited(api: ApiServer) -> list[AuditRecord]:
    """Oldest first."""
    return list(reversed(api.store.audit()))


# ---------------------------------------------------------------------------------------------- variables


def variable(key: str = "region", value: Any = "eu", description: str | None = None) -> airflow.VariableBody:
    return airflow.VariableBody(key=key, value=value, description=description)


def test_a_variable_is_made_read_changed_and_deleted(api: ApiServer, client: Client) -> None:
    variables = VariableApi(client)
    made = variables.post_variable(variable(description="where"))
    assert (made.key, made.value, made.description) == ("region", "eu", "where")
    assert api.store.get_variable("region") == "eu"
    variables.patch_variable("region", airflow.VariableBody(key="region", value="us"))
    read = variables.get_variable("region")
    assert (read.value, read.description) == ("us", "where")
    variables.delete_variable("region")
    assert status_of(variables.get_variable, "region") == (404, "there is no variable 'region'")
    assert [(one.who, one.action) for one in audited(api)] == [
        ("admin", "create_variable"),
        ("admin", "edit_variable"),
        ("admin", "delete_variable"),
    ]


def test_only_what_the_mask_names_is_changed(client: Client) -> None:
    variables = VariableApi(client)
    variables.post_variable(variable(description="old"))
    variables.patch_variable("region", variable(value="us", description="new"), update_mask=["description"])
    read = variables.get_variable("region")
    assert (read.value, read.description) == ("eu", "new")


def test_json_values_are_kept_as_text_and_what_is_secret_in_them_is_masked(client: Client) -> None:
    variables = VariableApi(client)
    variables.post_variable(variable("job", {"rows": 3, "password": "hunter2hunter2"}))
    assert json.loads(variables.get_variable("job").value or "") == {"rows": 3, "password": "***"}


def test_a_secret_goes_in_and_never_out_and_its_mask_changes_nothing(api: ApiServer, client: Client) -> None:
    variables = VariableApi(client)
    variables.post_variable(variable("api_key", "very-secret"))
    assert variables.get_variable("api_key").value == "***"
    assert [one.value for one in variables.get_variables().variables] == ["***"]
    variables.patch_variable("api_key", variable("api_key", "***", "of the bank"))
    assert api.store.get_variable("api_key") == "very-secret"


def test_variables_are_listed_filtered_sorted_and_cut_into_pages(client: Client) -> None:
    variables = VariableApi(client)
    for key in ("a1", "a2", "B1"):
        variables.post_variable(variable(key))
    found = variables.get_variables(order_by=["-key"], limit=2)
    assert found.total_entries == 3
    assert [one.key for one in found.variables] == ["a2", "a1"]
    assert [one.key for one in variables.get_variables(order_by=["-key"], limit=2, offset=2).variables] == ["B1"]
    assert [one.key for one in variables.get_variables(variable_key_pattern="b").variables] == ["B1"]
    assert [one.key for one in variables.get_variables(variable_key_prefix_pattern="a").variables] == ["a1", "a2"]
    assert status_of(variables.get_variables, order_by=["value"])[0] == 400


def test_keys_may_hold_slashes_dots_and_any_letters(client: Client) -> None:
    variables = VariableApi(client)
    for key in ("a/b", "../../etc/passwd", "Größe %2F", "<script>alert(1)</script>"):
        variables.post_variable(variable(key, "x"))
        assert variables.get_variable(key).key == key
        variables.delete_variable(key)


def test_mistakes_are_told(client: Client) -> None:
    variables = VariableApi(client)
    variables.post_variable(variable())
    assert status_of(variables.post_variable, variable())[0] == 409
    assert status_of(variables.patch_variable, "region", variable("other"))[0] == 400
    assert status_of(variables.patch_variable, "none", variable("none"))[0] == 404
    assert status_of(variables.patch_variable, "region", variable(), update_mask=["nothing"])[0] == 400
    assert status_of(variables.delete_variable, "none")[0] == 404


def bulk_of(kind: Any, *actions: dict[str, Any]) -> Any:
    return kind.from_dict({"actions": list(actions)})


def test_many_variables_in_one_call(api: ApiServer, client: Client) -> None:
    variables = VariableApi(client)
    variables.post_variable(variable("there", "old"))
    body = bulk_of(
        airflow.BulkBodyVariableBody,
        {"action": "create", "entities": [{"key": "new", "value": "1"}, {"key": "there", "value": "2"}]},
        {"action": "create", "action_on_existence": "overwrite", "entities": [{"key": "there", "value": "3"}]},
        {"action": "update", "action_on_non_existence": "skip", "entities": [{"key": "gone", "value": "4"}]},
        {"action": "delete", "entities": ["new", "missing"]},
    )
    found = variables.bulk_variables(body)
    assert found.create
    assert found.update
    assert found.delete
    assert found.create.success == ["new", "there"]
    assert found.create.errors == [{"error": "there is a variable 'there' already", "status_code": 409}]
    assert (found.update.success, found.update.errors) == ([], [])
    assert found.delete.success == ["new"]
    assert [one["status_code"] for one in found.delete.errors or []] == [404]
    assert api.store.get_variable("there") == "3"


def test_each_action_of_a_bulk_needs_its_own_right(api: ApiServer, client: Client) -> None:
    variables = VariableApi(client)
    variables.post_variable(variable())
    delete = bulk_of(airflow.BulkBodyVariableBody, {"action": "delete", "entities": ["region"]})
    with api.limited_to(Grant(Resource.VARIABLE, Action.READ), Grant(Resource.VARIABLE, Action.EDIT)):
        assert status_of(variables.bulk_variables, delete)[0] == 403
    assert api.store.get_variable("region") == "eu"


# ---------------------------------------------------------------------------------------------- pools


def test_a_pool_is_made_read_changed_and_deleted(api: ApiServer, client: Client) -> None:
    pools = PoolApi(client)
    made = pools.post_pool(airflow.PoolBody(name="gpu", slots=2))
    assert (made.slots, made.open_slots, made.occupied_slots) == (2, 2, 0)
    pools.patch_pool("gpu", airflow.PoolPatchBody(slots=4, description="cards"), update_mask=["slots"])
    assert [(one.name, one.slots, one.description) for one in api.store.pools()] == [
        ("default_pool", 128, "tasks that name no pool"),
        ("gpu", 4, ""),
    ]
    assert {one.name for one in pools.get_pools().pools} == {"default_pool", "gpu"}
    pools.delete_pool("gpu")
    assert status_of(pools.get_pool, "gpu")[0] == 404


def test_of_the_default_pool_the_slots_can_be_changed_and_it_stays(client: Client) -> None:
    pools = PoolApi(client)
    pools.patch_pool("default_pool", airflow.PoolPatchBody(slots=-1))
    assert pools.get_pool("default_pool").open_slots == -1
    assert status_of(pools.delete_pool, "default_pool")[0] == 400
    assert status_of(pools.patch_pool, "default_pool", airflow.PoolPatchBody(description="mine"))[0] == 400


def test_many_pools_in_one_call(api: ApiServer, client: Client) -> None:
    found = PoolApi(client).bulk_pools(
        bulk_of(
            airflow.BulkBodyPoolBody,
            {"action": "create", "entities": [{"name": "a", "slots": 1}, {"name": "b", "slots": 1}]},
            {"action": "update", "entities": [{"name": "a", "slots": 9}], "update_mask": ["slots"]},
            {"action": "delete", "entities": ["b", "default_pool"]},
        )
    )
    assert found.delete
    assert found.delete.success == ["b"]
    assert [one["status_code"] for one in found.delete.errors or []] == [400]
    assert [(one.name, one.slots) for one in api.store.pools()] == [("default_pool", 128), ("a", 9)]


# ---------------------------------------------------------------------------------------------- connections


def connection(**more: Any) -> airflow.ConnectionBody:
    return airflow.ConnectionBody(**{"connection_id": "db", "conn_type": "postgres", **more})


def test_a_connection_is_made_read_changed_and_deleted(api: ApiServer, client: Client) -> None:
    connections = ConnectionApi(client)
    made = connections.post_connection(connection(host="h", port=1, login="me", var_schema="facts"))
    assert (made.host, made.port, made.var_schema, made.password) == ("h", 1, "facts", None)
    connections.patch_connection("db", connection(host="i", login="you"), update_mask=["host"])
    stored = api.store.get_connection("db")
    assert stored is not None
    assert (stored.host, stored.login, stored.schema) == ("i", "me", "facts")
    assert [one.connection_id for one in connections.get_connections(connection_id_pattern="D").connections] == ["db"]
    connections.delete_connection("db")
    assert status_of(connections.get_connection, "db")[0] == 404


def test_passwords_go_in_and_never_out_and_their_masks_change_nothing(api: ApiServer, client: Client) -> None:
    connections = ConnectionApi(client)
    extra = json.dumps({"verify": False, "token": "ABCDEFGH", "deep": {"api_key": "IJKLMNOP"}})
    made = connections.post_connection(connection(password="hunter2hunter2", extra=extra))
    assert made.password == "***"
    assert json.loads(made.extra or "") == {"verify": False, "token": "***", "deep": {"api_key": "***"}}
    shown = json.loads(made.extra or "") | {"verify": True}
    connections.patch_connection("db", connection(password="***", extra=json.dumps(shown)))
    stored = api.store.get_connection("db")
    assert stored is not None
    assert stored.password == "hunter2hunter2"
    assert json.loads(stored.extra or "") == {"verify": True, "token": "ABCDEFGH", "deep": {"api_key": "IJKLMNOP"}}


def test_mistakes_in_connections_are_told(api: ApiServer, client: Client) -> None:
    connections = ConnectionApi(client)
    connections.post_connection(connection())
    assert status_of(connections.post_connection, connection())[0] == 409
    assert status_of(connections.patch_connection, "other", connection())[0] == 400
    assert status_of(connections.post_connection, connection(connection_id="no", extra="[1]"))[0] == 422
    for wrong in ({"connection_id": "a/b", "conn_type": "x"}, {"connection_id": "a", "conn_type": "x", "colour": 1}):
        assert httpx.post(f"{api.url}/api/v2/connections", json=wrong, headers=api.headers).status_code == 422


def test_connections_that_hooks_mean_by_default(api: ApiServer, client: Client) -> None:
    connections = ConnectionApi(client)
    connections.post_connection(connection(connection_id="http_default", conn_type="http", host="mine"))
    connections.create_default_connections()
    found = {one.conn_id: one.host for one in api.store.connections()}
    assert found["http_default"] == "mine"
    assert "fs_default" in found


def wait_for_test(connections: ConnectionApi, token: str) -> airflow.AsyncConnectionTestResponse:
    for _ in range(600):
        found = connections.get_connection_test(token)
        if found.state in ("success", "failed"):
            return found
        threading.Event().wait(0.1)
    raise AssertionError("it takes too long")


def test_a_connection_is_tried_by_another_process_and_its_secrets_are_masked(api: ApiServer, client: Client) -> None:
    connections = ConnectionApi(client)
    unknown = connection(conn_type="no_such_type", password="hunter2hunter2")
    tried = connections.test_connection(unknown)
    assert not tried.status
    assert "hunter2" not in tried.message
    assert api.store.get_connection("db") is None


def test_a_connection_is_tried_meanwhile(client: Client) -> None:
    connections = ConnectionApi(client)
    body = airflow.ConnectionTestRequestBody(connection_id="db", conn_type="no_such_type", commit_on_success=True)
    queued = connections.enqueue_connection_test(body)
    assert wait_for_test(connections, queued.token).state == "failed"
    assert connections.get_connections().total_entries == 0
    assert status_of(connections.get_connection_test, "none")[0] == 404
