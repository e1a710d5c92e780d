// How long runs took, waited and landed; and each task, with what stands out.
import { Loader, SegmentedControl } from "@mantine/core";
import { IconChartLine } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import type { DurationPoint } from "~/api/schema";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { StateBadge } from "~/components/StateBadge";
import { When } from "~/components/When";
import { dayTime, durationText } from "~/time/format";
import { useNow } from "~/time/now";
import { useZone } from "~/time/zone";
import page from "../dag.module.css";
import { durationsQuery } from "../queries";
import type { TabProps } from "../TabLinks";
import css from "./durations.module.css";
import { landing, outliers, trends } from "./series";
import { TaskTrends } from "./TaskTrends";

const Plot = lazy(() => import("~/components/Plot"));
const DEFAULT_RUNS = 100;

export default function DurationsTab({ dagId }: TabProps) {
  const search = useSearch({ from: "/shell/dags/$dagId" });
  const navigate = useNavigate({ from: "/dags/$dagId" });
  const limit = search.runs ?? DEFAULT_RUNS;
  const query = useQuery(durationsQuery(dagId, limit));
  if (query.error && !query.data) return <ErrorCard error={query.error} onRetry={() => query.refetch()} />;
  if (!query.data) return <Loader size="sm" aria-label="Loading" />;
  const points = query.data;
  if (!points.some((point) => point.run_seconds !== null))
    return (
      <EmptyState icon={IconChartLine} title="No run has ended yet">
        When some have, this shows how long they take, which tasks it goes into, and what stands out.
      </EmptyState>
    );
  return (
    <>
      <div className={page.tools}>
        <span className="quiet">The last</span>
        <SegmentedControl
          size="xs"
          aria-label="Number of runs"
          value={String(limit)}
          data={["25", "100", "365"]}
          onChange={(runs) => void navigate({ search: (before) => ({ ...before, runs: Number(runs) }), replace: true })}
        />
        <span className="quiet">runs</span>
      </div>
      <Runs dagId={dagId} points={points} />
      <TaskTrends dagId={dagId} points={points} trends={trends(points)} />
    </>
  );
}

function Runs({ dagId, points }: { dagId: string; points: DurationPoint[] }) {
  const navigate = useNavigate();
  const [zone, now] = [useZone(), useNow(false)];
  const x = useMemo(() => points.map((point) => Date.parse(point.run_after) / 1000), [points]);
  const landings = useMemo(() => points.map(landing), [points]);
  const far = useMemo(() => outliers(landings), [landings]);
  const series = useMemo(
    () => [
      { label: "ran", values: points.map((point) => point.run_seconds), colour: "var(--accent)" },
      { label: "waited", values: points.map((point) => point.queue_seconds), colour: "var(--state-queued)" },
      {
        label: "stands out",
        values: landings.map((value, at) => (far[at] ? value : null)),
        colour: "var(--state-failed)",
        isPoints: true,
      },
    ],
    [points, landings, far],
  );
  const slow = points
    .filter((_, at) => far[at])
    .slice(-6)
    .reverse();
  return (
    <section className={css.card} aria-label="Runs">
      <h2 className={css.title}>Runs</h2>
      <Suspense fallback={<div className={css.room} />}>
        <Plot
          label="Seconds that runs waited and ran"
          x={x}
          series={series}
          height={220}
          isTime
          formatX={(seconds) => dayTime(new Date(seconds * 1000), zone, now)}
          formatY={durationText}
          onPick={(at) => {
            const runId = points[at]?.run_id;
            if (runId) void navigate({ to: "/dags/$dagId/runs/$runId", params: { dagId, runId } });
          }}
        />
      </Suspense>
      {slow.length > 0 && (
        <div className={css.slow}>
          <span className="quiet">Landed late:</span>
          {slow.map((point) => (
            <Link key={point.run_id} to="/dags/$dagId/runs/$runId" params={{ dagId, runId: point.run_id }}>
              <StateBadge state={point.state} variant="icon" /> <When at={point.run_after} />{" "}
              <span className="numbers">{durationText(landing(point) ?? 0)}</span>
            </Link>
          ))}
        </div>
      )}
    </section>
  );
}
