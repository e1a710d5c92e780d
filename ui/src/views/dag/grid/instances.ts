// Instances of mapped tasks that are unfolded in the grid: what is known of them, by task and index. Pure.
import { mapText } from "~/api/mapPath";
import type { GridCell, GridInstances, LiveEvent } from "~/api/schema";

export interface InstanceRow {
  mapPath: readonly number[];
  label: string;
  /** Run → cell. */
  cells: Readonly<Record<string, GridCell>>;
}

export interface TaskInstances {
  /** By map path, in the order of the indexes. */
  rows: readonly InstanceRow[];
  /** Run → what its folded cell was when its instances were asked for; another one means that they have changed. */
  seen: ReadonlyMap<string, string>;
  isCut: boolean;
}

/** Task → its instances. */
export type Instances = ReadonlyMap<string, TaskInstances>;

const NONE: TaskInstances = { rows: [], seen: new Map(), isCut: false };

export const signature = (cell: GridCell | undefined): string => JSON.stringify(cell ?? null);

/** What was known, with what the server says of some runs. `seen`: their folded cells when it was asked. */
export function joinedInstances(
  known: Instances,
  taskId: string,
  told: GridInstances,
  seen: ReadonlyMap<string, string>,
): Instances {
  const before = known.get(taskId) ?? NONE;
  const byPath = new Map(before.rows.map((row) => [mapText(row.mapPath) ?? "", row]));
  const gone = new Set(seen.keys());
  for (const one of told.instances) {
    const key = mapText(one.map_path) ?? "";
    byPath.set(key, joinedRow(byPath.get(key), one.map_path, one.label, told.runs, one.states));
  }
  const fresh = new Set(told.instances.map((one) => mapText(one.map_path) ?? ""));
  for (const [key, row] of byPath) if (!fresh.has(key)) byPath.set(key, without(row, gone));
  const rows = [...byPath.values()].filter((row) => Object.keys(row.cells).length > 0).sort(byIndex);
  const next = { rows, seen: new Map([...before.seen, ...seen]), isCut: before.isCut || told.is_cut };
  return new Map(known).set(taskId, next);
}

function joinedRow(
  before: InstanceRow | undefined,
  mapPath: readonly number[],
  label: string,
  runs: readonly string[],
  states: readonly string[],
): InstanceRow {
  const cells: Record<string, GridCell> = { ...before?.cells };
  runs.forEach((run, at) => {
    const state = states[at];
    if (!state) delete cells[run];
    else if (cells[run]?.state !== state) cells[run] = { state };
  });
  // The first answer is of the newest runs.
  return { mapPath, label: before?.label || label, cells };
}

function without(row: InstanceRow, runs: ReadonlySet<string>): InstanceRow {
  if (!Object.keys(row.cells).some((run) => runs.has(run))) return row;
  return { ...row, cells: Object.fromEntries(Object.entries(row.cells).filter(([run]) => !runs.has(run))) };
}

function byIndex({ mapPath: one }: InstanceRow, { mapPath: other }: InstanceRow): number {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

/** The same object where the events change nothing that is known. */
export function patchedInstances(known: Instances, events: readonly LiveEvent[]): Instances {
  return events.reduce(patchedOnce, known);
}

function patchedOnce(known: Instances, event: LiveEvent): Instances {
  const task = known.get(event.task_id ?? "");
  const [run, state] = [event.run_id ?? "", event.state || "none"];
  const wanted = mapText(event.map_path);
  const at = task?.rows.findIndex((row) => mapText(row.mapPath) === wanted) ?? -1;
  const row = task?.rows[at];
  if (!task || !row || !task.seen.has(run) || row.cells[run]?.state === state) return known;
  const rows = task.rows.with(at, { ...row, cells: { ...row.cells, [run]: { state } } });
  return new Map(known).set(event.task_id ?? "", { ...task, rows });
}
