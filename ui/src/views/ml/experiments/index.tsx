// Runs as experiments: params and metrics in a table, chosen ones' curves over each other, parallel coordinates, CSV.
import { Button, Checkbox, Loader, Menu, Select } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconCheck, IconFlask } from "@tabler/icons-react";
import { useInfiniteQuery, useQueries } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import type { MetricSeries } from "~/api/schema";
import { type Column, DataTable } from "~/components/DataTable";
import { Duration } from "~/components/Duration";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { Page } from "~/components/Page";
import { StateBadge } from "~/components/StateBadge";
import { When } from "~/components/When";
import { metricsQuery } from "~/views/run/queries";
import css from "../ml.module.css";
import { ParallelCoordinates } from "../ParallelCoordinates";
import { type ExperimentRow, experimentsQuery } from "../queries";
import { numberText } from "../text";
import { overlaid } from "./curves";
import {
  columnsOf,
  csvOf,
  goodnessOf,
  idOf,
  judgedBy,
  metricsOf,
  nameOf,
  paramsOf,
  runText,
  saysSomething,
  textOf,
} from "./table";

const Plot = lazy(() => import("~/components/Plot"));
const MOST_CHOSEN = 8;
const MOST_PLOTS = 12;

export default function ExperimentsView() {
  const search = useSearch({ from: "/shell/experiments" });
  const navigate = useNavigate({ from: "/experiments" });
  const found = useInfiniteQuery(experimentsQuery(search.dag));
  const all = useMemo(() => found.data?.pages.flatMap((page) => page.runs) ?? [], [found.data]);
  const told = useMemo(() => all.filter(saysSomething), [all]);
  const rows = search.all || told.length === 0 ? all : told;
  const chosen = search.run ?? [];
  const put = (next: { dag?: string; run?: string[]; by?: string; all?: true; col?: string[] }) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const choose = (id: string) =>
    put({ run: chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(-MOST_CHOSEN) });
  const metrics = useMemo(() => metricsOf(rows), [rows]);
  const by = search.by ?? metrics[0];
  const { ref, width } = useElementSize();
  const names = useMemo(() => columnsOf(rows, by), [rows, by]);
  const shown = search.col?.filter((name) => names.includes(name)) ?? names.slice(0, fitting(width));
  return (
    <Page
      title="Experiments"
      actions={
        <>
          <Select
            size="xs"
            aria-label="DAG"
            placeholder="All DAGs"
            clearable
            searchable
            data={[...new Set([...(search.dag ? [search.dag] : []), ...all.map((row) => row.dag_id)])].sort()}
            value={search.dag ?? null}
            onChange={(dag) => put({ dag: dag ?? undefined, run: undefined })}
          />
          <Select
            size="xs"
            aria-label="Judge by"
            placeholder="Judge by"
            data={metrics}
            value={by ?? null}
            onChange={(next) => put({ by: next ?? undefined })}
          />
          <ColumnChoice names={names} shown={shown} onChoose={(col) => put({ col })} />
          <Button variant="default" size="xs" disabled={rows.length === 0} onClick={() => save(csvOf(rows))}>
            Export CSV
          </Button>
        </>
      }
    >
      {found.error && <ErrorCard error={found.error} onRetry={() => found.refetch()} />}
      {found.isPending && <Loader size="sm" aria-label="Loading the experiments" />}
      {found.data && rows.length === 0 && (
        <EmptyState icon={IconFlask} title="No runs yet" command="tradewind run examples/train_classifier.py">
          Every run is an experiment: its params, and the metrics that its tasks log with <code>log_metric</code>.
        </EmptyState>
      )}
      {rows.length > 0 && (
        <div ref={ref}>
          <Coordinates rows={judgedBy(rows, by)} by={by} />
          <Curves rows={rows.filter((row) => chosen.includes(idOf(row)))} />
          <Runs
            rows={rows}
            shown={shown}
            chosen={chosen}
            onChoose={choose}
            onEnd={() => void (found.hasNextPage && found.fetchNextPage())}
          />
          {told.length > 0 && told.length < all.length && (
            <button type="button" className={css.more} onClick={() => put({ all: search.all ? undefined : true })}>
              {search.all
                ? "Only runs with params or metrics"
                : `${all.length - told.length} more without params or metrics`}
            </button>
          )}
        </div>
      )}
    </Page>
  );
}

function Coordinates({ rows, by }: { rows: ExperimentRow[]; by: string | undefined }) {
  const goodness = goodnessOf(rows, by);
  const lines = rows.map((row, at) => ({
    id: idOf(row),
    label: `${row.dag_id} · ${row.run_id}`,
    cells: { ...row.params, ...(by ? { [by]: row.metrics[by] } : {}) },
    goodness: goodness[at] ?? null,
  }));
  const columns = [...paramsOf(rows).slice(0, 9), ...(by ? [by] : [])];
  return <ParallelCoordinates label="Params and the metric of each run" columns={columns} lines={lines} />;
}

