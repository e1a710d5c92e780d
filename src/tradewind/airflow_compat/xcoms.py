"""`airflow.models.XCom`: class methods that read and write values outside of `ti`."""

from __future__ import annotations

import json
from typing import Any

from tradewind.authoring.context import get_current_context
from tradewind.model.values import RETURN_KEY

XCOM_RETURN_KEY = RETURN_KEY


class BaseXCom:
    """Values of the running task's run, by the class methods that provider packages call."""

    XCOM_RETURN_KEY = RETURN_KEY

    @classmethod
    def get_value(cls, *, ti_key: Any, key: str | None = None, **_: Any) -> Any:
        return cls.get_one(key=key or RETURN_KEY, task_id=ti_key.task_id, run_id=ti_key.run_id, dag_id=ti_key.dag_id)

    @classmethod
    def get_one(
        cls, *, key: str = RETURN_KEY, task_id: str | None = None, dag_id: str | None = None, **options: Any
    ) -> Any:
        """One value, or None. Raises RuntimeError outside of a running task."""
        known = {name: options[name] for name in ("run_id", "include_prior_dates") if options.get(name) is not None}
        index = options.get("map_index")
        if index is not None and index >= 0:
            known["map_indexes"] = index
        return get_current_context()["ti"].xcom_pull(task_ids=task_id, key=key, dag_id=dag_id, **known)

    @classmethod
    def set(cls, key: str, value: Any, *_: Any, **__: Any) -> None:
        """Hand on a value of the running task."""
        get_current_context()["ti"].xcom_push(key=key, value=value)

    @staticmethod
    def serialize_value(value: Any, **_: Any) -> Any:
        """For subclasses (custom back ends of Airflow): JSON, where it can be said in JSON."""
        return json.dumps(value)

    @staticmethod
    def deserialize_value(result: Any) -> Any:
        return json.loads(result.value)


XCom = BaseXCom
