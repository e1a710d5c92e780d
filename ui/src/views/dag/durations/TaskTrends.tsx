// The tasks by how long they usually take: a line for each, and the lines of those that are chosen in one plot.
import { Checkbox } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useState } from "react";
import type { DurationPoint } from "~/api/schema";
import { type Column, DataTable } from "~/components/DataTable";
import { Sparkline } from "~/components/Sparkline";
import { dayTime, durationText } from "~/time/format";
import { useNow } from "~/time/now";
import { useZone } from "~/time/zone";
import css from "./durations.module.css";
import type { TaskTrend } from "./series";

const Plot = lazy(() => import("~/components/Plot"));
const MOST_LINES = 8;
const FIRST_LINES = 4;

interface Props {
  dagId: string;
  points: DurationPoint[];
  trends: TaskTrend[];
}

export function TaskTrends({ dagId, points, trends }: Props) {
  const navigate = useNavigate();
  const [zone, now] = [useZone(), useNow(false)];
  const { task } = useSearch({ from: "/shell/dags/$dagId" });
  const first = task ? [task] : trends.slice(0, FIRST_LINES).map((trend) => trend.taskId);
  const [chosen, choose] = useState<string[] | undefined>();
  const shown = chosen ?? first;
  const x = useMemo(() => points.map((point) => Date.parse(point.run_after) / 1000), [points]);
  const series = useMemo(
    () =>
      trends
        .filter((trend) => shown.includes(trend.taskId))
        .map((trend) => ({ label: trend.taskId, values: trend.values })),
    [trends, shown],
  );
  const columns: Column<TaskTrend>[] = [
    {
      id: "shown",
      title: "Plot",
      width: "48px",
      cell: (trend) => (
        <Checkbox
          size="xs"
          aria-label={`Show ${trend.taskId}`}
          checked={shown.includes(trend.taskId)}
          onChange={(event) =>
            choose(
              event.currentTarget.checked
                ? [...shown, trend.taskId].slice(-MOST_LINES)
                : shown.filter((one) => one !== trend.taskId),
            )
          }
        />
      ),
    },
    { id: "task", title: "Task", value: (trend) => trend.taskId, filter: "text", cell: (trend) => trend.taskId },
    {
      id: "trend",
      title: "Trend",
      width: "130px",
      secondary: true,
      cell: (trend) => (
        <Sparkline values={trend.values.map((value) => value ?? Number.NaN)} label={`Durations of ${trend.taskId}`} />
      ),
    },
    {
      id: "median",
      title: "Usually",
      width: "100px",
      align: "right",
      value: (trend) => trend.median,
      cell: (trend) => <span className="numbers">{durationText(trend.median)}</span>,
    },
    {
      id: "last",
      title: "Last",
      width: "100px",
      align: "right",
      value: (trend) => trend.last,
      cell: (trend) => <span className="numbers">{trend.last === null ? "–" : durationText(trend.last)}</span>,
    },
    {
      id: "change",
      title: "Change",
      width: "90px",
      align: "right",
      value: (trend) => trend.change,
      cell: (trend) => <Change change={trend.change} />,
    },
    {
      id: "outliers",
      title: "Stand out",
      width: "90px",
      align: "right",
      secondary: true,
      value: (trend) => trend.outliers,
      cell: (trend) => <span className="numbers">{trend.outliers || ""}</span>,
    },
  ];
  return (
    <section className={css.card} aria-label="Tasks">
      <h2 className={css.title}>Tasks</h2>
      {series.length > 0 && (
        <Suspense fallback={<div className={css.room} />}>
          <Plot
            label="Seconds that tasks ran"
            x={x}
            series={series}
            height={200}
            isTime
            formatX={(seconds) => dayTime(new Date(seconds * 1000), zone, now)}
            formatY={durationText}
            onPick={(at) => {
              const runId = points[at]?.run_id;
              if (runId) void navigate({ to: "/dags/$dagId/runs/$runId", params: { dagId, runId } });
            }}
          />
        </Suspense>
      )}
      <DataTable
        label="Durations of tasks"
        rows={trends}
        columns={columns}
        rowKey={(trend) => trend.taskId}
        rowHeight={32}
      />
    </section>
  );
}

function Change({ change }: { change: number | null }) {
  if (change === null || Math.abs(change) < 0.05) return <span className="quiet">–</span>;
  const sign = change > 0 ? "+" : "−";
  return (
    <span className={`numbers ${change > 0.5 ? css.worse : ""}`}>
      {sign}
      {Math.round(Math.abs(change) * 100)} %
    </span>
  );
}
