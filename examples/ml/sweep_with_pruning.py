"""A search for good params: trials are tasks, asked for as results arrive; hopeless ones are ended early, and the best
params train the final model."""

from __future__ import annotations

from airflow.sdk import dag, task

from tradewind import ml


@dag(schedule=None, tags=["ml", "sweep"])
def sweep_with_pruning():
    @task
    def data():
        from sklearn.datasets import load_breast_cancer

        return load_breast_cancer(as_frame=True).frame

    @task
    def train(frame, rate: float, loss: str):
        from sklearn.linear_model import SGDClassifier
        from sklearn.model_selection import train_test_split
        from sklearn.preprocessing import StandardScaler

        features, target = frame.drop(columns="target"), frame["target"]
        train_x, test_x, train_y, test_y = train_test_split(features, target, random_state=1, stratify=target)
        scaler = StandardScaler().fit(train_x)
        train_x, test_x = scaler.transform(train_x), scaler.transform(test_x)
        model = SGDClassifier(loss=loss, learning_rate="constant", eta0=rate, random_state=1)
        accuracy = 0.0
        for epoch in range(8):
            model.partial_fit(train_x, train_y, classes=[0, 1])
            accuracy = model.score(test_x, test_y)
            ml.log_metric("accuracy", accuracy, step=epoch)
            ml.report(accuracy, epoch)
        return {"accuracy": accuracy}

    frame = data()
    best = ml.sweep(
        train.partial(frame=frame),
        {"rate": ml.loguniform(1e-6, 1.0), "loss": ml.choice("hinge", "log_loss")},
        "accuracy",
        n_trials=12,
        parallel=2,
        pruner="median",
        seed=1,
    )

    @task
    def final(frame, found):
        print(f"training the final model on {len(frame)} rows with {found}")

    final(frame, best["params"])


sweep_with_pruning()
