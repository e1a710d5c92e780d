// The metrics of both runs as curves over each other.
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";
import type { Comparison, MetricSeries } from "~/api/schema";
import { metricsQuery } from "~/views/run/queries";
import css from "./compare.module.css";
import { overlaid } from "./overlay";

const Plot = lazy(() => import("~/components/Plot"));
const MOST_PLOTS = 12;
const NONE: MetricSeries[] = [];

interface Props {
  left: Comparison["left"];
  right: Comparison["right"];
}

export function MetricPlots({ left, right }: Props) {
  const one = useQuery(metricsQuery({ dagId: left.dag_id, runId: left.run_id }));
  const other = useQuery(metricsQuery({ dagId: right.dag_id, runId: right.run_id }));
  const plots = useMemo(() => overlaid(one.data ?? NONE, other.data ?? NONE), [one.data, other.data]);
  const curves = plots.filter((plot) => plot.x.length > 1);
  if (curves.length === 0) return null;
  return (
    <section className={css.plots} aria-label="Curves">
      {curves.slice(0, MOST_PLOTS).map((plot) => (
        <figure key={plot.name} className={css.plot}>
          <figcaption>{plot.name}</figcaption>
          <Suspense fallback={<div className={css.room} />}>
            <Plot
              label={`${plot.name} of both runs`}
              x={plot.x}
              height={170}
              series={[
                { label: "left", values: plot.left, colour: "var(--state-queued)" },
                { label: "right", values: plot.right, colour: "var(--accent)" },
              ]}
            />
          </Suspense>
        </figure>
      ))}
      {curves.length > MOST_PLOTS && <div className="quiet">and {curves.length - MOST_PLOTS} more metrics</div>}
    </section>
  );
}
