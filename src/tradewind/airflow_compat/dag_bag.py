"""`DagBag(dag_folder=…)`, as unit tests of DAG files use it: loads every DAG file of a folder into this process."""

from __future__ import annotations

import importlib.util
import sys
import traceback
from pathlib import Path
from typing import Any

from tradewind.airflow_compat.hook import install
from tradewind.airflow_compat.loading import get_unique_dag_module_name
from tradewind.authoring import defaults
from tradewind.authoring.compile import compile_dag
from tradewind.authoring.dag import DAG
from tradewind.authoring.registry import collecting
from tradewind.dagfiles.discover import mentions_a_dag


class DagBag:
    """`dags` by id, and `import_errors` by file: the text of what went wrong. The test
    `assert not DagBag("dags").import_errors` finds everything that `tradewind run` would refuse."""

    def __init__(
        self, dag_folder: str | Path | None = None, include_examples: bool = False, safe_mode: bool = True, **_: Any
    ) -> None:
        self.dag_folder = str(dag_folder or defaults.current().dags_folder)
        self.dags: dict[str, DAG] = {}
        self.import_errors: dict[str, str] = {}
        self.safe_mode = safe_mode
        install()
        self.collect_dags(self.dag_folder)

    @property
    def dag_ids(self) -> list[str]:
        return list(self.dags)

    def size(self) -> int:
        return len(self.dags)

    def get_dag(self, dag_id: str, session: Any = None) -> DAG | None:
        return self.dags.get(dag_id)

    def collect_dags(self, dag_folder: str | Path, **_: Any) -> None:
        """Load a file, or every .py file below a folder that mentions a DAG."""
        root = Path(dag_folder)
        files = [root] if root.is_file() else sorted(root.rglob("*.py"))
        folder = str((root.parent if root.is_file() else root).absolute())
        if folder not in sys.path:
            sys.path.insert(0, folder)
        for file in files:
            self.process_file(str(file))

    def process_file(self, filepath: str, only_if_updated: bool = True, safe_mode: bool = True) -> list[DAG]:
        """Load one file; its DAGs, or [] where it fails (see import_errors) or mentions none."""
        file = Path(filepath)
        if safe_mode and self.safe_mode and not mentions_a_dag(file):
            return []
        try:
            with collecting() as collected:
                namespace = _execute(file)
            found = collected.dags(namespace)
        except Exception:
            self.import_errors[str(file)] = traceback.format_exc(limit=-5)
            return []
        return [dag for dag in found if self._keep(dag, str(file))]

    def bag_dag(self, dag: DAG, **_: Any) -> None:
        """Check a DAG and add it. Raises DagFileError."""
        compile_dag(dag)
        self.dags[dag.dag_id] = dag

    def _keep(self, dag: DAG, file: str) -> bool:
        try:
            self.bag_dag(dag)
        except Exception as error:
            self.import_errors[file] = str(error)
            return False
        return True


def _execute(file: Path) -> dict[str, Any]:
    name = get_unique_dag_module_name(str(file.absolute()))
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return vars(module)
