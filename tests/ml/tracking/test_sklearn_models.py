"""What MLflow's own call keeps of scikit-learn in a try: any model that this process has made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tradewind.runner import tracking as following

from ..tracked import Tracking

mlflow = pytest.importorskip("mlflow")
pytest.importorskip("sklearn")
pytest.importorskip("skops")
pytestmark = [pytest.mark.xdist_group("mlflow"), pytest.mark.timeout(600)]

ROWS, TRUTH = [[0.0], [1.0], [2.0], [3.0]], [0, 0, 1, 1]


@pytest.fixture
def followed(tracking: Tracking) -> Any:
    """As in a try whose code imports MLflow."""
    following.follow_mlflow(tracking.message("kept", "train"))
    yield mlflow.sklearn
    following.end_tracking(None)  # type: ignore[arg-type]  # nothing has been logged, so nothing is told


def forest() -> Any:
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(n_estimators=3, random_state=0)


def pipeline_with_a_lambda() -> Any:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer

    return make_pipeline(FunctionTransformer(lambda rows: rows), LogisticRegression())


@pytest.mark.parametrize(
    ("make", "format_kept"),
    [(forest, "skops"), (pipeline_with_a_lambda, "cloudpickle")],
    ids=["types that skops does not trust", "what skops cannot keep"],
)
def test_a_model_that_mlflow_alone_refuses_is_kept(followed: Any, tmp_path: Path, make: Any, format_kept: str) -> None:
    model = make().fit(ROWS, TRUTH)
    followed.save_model(model, tmp_path / "model", pip_requirements=["scikit-learn"])
    kept = mlflow.models.Model.load(tmp_path / "model")
    assert kept.flavors["sklearn"]["serialization_format"] == format_kept
    assert list(followed.load_model(str(tmp_path / "model")).predict(ROWS)) == list(model.predict(ROWS))


def test_what_the_author_says_of_the_format_counts(followed: Any, tmp_path: Path) -> None:
    model = forest().fit(ROWS, TRUTH)
    with pytest.raises(mlflow.MlflowException, match="untrusted"):
        followed.save_model(
            model, tmp_path / "model", pip_requirements=["scikit-learn"], skops_trusted_types=["another.Type"]
        )
