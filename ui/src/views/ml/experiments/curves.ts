// Curves of several runs over each other: one plot a metric, one line a run.
import type { MetricSeries } from "~/api/schema";
import type { PlotSeries } from "~/components/Plot";

export interface Overlay {
  name: string;
  x: number[];
  series: PlotSeries[];
}

/** Of metrics with several steps. `runs[n]` is the label of `found[n]`; of a run's tasks and tries the longest counts. */
export function overlaid(found: readonly (readonly MetricSeries[])[], runs: readonly string[]): Overlay[] {
  const names = [...new Set(found.flat().flatMap((one) => (one.steps.length > 1 ? [one.name] : [])))].sort();
  return names.map((name) => {
    const lines = found.map((series) => longest(series.filter((one) => one.name === name)));
    const x = [...new Set(lines.flatMap((line) => line?.steps ?? []))].sort((a, b) => a - b);
    const series = lines.flatMap((line, at) => (line ? [{ label: runs[at] ?? "", values: valuesAt(line, x) }] : []));
    return { name, x, series };
  });
}

const longest = (series: readonly MetricSeries[]): MetricSeries | undefined =>
  series.reduce<MetricSeries | undefined>(
    (best, one) => (one.steps.length > (best?.steps.length ?? 0) ? one : best),
    undefined,
  );

function valuesAt(line: MetricSeries, x: readonly number[]): (number | null)[] {
  const known = new Map(line.steps.map((step, at) => [step, line.values[at] ?? null]));
  return x.map((step) => known.get(step) ?? null);
}
