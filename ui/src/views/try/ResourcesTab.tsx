// What the try used over its time: processor, memory, GPU.
import { Loader } from "@mantine/core";
import { IconCpu } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { bytesText, durationText } from "~/time/format";
import type { TryTabProps } from "./index";
import { resourcesQuery } from "./queries";
import css from "./try.module.css";

const Plot = lazy(() => import("~/components/Plot"));
const percent = (value: number) => `${Math.round(value)} %`;

export default function ResourcesTab({ of, shown, asked }: TryTabProps) {
  const found = useQuery(resourcesQuery(of, asked));
  if (found.error) return <ErrorCard error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <Loader size="sm" aria-label="Loading" />;
  const { at, cpu_percent, rss_bytes, gpu_percent, gpu_memory_bytes } = found.data;
  if (at.length < 2)
    return (
      <EmptyState icon={IconCpu} title="Too short to be measured">
        Processor, memory and GPU of tasks that run for some seconds are drawn here.
        {shown?.max_rss_bytes ? ` This try took ${bytesText(shown.max_rss_bytes)} of memory at most.` : ""}
      </EmptyState>
    );
  const charts = [
    { title: "Processor", values: cpu_percent, format: percent, colour: "var(--plot-1)" },
    { title: "Memory", values: rss_bytes, format: bytesText, colour: "var(--plot-2)" },
    { title: "GPU", values: gpu_percent, format: percent, colour: "var(--plot-3)" },
    { title: "GPU memory", values: gpu_memory_bytes, format: bytesText, colour: "var(--plot-4)" },
  ].filter(({ values }) => values.length > 0);
  return (
    <div className={css.plots}>
      {charts.map(({ title, values, format, colour }) => (
        <section key={title} className={css.plot}>
          <h2 className={css.plotTitle}>
            {title} <span className="quiet">at most {format(Math.max(...values))}</span>
          </h2>
          <Suspense fallback={<div style={{ height: 160 }} />}>
            <Plot
              label={`${title} over time, at most ${format(Math.max(...values))}`}
              x={at}
              series={[{ label: title, values, colour }]}
              height={160}
              formatX={durationText}
              formatY={format}
              xLabel="time"
              sync="try-resources"
            />
          </Suspense>
        </section>
      ))}
    </div>
  );
}
