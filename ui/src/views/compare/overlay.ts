// Metric series of two runs on common steps. Pure.

import { instanceName } from "~/api/mapPath";
import type { MetricSeries } from "~/api/schema";

export interface Overlay {
  name: string;
  x: number[];
  left: (number | null)[];
  right: (number | null)[];
}

/** A plot for each task's metric that either side has; of several tries the last one's. */
export function overlaid(left: readonly MetricSeries[], right: readonly MetricSeries[]): Overlay[] {
  const [one, other] = [byName(left), byName(right)];
  const names = [...new Set([...one.keys(), ...other.keys()])];
  return names.map((name) => {
    const [ours, theirs] = [pointsOf(one.get(name)), pointsOf(other.get(name))];
    const x = [...new Set([...ours.keys(), ...theirs.keys()])].sort((a, b) => a - b);
    return {
      name,
      x,
      left: x.map((step) => ours.get(step) ?? null),
      right: x.map((step) => theirs.get(step) ?? null),
    };
  });
}

function byName(series: readonly MetricSeries[]): Map<string, MetricSeries> {
  const found = new Map<string, MetricSeries>();
  for (const one of series) {
    const name = `${instanceName(one.task_id, one.map_path)} · ${one.name}`;
    const known = found.get(name);
    if (!known || known.try_number <= one.try_number) found.set(name, one);
  }
  return found;
}

function pointsOf(series: MetricSeries | undefined): Map<number, number> {
  return new Map(series?.steps.map((step, at) => [step, series.values[at] ?? Number.NaN]));
}
