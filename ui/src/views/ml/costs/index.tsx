// What DAGs took of the machine: time of tries, what of it was lost, CPU, memory, GPU hours.
import { Loader, SegmentedControl } from "@mantine/core";
import { IconCpu } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { type Column, DataTable } from "~/components/DataTable";
import { Duration } from "~/components/Duration";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { Page } from "~/components/Page";
import css from "../ml.module.css";
import { costsQuery, type DayCost } from "../queries";
import { numberText } from "../text";
import { byDag, byDay, bytesText, type DagCost } from "./sums";

const Plot = lazy(() => import("~/components/Plot"));
const RANGES = ["7", "30", "90"] as const;

const COLUMNS: Column<DagCost>[] = [
  {
    id: "dag",
    title: "DAG",
    filter: "text",
    value: (row) => row.dag_id,
    cell: (row) => (
      <Link to="/dags/$dagId" params={{ dagId: row.dag_id }}>
        {row.dag_id}
      </Link>
    ),
  },
  {
    id: "tries",
    title: "Tries",
    width: "90px",
    align: "right",
    value: (row) => row.tries,
    cell: (row) => row.tries,
    secondary: true,
  },
  {
    id: "time",
    title: "Time",
    width: "110px",
    align: "right",
    value: (row) => row.seconds,
    cell: (row) => <Duration seconds={row.seconds} />,
  },
  {
    id: "lost",
    title: "Of it in failed tries",
    width: "150px",
    align: "right",
    value: (row) => row.lost_seconds,
    cell: (row) => <Duration seconds={row.lost_seconds} />,
    secondary: true,
  },
  {
    id: "cpu",
    title: "CPU time",
    width: "110px",
    align: "right",
    value: (row) => row.cpu_seconds,
    cell: (row) => <Duration seconds={row.cpu_seconds} />,
    secondary: true,
  },
  {
    id: "memory",
    title: "Most memory",
    width: "120px",
    align: "right",
    value: (row) => row.rss_bytes_max,
    cell: (row) => bytesText(row.rss_bytes_max),
    secondary: true,
  },
  {
    id: "gpu",
    title: "GPU hours",
    width: "110px",
    align: "right",
    value: (row) => row.gpu_seconds,
    cell: (row) => <span className="numbers">{numberText(row.gpu_seconds / 3600)}</span>,
  },
  {
    id: "idle",
    title: "Of them idle",
    width: "110px",
    align: "right",
    value: (row) => row.idle_gpu_seconds,
    cell: (row) => <span className="numbers">{numberText(row.idle_gpu_seconds / 3600)}</span>,
    secondary: true,
  },
];

export default function CostsView() {
  const search = useSearch({ from: "/shell/costs" });
  const navigate = useNavigate({ from: "/costs" });
  const days = search.days ?? 30;
  const found = useQuery(costsQuery(days));
  return (
    <Page
      title="Machine and costs"
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Days"
          data={RANGES.map((value) => ({ value, label: `${value} days` }))}
          value={String(days)}
          onChange={(value) => void navigate({ search: { days: Number(value) }, replace: true })}
        />
      }
    >
      {found.error && <ErrorCard error={found.error} onRetry={() => found.refetch()} />}
      {found.isPending && <Loader size="sm" aria-label="Loading what was spent" />}
      {found.data?.days.length === 0 && (
        <EmptyState icon={IconCpu} title="Nothing has run" command="tradewind run examples/train_classifier.py">
          Each try counts by its time; those that run for longer, or ask for <code>resources</code>, by CPU, memory and
          GPUs as well.
        </EmptyState>
      )}
      {found.data && found.data.days.length > 0 && <Spent days={found.data.days} />}
    </Page>
  );
}

function Spent({ days }: { days: DayCost[] }) {
  const rows = byDag(days);
  const plot = byDay(days);
  const sum = (of: (row: DagCost) => number) => rows.reduce((all, row) => all + of(row), 0);
  const hasGpu = plot.gpuHours.some((hours) => hours > 0);
  return (
    <>
      <div className={css.figures}>
        <div>
          <strong>
            <Duration seconds={sum((row) => row.seconds)} />
          </strong>
          <span className="quiet">time of tries</span>
        </div>
        <div>
          <strong>
            <Duration seconds={sum((row) => row.lost_seconds)} />
          </strong>
          <span className="quiet">of it in tries that failed</span>
        </div>
        <div>
          <strong className="numbers">{numberText(sum((row) => row.gpu_seconds) / 3600)}</strong>
          <span className="quiet">GPU hours</span>
        </div>
        <div>
          <strong className="numbers">{numberText(sum((row) => row.idle_gpu_seconds) / 3600)}</strong>
          <span className="quiet">GPU hours idle</span>
        </div>
      </div>
      {plot.x.length > 1 && (
        <Suspense fallback={null}>
          <Plot
            label="Hours of each day"
            isTime
            xLabel="day"
            formatX={(x) => new Date(x * 1000).toISOString().slice(5, 10)}
            x={plot.x}
            height={180}
            series={[
              { label: "hours", values: plot.hours },
              ...(hasGpu ? [{ label: "GPU hours", values: plot.gpuHours }] : []),
            ]}
          />
        </Suspense>
      )}
      <section className={css.section} aria-label="By DAG">
        <DataTable rows={rows} columns={COLUMNS} rowKey={(row) => row.dag_id} label="What DAGs took" />
      </section>
    </>
  );
}
