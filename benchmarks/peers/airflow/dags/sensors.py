import os
import tempfile

from airflow.providers.standard.sensors.filesystem import FileSensor
from airflow.sdk import DAG

SCRATCH = os.environ.get("BENCH_SCRATCH", tempfile.gettempdir())


def make(kind, **kw):
    with DAG(f"sensor_{kind}", schedule=None, catchup=False) as dag:
        FileSensor(task_id="wait", filepath=f"{SCRATCH}/sensor_{kind}.flag", poke_interval=1, timeout=120, **kw)
    return dag


sensor_poke = make("poke", mode="poke")
sensor_reschedule = make("reschedule", mode="reschedule")
sensor_defer = make("defer", deferrable=True)
