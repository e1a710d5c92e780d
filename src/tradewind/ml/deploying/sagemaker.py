"""`ml.SageMakerTarget`: an endpoint of SageMaker, by the operator of Airflow's Amazon provider."""

from __future__ import annotations

import importlib
import json
import re
import tarfile
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tradewind.ml.deploying.smoke import rows_as_json
from tradewind.ml.deploying.target import DeploymentFailedError, ModelFiles, Placed, Predict

PROVIDER = "apache-airflow-providers-amazon"


@dataclass(frozen=True)
class SageMakerTarget:
    """An endpoint is made, or updated. `image`: of a container that serves MLflow models (`mlflow sagemaker
    build-and-push-container` makes one). `role_arn`: what it runs as. `bucket`, `prefix`: where model files go."""

    endpoint: str
    image: str
    role_arn: str
    bucket: str
    prefix: str = "tradewind"
    instance_type: str = "ml.m5.large"
    instances: int = 1
    aws_conn_id: str = "aws_default"
    kind: str = "sagemaker"

    @property
    def place(self) -> str:
        return self.endpoint

    def key(self, files: ModelFiles) -> str:
        return f"{self.prefix}/{_name(files.name)}/{files.version}/model.tar.gz"

    def config(self, files: ModelFiles, stamp: str) -> dict[str, Any]:
        """What the operator is given."""
        name = f"{_name(files.name)[:30]}-{files.version}-{stamp}"
        container = {"Image": self.image, "ModelDataUrl": f"s3://{self.bucket}/{self.key(files)}"}
        variant = {
            "VariantName": "AllTraffic",
            "ModelName": name,
            "InitialInstanceCount": self.instances,
            "InstanceType": self.instance_type,
        }
        return {
            "Model": {"ModelName": name, "PrimaryContainer": container, "ExecutionRoleArn": self.role_arn},
            "EndpointConfig": {"EndpointConfigName": name, "ProductionVariants": [variant]},
            "Endpoint": {"EndpointName": self.endpoint, "EndpointConfigName": name},
        }

    def put(self, files: ModelFiles) -> Placed:
        operators, hooks = _provider("operators.sagemaker"), _provider("hooks.s3")
        old = self._old_config()
        with tempfile.TemporaryDirectory(prefix="tradewind-") as folder:
            packed = Path(folder) / "model.tar.gz"
            with tarfile.open(packed, "w:gz") as archive:
                archive.add(files.folder, arcname=".")
            hook = hooks.S3Hook(aws_conn_id=self.aws_conn_id)
            hook.load_file(str(packed), self.key(files), bucket_name=self.bucket, replace=True)
        config = self.config(files, time.strftime("%Y%m%d%H%M%S", time.gmtime()))
        operator = operators.SageMakerEndpointOperator(
            task_id="deploy_endpoint",
            config=config,
            operation="update" if old else "create",
            aws_conn_id=self.aws_conn_id,
            wait_for_completion=True,
        )
        try:
            operator.execute({})
        except Exception:
            self._back(old)
            raise
        return Placed(self.endpoint, config["EndpointConfig"]["EndpointConfigName"], old, _version_of(old))

    @contextmanager
    def answering(self, files: ModelFiles, placed: Placed) -> Generator[Predict]:
        runtime = self._client("sagemaker-runtime")

        def predict(rows: Any) -> list[Any]:
            answer = runtime.invoke_endpoint(
                EndpointName=self.endpoint, ContentType="application/json", Body=rows_as_json(rows).encode()
            )
            found: Any = json.loads(answer["Body"].read())
            return found.get("predictions", []) if hasattr(found, "get") else found

        yield predict

    def undo(self, placed: Placed) -> None:
        self._back(placed.old)

    def _back(self, old: str) -> None:
        """The configuration before; an endpoint that was not there is taken away."""
        client = self._client("sagemaker")
        if not old:
            client.delete_endpoint(EndpointName=self.endpoint)
            return
        client.update_endpoint(EndpointName=self.endpoint, EndpointConfigName=old)
        client.get_waiter("endpoint_in_service").wait(EndpointName=self.endpoint)

    def _old_config(self) -> str:
        client = self._client("sagemaker")
        found = client.list_endpoints(NameContains=self.endpoint)["Endpoints"]
        if not any(one["EndpointName"] == self.endpoint for one in found):
            return ""
        return str(client.describe_endpoint(EndpointName=self.endpoint)["EndpointConfigName"])

    def _client(self, service: str) -> Any:
        base = _provider("hooks.base_aws")
        return base.AwsBaseHook(aws_conn_id=self.aws_conn_id, client_type=service).get_conn()


def _provider(module: str) -> Any:
    try:
        return importlib.import_module(f"airflow.providers.amazon.aws.{module}")
    except ImportError as error:
        raise DeploymentFailedError(
            f"SageMaker is reached through Airflow's Amazon provider, which cannot be imported here: {error}",
            hint=f"pip install {PROVIDER}",
        ) from error


def _name(text: str) -> str:
    """As SageMaker's names are: letters, digits, hyphens."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-") or "model"


def _version_of(config: str) -> str:
    """Of a configuration that was named here."""
    found = re.fullmatch(r".+-(\d+)-\d{14}", config)
    return found[1] if found else ""
