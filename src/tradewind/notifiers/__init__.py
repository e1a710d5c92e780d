"""Notifiers: callbacks that tell people (`on_failure_callback=SlackNotifier(text="{{ ti.task_id }} failed")`), one
service a file. Their names and arguments are Airflow's, where it has them."""
