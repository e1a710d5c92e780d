// What the table of experiments has as columns, and as a file.
import type { ExperimentRow } from "../queries";

export const idOf = (row: ExperimentRow): string => `${row.dag_id} ${row.run_id}`;

/** Params that differ among the runs first, as they tell runs apart; then the others. */
export function paramsOf(rows: readonly ExperimentRow[]): string[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.params)))].sort();
  const differs = (name: string) => new Set(rows.map((row) => JSON.stringify(row.params[name]))).size > 1;
  return [...names.filter(differs), ...names.filter((name) => !differs(name))];
}

/** Runs that have the metric: runs of other DAGs have other params. */
export const judgedBy = (rows: readonly ExperimentRow[], by: string | undefined): ExperimentRow[] =>
  rows.filter((row) => by === undefined || row.metrics[by] !== undefined);

const FIRST_PARAMS = 2;

/** `metrics f1`, `params depth`: what is judged by first, then params that tell runs apart, then the rest. */
export function columnsOf(rows: readonly ExperimentRow[], by: string | undefined): string[] {
  const metrics = metricsOf(rows).filter((name) => name !== by);
  const judged = paramsOf(judgedBy(rows, by));
  const others = paramsOf(rows).filter((name) => !judged.includes(name));
  const params = [...judged, ...others].map((name) => `params ${name}`);
  return [
    ...(by === undefined ? [] : [`metrics ${by}`]),
    ...params.slice(0, FIRST_PARAMS),
    ...metrics.map((name) => `metrics ${name}`),
    ...params.slice(FIRST_PARAMS),
  ];
}

export const nameOf = (column: string): string => column.slice(column.indexOf(" ") + 1);

export const saysSomething = (row: ExperimentRow): boolean =>
  Object.keys(row.metrics).length > 0 || Object.keys(row.params).length > 0;

const GIVEN_ID = /^([a-z_]+?)__(\d{4}-\d\d-\d\d)T(\d\d:\d\d)[\d:.]*(?:\+00:00|Z)?(?:_[0-9a-f]{8})?$/;

/** `manual 2026-11-21 16:45` of an id that the server made; one that somebody chose stays as it is. */
export const runText = (runId: string): string => {
  const found = GIVEN_ID.exec(runId);
  return found ? `${found[1]?.replaceAll("_", " ")} ${found[2]} ${found[3]}` : runId;
};

export const metricsOf = (rows: readonly ExperimentRow[]): string[] =>
  [...new Set(rows.flatMap((row) => Object.keys(row.metrics)))].sort();

/** Metrics of which less is better, by what people call them. */
export const isLoss = (name: string): boolean => /loss|error|mae|mse|rmse|perplexity|seconds|duration/i.test(name);

/** From 0, the worst of the rows, to 1. */
export function goodnessOf(rows: readonly ExperimentRow[], metric: string | undefined): (number | null)[] {
  const values = rows.map((row) => (metric === undefined ? null : (row.metrics[metric] ?? null)));
  const known = values.filter((value): value is number => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return values.map((value) => {
    if (value === null) return null;
    const place = high > low ? (value - low) / (high - low) : 1;
    return metric && isLoss(metric) ? 1 - place : place;
  });
}

export function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** RFC 4180. What a spreadsheet would take for a formula begins with an apostrophe. */
export function csvOf(rows: readonly ExperimentRow[]): string {
  const [params, metrics] = [paramsOf(rows), metricsOf(rows)];
  const head = ["dag_id", "run_id", "state", "started_at", "seconds", "git_commit", ...params, ...metrics];
  const lines = rows.map((row) => [
    row.dag_id,
    row.run_id,
    row.state,
    row.started_at ?? "",
    row.seconds ?? "",
    row.git_commit,
    ...params.map((name) => exact(row.params[name])),
    ...metrics.map((name) => row.metrics[name] ?? ""),
  ]);
  return [head, ...lines].map((line) => line.map(quoted).join(",")).join("\r\n");
}

const exact = (value: unknown): unknown =>
  value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : value;

function quoted(value: unknown): string {
  const text = String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
