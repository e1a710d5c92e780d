// Metrics that the try logged, as curves that grow while it runs.
import { Loader } from "@mantine/core";
import { IconChartLine } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useRef } from "react";
import { useLive } from "~/api/live";
import { mapText } from "~/api/mapPath";
import type { MetricSeries } from "~/api/schema";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import type { TryTabProps } from "./index";
import { metricsQuery } from "./queries";
import css from "./try.module.css";

const Plot = lazy(() => import("~/components/Plot"));
const RENEW_MILLISECONDS = 500;

export default function MetricsTab({ of, asked }: TryTabProps) {
  const query = metricsQuery(of, asked);
  const found = useQuery(query);
  useRenewal(of, query.queryKey);
  if (found.error) return <ErrorCard error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <Loader size="sm" aria-label="Loading the metrics" />;
  if (found.data.length === 0)
    return (
      <EmptyState icon={IconChartLine} title="No metrics" command={"from tradewind import log_metric"}>
        What a task logs as a metric is drawn here while it runs, and compared between runs.
      </EmptyState>
    );
  return (
    <div className={css.plots}>
      {found.data.map((series) => (
        <Curve key={series.name} series={series} />
      ))}
    </div>
  );
}

function Curve({ series }: { series: MetricSeries }) {
  const last = series.values.at(-1);
  return (
    <section className={css.plot}>
      <h2 className={css.plotTitle}>
        {series.name} <span className="numbers quiet">{last === undefined ? "" : Number(last.toPrecision(6))}</span>
        {series.total > series.values.length && <span className="quiet"> {series.total} points, thinned out</span>}
      </h2>
      {series.values.length > 1 ? (
        <Suspense fallback={<div style={{ height: 180 }} />}>
          <Plot
            label={`${series.name} over steps; last ${last}`}
            x={series.steps}
            series={[{ label: series.name, values: series.values }]}
            height={180}
            xLabel="step"
            sync="try-metrics"
          />
        </Suspense>
      ) : (
        <p className={css.single}>{last}</p>
      )}
    </section>
  );
}

/** Asks again while metrics of this instance arrive, at most twice a second. */
function useRenewal(of: TryTabProps["of"], queryKey: readonly unknown[]): void {
  const queries = useQueryClient();
  const timer = useRef<number>(undefined);
  useLive((event) => {
    const isMine =
      event.kind === "metric" &&
      event.dag_id === of.dagId &&
      event.run_id === of.runId &&
      event.task_id === of.taskId &&
      mapText(event.map_path) === of.map;
    if (!isMine || timer.current !== undefined) return;
    timer.current = window.setTimeout(() => {
      timer.current = undefined;
      void queries.invalidateQueries({ queryKey });
    }, RENEW_MILLISECONDS);
  });
}
