// Monitors: the last report of each, and the shares of drifted columns over time of the one that is chosen.
import { Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { type Column, DataTable } from "~/components/DataTable";
import { ErrorCard } from "~/components/ErrorCard";
import { Tag } from "~/components/Tag";
import { When } from "~/components/When";
import { dayTime, shortTime } from "~/time/format";
import { useZone } from "~/time/zone";
import { FramedPage, Picture, TextFile } from "../files/JournalFile";
import css from "../ml.module.css";
import { type Drift, driftsQuery, type Performance } from "../queries";
import { numberText } from "../text";
import { areDrawn, BeforeAndNow } from "./BeforeAndNow";

const Plot = lazy(() => import("~/components/Plot"));

const COLUMNS: Column<Drift>[] = [
  { id: "monitor", title: "Monitor", value: (row) => row.name, cell: (row) => <strong>{row.name}</strong> },
  {
    id: "drifted",
    title: "Drifted",
    width: "90px",
    value: (row) => (row.said.drifted ? 1 : 0),
    cell: (row) => <Tag tone={row.said.drifted ? "bad" : "good"}>{row.said.drifted ? "yes" : "no"}</Tag>,
  },
  {
    id: "columns",
    title: "Columns",
    width: "110px",
    align: "right",
    value: (row) => row.said.share,
    cell: (row) => `${row.said.columns.filter((one) => one.drifted).length} of ${row.said.columns.length}`,
    secondary: true,
  },
  {
    id: "started",
    title: "Started",
    cell: (row) => (row.said.triggered ? "a run" : <span className="quiet">{row.said.held_why || "nothing"}</span>),
    secondary: true,
  },
  { id: "run", title: "Run", cell: (row) => <RunLink entry={row} />, secondary: true },
  { id: "at", title: "When", width: "120px", value: (row) => row.at, cell: (row) => <When at={row.at} relative /> },
];

export function Monitors({ drifts, performance }: { drifts: Drift[]; performance: Performance[] }) {
  const search = useSearch({ from: "/shell/data" });
  const navigate = useNavigate({ from: "/data" });
  const chosen = drifts.find((one) => one.name === search.name) ?? drifts[0];
  return (
    <>
      {drifts.length > 0 && (
        <DataTable
          rows={drifts}
          columns={COLUMNS}
          rowKey={(row) => row.name}
          label="Monitors of drift"
          onOpen={(row) => void navigate({ search: { name: row.name }, replace: true })}
        />
      )}
      {chosen && <OverTime name={chosen.name} />}
      {chosen && <Columns report={chosen} />}
      {performance.length > 0 && <PerformanceTable rows={performance} />}
    </>
  );
}

const HOUR_MILLISECONDS = 3_600_000;

function OverTime({ name }: { name: string }) {
  const found = useQuery(driftsQuery(name));
  const zone = useZone();
  if (found.error) return <ErrorCard error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <Loader size="sm" aria-label="Loading the reports" />;
  const reports = [...found.data].reverse();
  const now = new Date();
  const ends = [reports[0], reports.at(-1)].map((one) => Date.parse(one?.at ?? ""));
  const textOfTime = (ends[1] ?? 0) - (ends[0] ?? 0) < HOUR_MILLISECONDS ? shortTime : dayTime;
  if (reports.length < 2) return null;
  const share = { label: "drifted columns", values: reports.map((one) => 100 * one.said.share) };
  return (
    <section className={css.section} aria-label={`Drift of ${name} over time`}>
      <h2 className={css.title}>
        {name} over time <span className="quiet">{reports.length} reports</span>
      </h2>
      <Suspense fallback={null}>
        <Plot
          label={`Share of columns of ${name} that drifted`}
          isTime
          x={reports.map((one) => Date.parse(one.at) / 1000)}
          series={[share]}
          xLabel="at"
          formatX={(x) => textOfTime(new Date(x * 1000), zone, now)}
          formatY={(y) => `${numberText(y)} %`}
          height={180}
        />
      </Suspense>
    </section>
  );
}

/** Its figures, and the report to read: as a page where there is one. */
export function ReportFiles({ report, withoutFigures }: { report: Drift; withoutFigures?: boolean }) {
  const { entry_id: entryId, name, said } = report;
  return (
    <>
      {said.figures.length > 0 && !withoutFigures && (
        <div className={css.pictures}>
          {said.figures.map((artifact) => (
            <Picture key={artifact} of={{ entryId, artifact }} label={`Drift of ${name}`} />
          ))}
        </div>
      )}
      {(said.html || said.markdown) && (
        <details className={css.section}>
          <summary>The report</summary>
          {said.html ? (
            <FramedPage of={{ entryId, artifact: said.html }} label={`Report of ${name}`} />
          ) : (
            <TextFile of={{ entryId, artifact: said.markdown }} label={`Report of ${name}`} as="md" />
          )}
        </details>
      )}
    </>
  );
}

type DriftColumn = Drift["said"]["columns"][number];

function Columns({ report }: { report: Drift }) {
  const statistics = [...new Set(report.said.columns.flatMap((one) => Object.keys(one.statistics)))];
  const columns: Column<DriftColumn>[] = [
    { id: "column", title: "Column", value: (row) => row.column, cell: (row) => <strong>{row.column}</strong> },
    { id: "kind", title: "Kind", width: "100px", value: (row) => row.kind, cell: (row) => row.kind, secondary: true },
    {
      id: "drifted",
      title: "Drifted",
      width: "100px",
      value: (row) => (row.drifted ? 1 : 0),
      cell: (row) => (
        <Tag tone={row.drifted ? "bad" : "good"} title={row.reason}>
          {row.drifted ? "yes" : "no"}
        </Tag>
      ),
    },
    {
      id: "p",
      title: "Adjusted p",
      align: "right",
      value: (row) => row.p_adjusted,
      cell: (row) => <span className="numbers">{numberText(row.p_adjusted)}</span>,
    },
    ...statistics.map(
      (name): Column<DriftColumn> => ({
        id: `statistic ${name}`,
        title: name,
        align: "right",
        value: (row) => row.statistics[name] ?? null,
        cell: (row) => <span className="numbers">{numberText(row.statistics[name])}</span>,
        secondary: true,
      }),
    ),
  ];
  return (
    <section className={css.section} aria-label={`Columns of ${report.name}`}>
      <h2 className={css.title}>
        Columns of {report.name}
        <span className="quiet">
          {report.said.reference_rows} rows before, {report.said.current_rows} now · {report.said.correction}
        </span>
      </h2>
      <DataTable rows={report.said.columns} columns={columns} rowKey={(row) => row.column} label="Columns" />
      <BeforeAndNow columns={report.said.columns} />
      <ReportFiles report={report} withoutFigures={areDrawn(report.said.columns)} />
    </section>
  );
}

function PerformanceTable({ rows }: { rows: Performance[] }) {
  const columns: Column<Performance>[] = [
    { id: "monitor", title: "Monitor", value: (row) => row.name, cell: (row) => <strong>{row.name}</strong> },
    {
      id: "model",
      title: "Model",
      value: (row) => row.said.model,
      cell: (row) => `${row.said.model} ${row.said.version}`,
    },
    {
      id: "degraded",
      title: "Degraded",
      width: "100px",
      cell: (row) => (
        <Tag tone={row.said.degraded ? "bad" : "good"} title={row.said.reason}>
          {row.said.degraded ? "yes" : "no"}
        </Tag>
      ),
    },
    {
      id: "metrics",
      title: "Metrics (before)",
      cell: (row) =>
        Object.entries(row.said.metrics)
          .map(([name, value]) => `${name} ${numberText(value)} (${numberText(row.said.baseline[name])})`)
          .join(", "),
      secondary: true,
    },
    { id: "at", title: "When", width: "120px", cell: (row) => <When at={row.at} relative /> },
  ];
  return (
    <section className={css.section} aria-label="Performance on labelled feedback">
      <h2 className={css.title}>Performance on labelled feedback</h2>
      <DataTable rows={rows} columns={columns} rowKey={(row) => row.name} label="Monitors of performance" />
    </section>
  );
}

export function RunLink({ entry }: { entry: { dag_id: string; run_id: string; task_id: string } }) {
  if (!entry.dag_id) return <span className="quiet">–</span>;
  return (
    <Link to="/dags/$dagId/runs/$runId" params={{ dagId: entry.dag_id, runId: entry.run_id }}>
      {entry.dag_id} · {entry.task_id}
    </Link>
  );
}
