// What the table of experiments has as columns, and as a file.
import type { ExperimentRow } from "../queries";

export const idOf = (row: ExperimentRow): string => `${row.dag_id} ${row.run_id}`;

/** Params that differ among the runs first, as they tell runs apart; then the others. */
export function paramsOf(rows: readonly ExperimentRow[]): string[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.params)))].sort();
  const differs = (name: string) => new Set(rows.map((row) => JSON.stringify(row.params[name]))).size > 1;
  return [...names.filter(differs), ...names.filter((name) => !differs(name))];
}

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
