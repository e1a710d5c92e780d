// Days of all DAGs, summed: by DAG for the table, by day for the plot.
import type { DayCost } from "../queries";

export interface DagCost {
  dag_id: string;
  tries: number;
  seconds: number;
  lost_seconds: number;
  gpu_seconds: number;
  idle_gpu_seconds: number;
  cpu_seconds: number;
  rss_bytes_max: number;
}

export function byDag(days: readonly DayCost[]): DagCost[] {
  const found = new Map<string, DagCost>();
  for (const day of days) {
    const { day: _, ...cost } = day;
    const sum = found.get(day.dag_id);
    found.set(day.dag_id, sum ? added(sum, cost) : { ...cost });
  }
  return [...found.values()].sort((a, b) => b.seconds - a.seconds);
}

function added(sum: DagCost, more: DagCost): DagCost {
  return {
    dag_id: sum.dag_id,
    tries: sum.tries + more.tries,
    seconds: sum.seconds + more.seconds,
    lost_seconds: sum.lost_seconds + more.lost_seconds,
    gpu_seconds: sum.gpu_seconds + more.gpu_seconds,
    idle_gpu_seconds: sum.idle_gpu_seconds + more.idle_gpu_seconds,
    cpu_seconds: sum.cpu_seconds + more.cpu_seconds,
    rss_bytes_max: Math.max(sum.rss_bytes_max, more.rss_bytes_max),
  };
}

/** Hours of tries and of GPUs on each day that has any. */
export function byDay(days: readonly DayCost[]): { x: number[]; hours: number[]; gpuHours: number[] } {
  const x = [...new Set(days.map((day) => day.day))].sort();
  const sum = (of: "seconds" | "gpu_seconds") =>
    x.map((date) => days.filter((day) => day.day === date).reduce((all, day) => all + day[of], 0) / 3600);
  return { x: x.map((date) => Date.parse(date) / 1000), hours: sum("seconds"), gpuHours: sum("gpu_seconds") };
}

export const bytesText = (bytes: number): string =>
  bytes === 0 ? "–" : bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GiB` : `${Math.round(bytes / 2 ** 20)} MiB`;
