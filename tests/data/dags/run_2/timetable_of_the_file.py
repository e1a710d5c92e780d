"""A timetable that the file itself defines: runs by hand get their data interval from it."""
from datetime import timedelta

import pendulum
from airflow import DAG
from airflow.decorators import task
from airflow.timetables.base import DagRunInfo, DataInterval, TimeRestriction, Timetable
from pendulum import UTC, DateTime, Time


class EvenHours(Timetable):
    description = "Every second hour"

    def infer_manual_data_interval(self, run_after: DateTime) -> DataInterval:
        end = DateTime.combine(run_after.date(), Time(run_after.hour // 2 * 2)).replace(tzinfo=UTC)
        return DataInterval(start=end - timedelta(hours=2), end=end)

    def next_dagrun_info(self, *, last_automated_data_interval, restriction: TimeRestriction):
        start = last_automated_data_interval.end if last_automated_data_interval else restriction.earliest
        return None if start is None else DagRunInfo.interval(start=start, end=start + timedelta(hours=2))


with DAG("timetable_of_the_file", timetable=EvenHours(), start_date=pendulum.datetime(2024, 1, 1), catchup=False) as dag:

    @task
    def verify(data_interval_start=None, data_interval_end=None, logical_date=None, next_execution_date=None):
        assert data_interval_end - data_interval_start == timedelta(hours=2)
        assert data_interval_end.hour % 2 == 0
        assert data_interval_end.minute == 0
        assert data_interval_end <= logical_date
        assert next_execution_date == data_interval_end

    verify()
