"""What would run when: users' DAGs on a fake clock, with the real engine, limits and timetables, and made-up tasks."""
