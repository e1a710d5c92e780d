"""scikit-learn estimators, matplotlib figures, PIL images, and containers that mix everything."""

from __future__ import annotations

import io

import joblib
import matplotlib.figure
import numpy as np
import pandas as pd
import PIL.Image
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from tradewind.artifacts import decode
from tradewind.artifacts.codecs import estimator

X = np.random.default_rng(0).random((200, 4))
Y = (X[:, 0] > 0.5).astype(int)


class Threshold(ClassifierMixin, BaseEstimator):
    """A user's own estimator."""

    def fit(self, x, y):
        self.classes_ = np.unique(y)
        return self

    def predict(self, x):
        return (x[:, 0] > 0.5).astype(int)


class TestEstimators:
    @pytest.mark.parametrize("limit", [1 << 24, 0], ids=["inline", "file"])
    @pytest.mark.parametrize(
        "model",
        [LogisticRegression(), RandomForestClassifier(5), make_pipeline(StandardScaler(), Threshold())],
        ids=lambda model: type(model).__name__,
    )
    def test_predict_the_same(self, trip, model, limit):
        model.fit(X, Y)
        again, encoded = trip(model, limit)
        np.testing.assert_array_equal(again.predict(X), model.predict(X))
        assert (type(again), encoded.codec) == (type(model), "joblib")

    def test_files_load_with_joblib_alone(self, trip, store):
        _, encoded = trip(LogisticRegression().fit(X, Y), 0)
        with store.local(encoded.artifact) as path:
            assert joblib.load(path).predict(X).shape == Y.shape

    def test_a_lambda_in_a_pipeline_falls_back_to_cloudpickle(self, trip):
        again, encoded = trip(make_pipeline(FunctionTransformer(lambda x: x + 1), StandardScaler()).fit(X))
        assert again.transform(X).shape == X.shape
        assert encoded.codec == "cloudpickle"

    def test_models_with_a_large_array_load_with_joblib_alone(self, trip, store, monkeypatch):
        monkeypatch.setattr(estimator, "LARGE_ARRAY_BYTES", 16)
        model = LogisticRegression().fit(X, Y)
        again, encoded = trip(model, 0)
        np.testing.assert_array_equal(again.coef_, model.coef_)
        with store.local(encoded.artifact) as path:
            assert path.read_bytes().count(b"joblib.numpy_pickle") == 1
            np.testing.assert_array_equal(joblib.load(path).coef_, model.coef_)

    def test_large_models_are_mapped_and_still_predict(self, trip, monkeypatch):
        monkeypatch.setattr(estimator, "LARGE_ARRAY_BYTES", 0)
        monkeypatch.setattr(estimator, "MAPPED_FROM_BYTES", 0)
        model = RandomForestClassifier(5).fit(X, Y)
        again, _ = trip(model, 0)
        np.testing.assert_array_equal(again.predict(X), model.predict(X))
        again.fit(X, Y)


class TestPictures:
    def test_a_figure_comes_back_with_its_picture_beside_it(self, trip, store):
        figure = matplotlib.figure.Figure(figsize=(2, 2))
        figure.add_subplot().plot([1, 2, 3])
        again, encoded = trip(figure)
        assert [list(line.get_ydata()) for line in again.axes[0].lines] == [[1, 2, 3]]
        (picture,) = encoded.parts
        assert (encoded.codec, picture.codec) == ("figure", "png")
        assert PIL.Image.open(io.BytesIO(decode(picture, store).png)).width > 100

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK", "F"])
    def test_images_come_back_the_same(self, trip, mode):
        image = PIL.Image.linear_gradient("L").resize((9, 7)).convert("RGB" if mode == "LA" else "L").convert(mode)
        again, encoded = trip(image)
        assert (again.mode, again.size, again.tobytes()) == (image.mode, image.size, image.tobytes())
        assert encoded.codec == ("cloudpickle" if mode in {"CMYK", "F"} else "png")


class TestTrees:
    def test_what_notebooks_return(self, trip):
        frame, array = pd.DataFrame({"a": np.arange(50_000)}), np.arange(50_000)
        value = {
            "X": array,
            "train": frame,
            "scores": [np.float64(0.5), {"accuracy": np.float32(1)}],
            "model": LogisticRegression().fit(X, Y),
            "pair": (frame["a"], "text", None),
        }
        again, encoded = trip(value)
        pd.testing.assert_frame_equal(again["train"], frame)
        pd.testing.assert_series_equal(again["pair"][0], frame["a"])
        np.testing.assert_array_equal(again["X"], array)
        assert again["scores"] == value["scores"]
        assert type(again["scores"][1]["accuracy"]) is np.float32
        assert type(again["pair"]) is tuple
        assert encoded.codec == "tree"
        assert [part.codec for part in encoded.parts] == ["npy", "arrow", "joblib", "arrow"]
        assert encoded.keys == tuple(value)
        assert encoded.size_bytes > sum(part.size_bytes for part in encoded.parts) > 1_000_000

    def test_the_same_object_twice_is_stored_once_and_is_one_object_again(self, trip):
        array = np.arange(10)
        again, encoded = trip([array, {"x": array}])
        assert again[0] is again[1]["x"]
        assert len(encoded.parts) == 1

    def test_very_many_leaves_are_pickled_together(self, trip):
        again, encoded = trip([np.arange(3) + n for n in range(1_000)])
        assert (encoded.codec, encoded.length, again[999][0]) == ("cloudpickle", 1_000, 999)

    def test_equal_trees_have_equal_hashes_and_others_do_not(self, trip):
        first, second, other = (trip({"a": np.full(5, n)})[1].hash for n in (1, 1, 2))
        assert first == second != other
