// One sweep: how it went on, what mattered, which params were good, every trial.
import { Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { type Column, DataTable } from "~/components/DataTable";
import { Duration } from "~/components/Duration";
import { ErrorCard } from "~/components/ErrorCard";
import { Page } from "~/components/Page";
import { Tag } from "~/components/Tag";
import { Bars } from "../Bars";
import { textOf } from "../experiments/table";
import css from "../ml.module.css";
import { ParallelCoordinates } from "../ParallelCoordinates";
import { type SweepEnded, type SweepStarted, sweepQuery, type Trial, type TrialBegun } from "../queries";
import { numberText } from "../text";
import { goodness, historyOf, runningOf } from "./history";
import { sweepText } from "./name";

const Plot = lazy(() => import("~/components/Plot"));
const TONES = { complete: "good", pruned: "warn", failed: "bad", skipped: "quiet" } as const;

export default function SweepView() {
  const { sweep } = useParams({ from: "/shell/sweeps/$sweep" });
  const found = useQuery(sweepQuery(sweep));
  const { begun, ended, trials, started } = found.data ?? {};
  const running = trials && started ? runningOf(started, trials, ended) : [];
  return (
    <Page
      name={sweep}
      title={begun?.dag_id ? sweepText(begun) : sweep}
      trail={[
        { label: "Sweeps", to: "/sweeps" },
        ...(begun?.dag_id ? [{ label: begun.dag_id, to: `/dags/${encodeURIComponent(begun.dag_id)}` }] : []),
      ]}
      below={begun && <Facts begun={begun} />}
    >
      {found.error && <ErrorCard error={found.error} onRetry={() => found.refetch()} />}
      {found.isPending && <Loader size="sm" aria-label="Loading the sweep" />}
      {ended && <Best ended={ended} />}
      {running.length > 0 && <Running trials={running} />}
      {begun && trials && trials.length > 0 && <Trials begun={begun} ended={ended} trials={trials} />}
      {trials?.length === 0 && running.length === 0 && <p className="quiet">No trial has ended yet.</p>}
    </Page>
  );
}

function Facts({ begun }: { begun: SweepStarted }) {
  const { said } = begun;
  return (
    <span className={css.facts}>
      <span>
        {said.direction} {said.objective}
      </span>
      <span>{said.n_trials} trials</span>
      <span>{said.parallel} at once</span>
      <span>{said.sampler}</span>
      {said.pruner && <span>{said.pruner}</span>}
      {begun.dag_id && (
        <Link to="/dags/$dagId/runs/$runId" params={{ dagId: begun.dag_id, runId: begun.run_id }}>
          {begun.run_id}
        </Link>
      )}
    </span>
  );
}

function Running({ trials }: { trials: TrialBegun[] }) {
  return (
    <section className={css.section} aria-label="Running trials">
      <h2 className={css.title}>
        Running now <span className="quiet">{trials.length}</span>
      </h2>
      <ul>
        {trials.map((one) => (
          <li key={one.entry_id}>
            <Link {...placeOf(one)}>trial {one.said.number}</Link>{" "}
            <span className="quiet">
              {Object.entries(one.said.params)
                .map(([name, value]) => `${name} ${textOf(value)}`)
                .join(", ")}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Best({ ended }: { ended: SweepEnded }) {
  const { said } = ended;
  const params = Object.entries(said.best_params);
  return (
    <div className={css.figures}>
      <div>
        <strong className="numbers">{numberText(said.best_value)}</strong>
        <span className="quiet">best, of trial {said.best_number ?? "none"}</span>
      </div>
      {params.map(([name, value]) => (
        <div key={name}>
          <strong className="numbers">{textOf(value)}</strong>
          <span className="quiet">{name}</span>
        </div>
      ))}
      <div>
        <strong className="numbers">
          {said.complete} / {said.pruned} / {said.failed}
        </strong>
        <span className="quiet">complete / pruned / failed</span>
      </div>
    </div>
  );
}

function Trials({ begun, ended, trials }: { begun: SweepStarted; ended: SweepEnded | undefined; trials: Trial[] }) {
  const navigate = useNavigate();
  const isMinimized = begun.said.direction === "minimize";
  const history = historyOf(trials, isMinimized);
  const good = goodness(trials, isMinimized);
  const params = [...new Set(trials.flatMap((one) => Object.keys(one.said.params)))];
  const objective = begun.said.objective || "value";
  const lines = trials.map((one, at) => ({
    id: String(one.said.number),
    label: `trial ${one.said.number}: ${numberText(one.said.value)}`,
    cells: { ...one.said.params, [objective]: one.said.value },
    goodness: good[at] ?? null,
  }));
  const open = (number: string) => {
    const one = trials.find((trial) => String(trial.said.number) === number);
    if (one) void navigate(placeOf(one));
  };
  const importances = Object.entries(ended?.said.importances ?? {}).sort((a, b) => b[1] - a[1]);
  return (
    <>
      <div className={css.plots}>
        <section aria-label="History">
          <h2 className={css.title}>History</h2>
          <Suspense fallback={null}>
            <Plot
              label={`${objective} of each trial and the best until then`}
              x={history.x}
              xLabel="trial"
              height={210}
              series={[
                { label: objective, values: history.values, isPoints: true, colour: "var(--state-queued)" },
                { label: "best", values: history.best, colour: "var(--accent)" },
              ]}
            />
          </Suspense>
        </section>
        {importances.length > 0 && (
          <section aria-label="Importances">
            <h2 className={css.title}>What mattered</h2>
            <Bars
              label="Importance of each param"
              bars={importances.map(([name, value]) => ({ name, value, text: `${numberText(100 * value)} %` }))}
            />
          </section>
        )}
      </div>
      <section className={css.section} aria-label="Parallel coordinates">
        <ParallelCoordinates
          label="Params and value of each trial"
          columns={[...params, objective]}
          lines={lines}
          onOpen={open}
        />
      </section>
      <section className={css.section} aria-label="Trials">
        <DataTable
          rows={trials}
          columns={columnsOf(params, objective)}
          rowKey={(row) => String(row.said.number)}
          label="Trials"
          onOpen={(row) => void navigate(placeOf(row))}
        />
      </section>
    </>
  );
}

const placeOf = (one: Trial | TrialBegun) => ({
  to: "/dags/$dagId/runs/$runId/tasks/$taskId" as const,
  params: { dagId: one.dag_id, runId: one.run_id, taskId: one.task_id },
  search: { map: one.map_path.join(".") || undefined },
});

function columnsOf(params: readonly string[], objective: string): Column<Trial>[] {
  return [
    {
      id: "number",
      title: "Trial",
      width: "80px",
      value: (row) => row.said.number,
      cell: (row) => <Link {...placeOf(row)}>{row.said.number}</Link>,
    },
    {
      id: "state",
      title: "State",
      width: "110px",
      filter: "choice",
      value: (row) => row.said.state,
      cell: (row) => (
        <Tag tone={TONES[row.said.state]} title={row.said.reason}>
          {row.said.state}
        </Tag>
      ),
    },
    {
      id: "value",
      title: objective,
      align: "right",
      value: (row) => row.said.value,
      cell: (row) => <span className="numbers">{numberText(row.said.value)}</span>,
    },
    ...params.map(
      (name): Column<Trial> => ({
        id: `param ${name}`,
        title: name,
        value: (row) => comparable(row.said.params[name]),
        cell: (row) => <span className="numbers">{textOf(row.said.params[name])}</span>,
        secondary: true,
      }),
    ),
    {
      id: "seconds",
      title: "Took",
      width: "90px",
      align: "right",
      value: (row) => row.said.seconds,
      cell: (row) => <Duration seconds={row.said.seconds} />,
      secondary: true,
    },
  ];
}

const comparable = (value: unknown): string | number | null =>
  typeof value === "number" ? value : value === undefined || value === null ? null : textOf(value);
