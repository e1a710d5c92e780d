"""`ml.mlflow()`: track a task, or all tasks of a DAG, in MLflow."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from tradewind.authoring.aid import Aid, AidedTry
from tradewind.ml.tracking import joining
from tradewind.ml.tracking.place import mlflow_module


class mlflow(Aid):  # reads as what it is in a DAG file: aids=[ml.mlflow()]
    """`aids=[ml.mlflow()]` on a task, or in `default_args`.

    Each run of the DAG gets an MLflow run, each try a nested one, with what was logged by `log_metric`, `log_params`,
    `log_figure` … and by MLflow's own calls. `autolog`: MLflow's autologging for this task, True for all libraries or
    arguments for it. `experiment`: its name (default: the DAG id). `run_name`: of the try's run (default: the task id).
    `tags`: more of them."""

    modules = ("tradewind.ml.tracking.ahead",)

    def __init__(
        self,
        *,
        autolog: bool | Mapping[str, Any] = False,
        experiment: str = "",
        run_name: str = "",
        tags: Mapping[str, str] | None = None,
    ) -> None:
        self.autolog = autolog
        self.experiment = experiment
        self.run_name = run_name
        self.tags = dict(tags or {})

    def around(self, attempt: AidedTry) -> AbstractContextManager[Any]:
        return self._around(attempt)

    @contextmanager
    def _around(self, attempt: AidedTry) -> Generator[None]:
        tracked = joining.begin(attempt.message, self.experiment, self.run_name)
        tracked.tags.update(self.tags)
        tracked.is_wanted = True
        if self.autolog:
            self._start_autologging()
        try:
            yield
        finally:
            if self.autolog:
                mlflow_module().autolog(disable=True, silent=True)

    def _start_autologging(self) -> None:
        wishes = dict(self.autolog) if isinstance(self.autolog, Mapping) else {}
        mlflow_module().autolog(**{"silent": True, **wishes})
