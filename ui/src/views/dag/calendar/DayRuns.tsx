// The runs of one day.
import { Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Duration } from "~/components/Duration";
import { ErrorCard } from "~/components/ErrorCard";
import { StateBadge } from "~/components/StateBadge";
import { When } from "~/components/When";
import { dayBounds } from "~/time/bounds";
import { dagRuns } from "../runs/queries";
import css from "./calendar.module.css";

interface Props {
  dagId: string;
  day: string;
  zone: string;
  counts: Record<string, number> | undefined;
}

export function DayRuns({ dagId, day, zone, counts }: Props) {
  const [start, end] = dayBounds(day, zone);
  const runs = useQuery({
    queryKey: ["dag", dagId, "runs", "day", day, zone],
    queryFn: ({ signal }) =>
      dagRuns(dagId, { run_after_gte: start, run_after_lt: end, order_by: ["-run_after"], limit: 100 }, signal),
    enabled: start !== undefined,
  });
  return (
    <section className={css.dayRuns} aria-label={`Runs of ${day}`}>
      <h2 className={css.dayTitle}>{day}</h2>
      {runs.error && <ErrorCard error={runs.error} onRetry={() => runs.refetch()} />}
      {runs.isPending && <Loader size="xs" aria-label="Loading" />}
      {runs.data?.dag_runs.map((run) => (
        <Link
          key={run.dag_run_id}
          to="/dags/$dagId/runs/$runId"
          params={{ dagId, runId: run.dag_run_id }}
          className={css.dayRun}
        >
          <StateBadge state={run.state} />
          <span className="clip">{run.dag_run_id}</span>
          <When at={run.run_after} />
          <Duration start={run.start_date} end={run.end_date} />
        </Link>
      ))}
      {runs.data?.dag_runs.length === 0 && (
        <div className="quiet">
          {counts?.planned ? `${counts.planned} planned, none made yet.` : "No run on this day."}
        </div>
      )}
    </section>
  );
}
