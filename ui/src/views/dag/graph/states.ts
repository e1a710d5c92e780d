// States for the nodes of a graph, from the rows of a run. Pure.
import type { TaskRow } from "~/api/schema";
import { isReused } from "~/theme/reused";

export interface NodeState {
  state: string;
  /** State → instances, of what has several. */
  counts: Record<string, number>;
  total: number;
  startedAt: string | null;
  endedAt: string | null;
  /** Where none of it was run: why the first was not. */
  reused: string | undefined;
}

const WORST_FIRST = [
  "failed",
  "upstream_failed",
  "up_for_retry",
  "running",
  "deferred",
  "up_for_reschedule",
  "queued",
  "scheduled",
  "none",
  "success",
  "skipped",
  "removed",
];

export function statesOf(rows: readonly TaskRow[]): Map<string, TaskRow[]> {
  const found = new Map<string, TaskRow[]>();
  for (const row of rows) {
    const same = found.get(row.task_id);
    if (same) same.push(row);
    else found.set(row.task_id, [row]);
  }
  return found;
}

/** Of one node, which is one task or all tasks of a folded group. */
export function nodeState(taskIds: readonly string[], byTask: Map<string, TaskRow[]>): NodeState | undefined {
  const counts: Record<string, number> = {};
  let [total, startedAt, endedAt]: [number, string | null, string | null] = [0, null, null];
  let [isOver, ran] = [true, false];
  let reused: string | undefined;
  for (const id of taskIds)
    for (const row of byTask.get(id) ?? []) {
      counts[row.state] = (counts[row.state] ?? 0) + 1;
      total += 1;
      if (row.started_at && (startedAt === null || row.started_at < startedAt)) startedAt = row.started_at;
      if (row.ended_at && (endedAt === null || row.ended_at > endedAt)) endedAt = row.ended_at;
      if (row.started_at && !row.ended_at) isOver = false;
      if (isReused(row.why)) reused ??= row.why;
      else ran = true;
    }
  if (total === 0) return undefined;
  const state = WORST_FIRST.find((one) => counts[one]) ?? "none";
  return { state, counts, total, startedAt, endedAt: isOver ? endedAt : null, reused: ran ? undefined : reused };
}
