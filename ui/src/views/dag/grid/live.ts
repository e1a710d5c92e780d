// What a live event changes in a grid that is shown. Pure: gives the same object where nothing changes.
import type { Grid, GridCell, GridRun, LiveEvent } from "~/api/schema";

const ENDS = new Set(["success", "failed", "skipped", "upstream_failed", "removed"]);

/** Undefined: the event can't be told from itself (a run that is not there yet); the grid is to be asked for. */
export function patched(grid: Grid, event: LiveEvent): Grid | undefined {
  if (event.kind !== "run" && event.kind !== "task") return grid;
  const at = grid.runs.findIndex(({ bar }) => bar.run_id === event.run_id);
  const run = grid.runs[at];
  if (!run) return undefined;
  const next = event.kind === "run" ? patchedRun(run, event) : patchedCell(grid, run, event);
  if (next === run) return grid;
  return { ...grid, runs: grid.runs.with(at, next) };
}

function patchedRun(run: GridRun, event: LiveEvent): GridRun {
  const state = event.state ?? run.bar.state;
  const at = event.at ?? null;
  const started_at = state === "running" ? (run.bar.started_at ?? at) : run.bar.started_at;
  const ended_at = ENDS.has(state) ? at : null;
  return { ...run, bar: { ...run.bar, state, started_at, ended_at } };
}

function patchedCell(grid: Grid, run: GridRun, event: LiveEvent): GridRun {
  const id = event.task_id ?? "";
  const node = grid.nodes.find((one) => one.id === id);
  // Of a mapped task the cell counts instances, and the event doesn't say which count this one leaves.
  if (!node || node.is_mapped || node.is_group || (event.map_path ?? []).length > 0) return run;
  const cells = { ...run.cells, [id]: nextCell(run.cells[id], event) };
  return { ...run, cells: withGroups(grid, cells, id) };
}

function nextCell(cell: GridCell | undefined, event: LiveEvent): GridCell {
  const state = event.state || "none";
  if (state === "running") return { ...cell, state, reused: undefined, started_at: event.at ?? null, ended_at: null };
  return { ...cell, state, reused: undefined, ended_at: ENDS.has(state) ? (event.at ?? null) : null };
}

/** What is worst comes first: the state of a group is the worst of what is below. */
const WORST_FIRST = [
  "failed",
  "upstream_failed",
  "up_for_retry",
  "running",
  "up_for_reschedule",
  "deferred",
  "queued",
  "scheduled",
  "none",
  "success",
  "skipped",
  "removed",
];

function withGroups(grid: Grid, cells: Record<string, GridCell>, id: string): Record<string, GridCell> {
  const changed = { ...cells };
  grid.nodes.forEach((group, at) => {
    const below = grid.nodes.slice(at + 1, at + 1 + (group.children ?? 0));
    if (!group.is_group || !below.some((one) => one.id === id)) return;
    const counts: Record<string, number> = {};
    for (const node of below) if (!node.is_group) count(counts, changed[node.id]);
    const state = WORST_FIRST.find((one) => counts[one]) ?? "none";
    changed[group.id] = { ...changed[group.id], state, counts };
  });
  return changed;
}

function count(counts: Record<string, number>, cell: GridCell | undefined): void {
  const found = cell?.counts ?? { [cell?.state ?? "none"]: 1 };
  for (const [state, number] of Object.entries(found)) counts[state] = (counts[state] ?? 0) + number;
}
