"""`ti.xcom_pull` in all of Airflow's forms. https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/xcoms.html

One task id → its value, or a lazy sequence where that task is mapped. Several task ids → a list in the order asked for.
No task id → the newest value of that key in the run, as in Airflow 2 (3 means the task's own there).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from tradewind.authoring.dag import DAG
from tradewind.authoring.reading import MISSING, Lazy, shared_depth
from tradewind.model.ids import MapPath, TaskKey
from tradewind.model.messages import GetXComs
from tradewind.model.values import RETURN_KEY
from tradewind.runner.inputs import Inputs


class Pull(Struct, frozen=True):
    """What was asked for, its forms told apart."""

    task_ids: tuple[str, ...] | None
    is_single: bool
    """One task id was given, not a list of them: the answer is no list either, unless that task is mapped."""
    key: str | None = RETURN_KEY
    map_indexes: tuple[int, ...] | None = None
    is_single_index: bool = False
    dag_id: str | None = None
    run_id: str | None = None
    include_prior_dates: bool = False
    default: Any = None


def pull_request(
    task_ids: str | Iterable[str] | None,
    map_indexes: int | Iterable[int] | None,
    key: str | None,
    dag_id: str | None,
    run_id: str | None,
    include_prior_dates: bool,
    default: Any,
) -> Pull:
    is_single = task_ids is None or isinstance(task_ids, str)
    return Pull(
        task_ids=None if task_ids is None else (task_ids,) if isinstance(task_ids, str) else tuple(task_ids),
        is_single=is_single,
        key=key,
        map_indexes=None
        if map_indexes is None
        else (map_indexes,)
        if isinstance(map_indexes, int)
        else tuple(map_indexes),
        is_single_index=isinstance(map_indexes, int),
        dag_id=dag_id,
        run_id=run_id,
        include_prior_dates=include_prior_dates,
        default=default,
    )


class Puller:
    """Answers pulls for one task instance."""

    def __init__(self, inputs: Inputs, key: TaskKey, dag: DAG, scopes: Sequence[str], try_id: str) -> None:
        self._inputs = inputs
        self._key = key
        self._dag = dag
        self._scopes = scopes
        self._try_id = try_id

    def pull(self, asked: Pull) -> Any:
        if asked.task_ids is None:
            return self._newest(asked)
        if asked.is_single:
            return self._one_task(asked, asked.task_ids[0])
        values: list[Any] = []
        for task_id in asked.task_ids:
            value = self._one_task(asked, task_id)
            if isinstance(value, Lazy):
                values.extend(value)
            else:
                values.append(value)
        return values

    def _one_task(self, asked: Pull, task_id: str) -> Any:
        source = self._dag.task_dict.get(task_id)
        is_elsewhere = asked.dag_id not in (None, self._key.dag_id) or asked.run_id not in (None, self._key.run_id)
        if source is None or is_elsewhere or asked.key is None or asked.include_prior_dates:
            return self._asked_for(asked, task_id)
        return self._own_run(asked, asked.key, task_id, source.map_scopes())

    # ---- the own run: what is mapped is known from the DAG, and most values came along

    def _own_run(self, asked: Pull, key: str, task_id: str, scopes: Sequence[str]) -> Any:
        if asked.map_indexes is None:
            if scopes:
                return self._sequence(asked, self.below(task_id, key, ()))
            return self._or_default(asked, self.at(task_id, key, ()))
        values = [self._at_index(asked, key, task_id, scopes, index) for index in asked.map_indexes]
        return values[0] if asked.is_single_index else Lazy(len(values), values.__getitem__)

    def _at_index(self, asked: Pull, key: str, task_id: str, scopes: Sequence[str], index: int) -> Any:
        if index < 0 or not scopes:
            return self._or_default(asked, self.at(task_id, key, ()) if index < 0 else MISSING)
        # Below a mapped group the index counts within the group's instance that both stand in.
        shared = min(shared_depth(self._scopes, scopes), len(scopes) - 1)
        path = (*self._key.map_path[:shared], index)
        if len(path) < len(scopes):
            return self._sequence(asked, self.below(task_id, key, path))
        return self._or_default(asked, self.at(task_id, key, path))

    def at(self, task_id: str, key: str, path: MapPath) -> Any:
        """The value of one instance of the own run, or MISSING."""
        return self._inputs.at(task_id, key, path, is_covered=self._covered_depth(task_id, path) is not None)

    def below(self, task_id: str, key: str, prefix: MapPath) -> Sequence[Any]:
        """The values of all instances below a prefix."""
        depth = self._covered_depth(task_id, prefix)
        return self._inputs.below(
            task_id, key, prefix, is_covered=depth is not None, is_whole=depth is not None and depth == len(prefix)
        )

    def _covered_depth(self, task_id: str, path: MapPath) -> int | None:
        """Values travel with the message for the instances that stand in the reader's own instances of the mapped
        groups around both: how many groups those are. None where `path` leaves them."""
        source = self._dag.task_dict.get(task_id)
        if source is None:
            return None
        shared = shared_depth(self._scopes, source.map_scopes())
        return shared if path[:shared] == self._key.map_path[:shared] else None

    # ---- everything else is asked for

    def _newest(self, asked: Pull) -> Any:
        if not asked.include_prior_dates and asked.run_id in (None, self._key.run_id):
            own = self._inputs.pushed(asked.key)
            if own is not None:
                return self._inputs.decode(own)
        found = self._inputs.ask(self._request(asked, None))
        return self._inputs.decode(found[-1].value) if found else asked.default

    def _asked_for(self, asked: Pull, task_id: str) -> Any:
        found = self._inputs.ask(self._request(asked, task_id))
        if asked.map_indexes is not None and not asked.is_single_index:
            return Lazy(len(found), lambda index: self._inputs.decode(found[index].value))
        if not found:
            return asked.default
        if asked.is_single_index or not found[0].map_path:
            return self._inputs.decode(found[-1].value)
        return Lazy(len(found), lambda index: self._inputs.decode(found[index].value))

    def _request(self, asked: Pull, task_id: str | None) -> GetXComs:
        paths = None
        if asked.map_indexes is not None:
            paths = tuple(() if index < 0 else (index,) for index in asked.map_indexes)
        return GetXComs(
            self._try_id,
            None if task_id is None else (task_id,),
            asked.key,
            map_paths=paths,
            dag_id=asked.dag_id,
            run_id=asked.run_id,
            include_prior_dates=asked.include_prior_dates,
        )

    # ---- defaults

    def _or_default(self, asked: Pull, value: Any) -> Any:
        return asked.default if value is MISSING else value

    def _sequence(self, asked: Pull, values: Sequence[Any]) -> Any:
        return values if values or asked.default is None else asked.default
