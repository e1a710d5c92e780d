// What a live event changes in the rows of a run. Pure; the same object where nothing changes, undefined where the rows
// have to be asked for (an instance that is not there yet).
import type { LiveEvent, ProgressInfo, RunPage, TaskRow, TaskRows } from "~/api/schema";

const ENDS = new Set(["success", "failed", "skipped", "upstream_failed", "removed"]);

export function patchedRows(rows: TaskRows, event: LiveEvent): TaskRows | undefined {
  if (!event.task_id || !["task", "progress", "metric"].includes(event.kind)) return rows;
  const wanted = (event.map_path ?? []).join(".");
  const at = rows.tasks.findIndex((row) => row.task_id === event.task_id && row.map_path.join(".") === wanted);
  const row = rows.tasks[at];
  if (!row) return event.kind === "task" ? undefined : rows;
  return { ...rows, tasks: rows.tasks.with(at, patchedRow(row, event)) };
}

function patchedRow(row: TaskRow, event: LiveEvent): TaskRow {
  if (event.kind === "progress") return { ...row, progress: progressIn(event) ?? row.progress };
  if (event.kind === "metric") return { ...row, metrics: { ...row.metrics, ...numbersIn(event) } };
  const state = event.state || "none";
  const at = event.at ?? null;
  const next: TaskRow = { ...row, state, why: event.why || "" };
  if (state === "queued") return { ...next, queued_at: at, started_at: null, ended_at: null };
  if (state === "running") return { ...next, started_at: at, ended_at: null, progress: null };
  if (ENDS.has(state)) return { ...next, ended_at: at };
  return { ...next, ended_at: null };
}

function progressIn(event: LiveEvent): ProgressInfo | undefined {
  const { done, total, message } = (event.data ?? {}) as Record<string, unknown>;
  if (typeof done !== "number") return undefined;
  return {
    done,
    total: typeof total === "number" ? total : null,
    message: typeof message === "string" ? message : "",
    at: event.at ?? "",
  };
}

/** `{name, value}` or name → value: whatever of it is a number. */
function numbersIn(event: LiveEvent): Record<string, number> {
  const data = (event.data ?? {}) as Record<string, unknown>;
  if (typeof data.name === "string" && typeof data.value === "number") return { [data.name]: data.value };
  return Object.fromEntries(
    Object.entries(data).filter((pair): pair is [string, number] => typeof pair[1] === "number" && pair[0] !== "step"),
  );
}

/** Of the run itself: its state, as soon as it is known. */
export function patchedPage(page: RunPage, event: LiveEvent): RunPage {
  if (event.kind !== "run" || !event.state) return page;
  const at = event.at ?? null;
  const isOver = event.state === "success" || event.state === "failed";
  return {
    ...page,
    state: event.state,
    why: event.why ?? "",
    started_at: event.state === "running" ? (page.started_at ?? at) : page.started_at,
    ended_at: isOver ? at : null,
  };
}
