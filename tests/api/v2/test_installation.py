"""Health, settings, packages, import errors, warnings, signing in; and what tasks and assets remember."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import airflow_client.client as airflow
import httpx
import pytest
from airflow_client.client.api.asset_api import AssetApi
from airflow_client.client.api.asset_state_store_api import AssetStateStoreApi
from airflow_client.client.api.config_api import ConfigApi
from airflow_client.client.api.dag_parsing_api import DAGParsingApi
from airflow_client.client.api.dag_warning_api import DagWarningApi
from airflow_client.client.api.import_error_api import ImportErrorApi
from airflow_client.client.api.monitor_api import MonitorApi
from airflow_client.client.api.plugin_api import PluginApi
from airflow_client.client.api.provider_api import ProviderApi
from airflow_client.client.api.task_state_store_api import TaskStateStoreApi
from airflow_client.client.api.variable_api import VariableApi

from tests.api.dags import NOW, queue, save
from tests.api.server import ApiServer
from tests.api.v2.refusals import status_of
from tradewind import DAG, Asset
from tradewind.api.access.rights import Action, Grant, Resource
from tradewind.api.v2.file_tokens import token_of
from tradewind.model.parsing import TO_DAG_PROCESSOR
from tradewind.model.service import JobKind, JobRecord
from tradewind.model.warm import ImportProblem
from tradewind.operators.empty import EmptyOperator

Client = airflow.ApiClient


def alive(api: ApiServer, kind: JobKind) -> None:
    now = api.store.now()
    api.store.register_job(JobRecord(f"job of {kind}", kind, 1, "elsewhere", now, now, now + timedelta(hours=1)))


def test_health_names_each_part(api: ApiServer, client: Client) -> None:
    found = MonitorApi(client).get_health()
    assert found.metadatabase.status == "healthy"
    assert (found.scheduler.status, found.triggerer.status) == ("unhealthy", None)
    alive(api, JobKind.TRIGGERER)
    assert MonitorApi(client).get_health().triggerer.status == "healthy"


def test_settings_are_shown_without_secrets(client: Client) -> None:
    found = {
        one.name: {each.key: each.value for each in one.options} for one in ConfigApi(client).get_config().sections
    }
    assert {"tradewind", "api", "smtp"} <= set(found)
    (section,) = ConfigApi(client).get_config(section="api").sections
    assert section.name == "api"
    (one,) = ConfigApi(client).get_config_value("smtp", "port").sections
    assert one.options[0].key == "port"
    assert status_of(ConfigApi(client).get_config, section="none")[0] == 404
    assert status_of(ConfigApi(client).get_config_value, "smtp", "none")[0] == 404


def test_settings_as_text(api: ApiServer) -> None:
    answer = httpx.get(f"{api.url}/api/v2/config?section=smtp", headers={**api.headers, "Accept": "text/plain"})
    assert "[smtp]\n" in answer.text


def test_packages_and_plugins_are_listed(client: Client) -> None:
    assert ProviderApi(client).get_providers().total_entries >= 0
    assert PluginApi(client).get_plugins().plugins == []
    assert PluginApi(client).import_errors().total_entries == 0


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/dags", "/signin?next=%2Fdags"),
        ("https://evil.example", "/signin"),
        ("//evil.example", "/signin"),
        ("/\\evil.example", "/signin"),
    ],
)
def test_signing_in_leads_nowhere_else(api: ApiServer, wanted: str, leads_to: str) -> None:
    answer = httpx.get(f"{api.url}/api/v2/auth/login", params={"next": wanted})
    assert (answer.status_code, answer.headers["location"]) == (307, leads_to)


def test_import_errors_are_listed_and_read(api: ApiServer, client: Client) -> None:
    problem = ImportProblem(file="bad.py", line=3, message="no such name", hint="import it", traceback="Traceback …")
    api.store.replace_import_errors("/dags", "bad.py", [problem], now=NOW)
    (found,) = ImportErrorApi(client).get_import_errors(filename_pattern="BAD").import_errors
    assert found.stack_trace == "bad.py:3: no such name\nhint: import it\nTraceback …"
    assert ImportErrorApi(client).get_import_error(found.import_error_id).filename == "bad.py"
    assert ImportErrorApi(client).get_import_errors(filename="other.py").total_entries == 0
    assert ImportErrorApi(client).get_import_errors(bundle_name="dags-folder").total_entries == 0
    folder = str(api.settings.dags_folder)
    api.store.replace_import_errors(folder, "worse.py", [problem], now=NOW)
    (one,) = ImportErrorApi(client).get_import_errors(bundle_name="dags-folder").import_errors
    assert (one.filename, one.bundle_name, found.bundle_name) == ("worse.py", "dags-folder", None)
    assert status_of(ImportErrorApi(client).get_import_error, 99)[0] == 404


def test_a_file_is_parsed_again_by_the_dag_processor(api: ApiServer, client: Client) -> None:
    with DAG("one") as dag:
        EmptyOperator(task_id="a")
    save(api.store, dag)
    token = token_of("/dags", "one.py")
    assert status_of(DAGParsingApi(client).reparse_dag_file, token)[0] == 503
    alive(api, JobKind.DAG_PROCESSOR)
    DAGParsingApi(client).reparse_dag_file(token)
    (wish,) = api.store.take_requests([TO_DAG_PROCESSOR])
    assert wish.payload == {"root": "/dags", "file": "one.py"}
    assert status_of(DAGParsingApi(client).reparse_dag_file, "../../etc/passwd")[0] == 404


def test_tasks_in_pools_that_are_not_there_are_warned_of(api: ApiServer, client: Client) -> None:
    with DAG("one") as dag:
        EmptyOperator(task_id="a", pool="gone")
    save(api.store, dag)
    (found,) = DagWarningApi(client).list_dag_warnings().dag_warnings
    assert (found.dag_id, found.warning_type.value) == ("one", "non-existent pool")
    with api.limited_to(Grant(Resource.DAG, Action.READ, "other")):
        assert DagWarningApi(client).list_dag_warnings().total_entries == 0


# ---------------------------------------------------------------------------------------------- memories


@pytest.fixture
def run(api: ApiServer) -> ApiServer:
    with DAG("one") as dag:
        EmptyOperator(task_id="a", outlets=[Asset("raw", uri="s3://raw")])
    save(api.store, dag)
    queue(api.store, "one", "r|1")
    return api


INSTANCE: Any = {"dag_id": "one", "dag_run_id": "r|1", "task_id": "a"}


def test_what_a_task_remembers_is_set_read_changed_and_forgotten(run: ApiServer, client: Client) -> None:
    store = TaskStateStoreApi(client)
    store.set_task_state_store(task_state_store_body=airflow.TaskStateStoreBody(value={"row": 1}), key="k", **INSTANCE)
    assert store.get_task_state_store(key="k", **INSTANCE).value == {"row": 1}
    assert run.store.get_variable("__task_state__/one/r|1/a//k") == '{"row": 1}'
    store.patch_task_state_store(
        task_state_store_patch_body=airflow.TaskStateStorePatchBody(value=2), key="k", **INSTANCE
    )
    assert [(one.key, one.value) for one in store.list_task_state_store(**INSTANCE).task_state_store] == [("k", 2)]
    assert store.list_task_state_store(**INSTANCE, map_index=3).total_entries == 0
    store.delete_task_state_store(key="k", **INSTANCE)
    assert status_of(store.get_task_state_store, key="k", **INSTANCE)[0] == 404
    store.set_task_state_store(
        task_state_store_body=airflow.TaskStateStoreBody(value=1), key="k", **INSTANCE, map_index=3
    )
    store.clear_task_state_store(**INSTANCE, all_map_indices=True)
    assert store.list_task_state_store(**INSTANCE, map_index=3).total_entries == 0
    assert status_of(store.list_task_state_store, dag_id="one", dag_run_id="none", task_id="a")[0] == 404


def test_what_is_remembered_of_an_asset(run: ApiServer, client: Client) -> None:
    store = AssetStateStoreApi(client)
    (raw,) = AssetApi(client).get_assets().assets
    store.set_asset_state_store(
        asset_id=raw.id, key="mark", asset_state_store_body=airflow.AssetStateStoreBody(value=[1, 2])
    )
    assert store.get_asset_state_store(asset_id=raw.id, key="mark").value == [1, 2]
    assert [one.key for one in store.list_asset_state_store(raw.id).asset_state_store] == ["mark"]
    store.delete_asset_state_store(asset_id=raw.id, key="mark")
    store.clear_asset_state_store(raw.id)
    assert store.list_asset_state_store(raw.id).total_entries == 0


def test_memories_are_no_variables(run: ApiServer, client: Client) -> None:
    TaskStateStoreApi(client).set_task_state_store(
        task_state_store_body=airflow.TaskStateStoreBody(value=1), key="k", **INSTANCE
    )
    variables = VariableApi(client)
    key = "__task_state__/one/r|1/a//k"
    assert variables.get_variables().total_entries == 0
    assert status_of(variables.get_variable, key)[0] == 404
    assert status_of(variables.delete_variable, key)[0] == 404
    assert status_of(variables.post_variable, airflow.VariableBody(key=key, value="2"))[0] == 422