function Curves({ rows }: { rows: ExperimentRow[] }) {
  const found = useQueries({ queries: rows.map((row) => metricsQuery({ dagId: row.dag_id, runId: row.run_id })) });
  const series = found.map((one) => (one.data ?? []) as MetricSeries[]);
  const plots = overlaid(
    series,
    rows.map((row) => row.run_id),
  );
  if (rows.length === 0) return null;
  return (
    <section className={css.section} aria-label="Curves">
      <h2 className={css.title}>
        Curves <span className="quiet">{rows.length === 1 ? "one run" : `${rows.length} runs`}</span>
      </h2>
      {plots.length === 0 && found.every((one) => !one.isPending) && (
        <div className="quiet">These runs logged no metric at several steps.</div>
      )}
      <div className={css.plots}>
        {plots.slice(0, MOST_PLOTS).map((plot) => (
          <figure key={plot.name}>
            <figcaption>{plot.name}</figcaption>
            <Suspense fallback={null}>
              <Plot label={`${plot.name} of the chosen runs`} x={plot.x} height={190} series={plot.series} />
            </Suspense>
          </figure>
        ))}
      </div>
    </section>
  );
}

interface RunsProps {
  rows: ExperimentRow[];
  /** Of metrics and params, as `columnsOf` names them. */
  shown: string[];
  chosen: string[];
  onChoose: (id: string) => void;
  onEnd: () => void;
}

function Runs({ rows, shown, chosen, onChoose, onEnd }: RunsProps) {
  const navigate = useNavigate();
  const columns: Column<ExperimentRow>[] = [
    {
      id: "chosen",
      title: "",
      width: "34px",
      cell: (row) => (
        <Checkbox
          size="xs"
          aria-label={`Curves of ${row.run_id}`}
          checked={chosen.includes(idOf(row))}
          onChange={() => onChoose(idOf(row))}
        />
      ),
    },
    {
      id: "run",
      title: "Run",
      filter: "text",
      value: (row) => `${row.dag_id} ${row.run_id}`,
      cell: (row) => (
        <Link
          to="/dags/$dagId/runs/$runId"
          params={{ dagId: row.dag_id, runId: row.run_id }}
          className="clip"
          title={row.run_id}
        >
          {row.dag_id} <span className="quiet">{runText(row.run_id)}</span>
        </Link>
      ),
    },
    {
      id: "state",
      title: "State",
      width: "120px",
      filter: "choice",
      value: (row) => row.state,
      cell: (row) => <StateBadge state={row.state} />,
      secondary: true,
    },
    ...shown.map((id): Column<ExperimentRow> => {
      const [kind, name] = [id.startsWith("params ") ? ("params" as const) : ("metrics" as const), nameOf(id)];
      return {
        id,
        title: name,
        align: "right",
        width: `${COLUMN_PIXELS}px`,
        value: (row) => comparable(row[kind][name]),
        cell: (row) => (
          <span className={kind === "params" ? "quiet numbers clip" : "numbers clip"}>{cellOf(row[kind][name])}</span>
        ),
        secondary: kind === "params",
      };
    }),
    {
      id: "seconds",
      title: "Took",
      width: "90px",
      align: "right",
      value: (row) => row.seconds,
      cell: (row) => <Duration start={row.started_at} seconds={row.seconds} />,
      secondary: true,
    },
    {
      id: "started",
      title: "Started",
      width: "120px",
      value: (row) => row.started_at ?? "",
      cell: (row) => <When at={row.started_at} relative />,
      secondary: true,
    },
  ];
  return (
    <section className={css.section} aria-label="Runs">
      <DataTable
        rows={rows}
        columns={columns}
        rowKey={idOf}
        label="Experiments"
        onEnd={onEnd}
        onOpen={(row) =>
          void navigate({ to: "/dags/$dagId/runs/$runId", params: { dagId: row.dag_id, runId: row.run_id } })
        }
      />
    </section>
  );
}

interface ChoiceProps {
  names: string[];
  shown: string[];
  onChoose: (names: string[]) => void;
}

function ColumnChoice({ names, shown, onChoose }: ChoiceProps) {
  const toggle = (name: string) =>
    onChoose(names.filter((one) => (one === name ? !shown.includes(one) : shown.includes(one))));
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="xs" disabled={names.length === 0}>
          Columns
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
        {names.map((name) => (
          <Menu.Item
            key={name}
            role="menuitemcheckbox"
            aria-checked={shown.includes(name)}
            leftSection={<IconCheck size={14} aria-hidden style={{ opacity: shown.includes(name) ? 1 : 0 }} />}
            onClick={() => toggle(name)}
          >
            {nameOf(name)} <span className="quiet">{name.startsWith("params ") ? "param" : ""}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const cellOf = (value: unknown) => (typeof value === "number" ? numberText(value) : textOf(value));
const FIXED_PIXELS = 640;
const COLUMN_PIXELS = 100;
const fitting = (width: number) => Math.max(1, Math.floor((width - FIXED_PIXELS) / COLUMN_PIXELS));

const comparable = (value: unknown): string | number | null =>
  typeof value === "number" ? value : value === undefined || value === null ? null : textOf(value);

function save(text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.download = "experiments.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}
