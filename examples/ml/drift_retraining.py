"""Orders are compared with those of a good time; when they have drifted, another DAG retrains: once, however many
reports say so within its cooldown."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import DAG, task

from tradewind import ml

with DAG("watch_orders", schedule="@hourly", catchup=False, tags=["ml", "drift"]):

    @task
    def orders(shift: float = 1.5):
        """Those of this hour: customers have become older, and pay otherwise."""
        import numpy
        import pandas

        random = numpy.random.default_rng(1)
        good = pandas.DataFrame(
            {
                "age": random.normal(40, 10, 2000),
                "amount": random.exponential(50, 2000),
                "pays": random.choice(["card", "cash"], 2000, p=[0.7, 0.3]),
            }
        )
        if ml.reference("orders", None) is None:
            ml.set_reference("orders", good)
        return good.assign(age=good["age"] + 10 * shift, pays=random.choice(["card", "cash"], 2000, p=[0.4, 0.6]))

    @task
    def look(frame):
        report = ml.drift("orders", frame)
        print(f"drifted: {report.drifted}, {report.share:.0%} of the columns")
        return report.drifted

    look(orders())

with DAG("retrain_orders", schedule=ml.OnDrift("orders", cooldown=timedelta(hours=6)), tags=["ml", "drift"]):

    @task
    def retrain(triggering_asset_events=None):
        print(f"retraining because of {dict(triggering_asset_events or {})}")

    retrain()
