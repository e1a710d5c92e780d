// How long runs and tasks took, as series for plots; and which of them stand out. Pure.
import type { DurationPoint } from "~/api/schema";

/** A point further from the median than this many scaled median deviations stands out (Iglewicz and Hoaglin, 1993). */
const FAR = 3.5;
const SCALE = 1.4826;
/** Fewer points say nothing about what is usual. */
const FEWEST = 5;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Where a value is unusually long. Short ones don't matter here. */
export function outliers(values: readonly (number | null)[]): boolean[] {
  const known = values.filter((value): value is number => value !== null);
  if (known.length < FEWEST) return values.map(() => false);
  const middle = median(known);
  // Durations that hardly vary would make every millisecond stand out.
  const spread = Math.max(SCALE * median(known.map((value) => Math.abs(value - middle))), middle * 0.05, 0.001);
  return values.map((value) => value !== null && (value - middle) / spread > FAR);
}

export interface TaskTrend {
  taskId: string;
  values: (number | null)[];
  median: number;
  last: number | null;
  /** How much longer the newest took than usual: 0.5 is half as long again. */
  change: number | null;
  outliers: number;
}

/** The tasks by what they usually take, the longest first. */
export function trends(points: readonly DurationPoint[]): TaskTrend[] {
  const ids = new Set(points.flatMap((point) => Object.keys(point.tasks)));
  return [...ids].map((taskId) => trendOf(taskId, points)).sort((one, other) => other.median - one.median);
}

function trendOf(taskId: string, points: readonly DurationPoint[]): TaskTrend {
  const values = points.map((point) => point.tasks[taskId] ?? null);
  const known = values.filter((value): value is number => value !== null);
  const middle = median(known);
  const last = values.at(-1) ?? null;
  return {
    taskId,
    values,
    median: middle,
    last,
    change: last !== null && middle > 0 ? (last - middle) / middle : null,
    outliers: outliers(values).filter(Boolean).length,
  };
}

/** When a run was done, counted from when it was due. */
export function landing(point: DurationPoint): number | null {
  return point.run_seconds === null ? null : (point.queue_seconds ?? 0) + point.run_seconds;
}
