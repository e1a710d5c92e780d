// What the pages of a run ask the server for, and what they ask it to do. Keys under ["run", dag, run] are renewed by
// every live event of the run (api/patching.ts); rows of tasks are patched in place first (tree/live.ts).
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import type { ClearBody, MarkBody, TaskRow, TaskRows, ValueInfo, Values } from "~/api/schema";

interface Signal {
  signal: AbortSignal;
}

export interface RunId {
  dagId: string;
  runId: string;
}

const at = ({ dagId, runId }: RunId) => ({ dag_id: dagId, run_id: runId });

export const runQuery = (run: RunId) =>
  queryOptions({
    queryKey: ["run", run.dagId, run.runId, "page"],
    queryFn: ({ signal }: Signal) =>
      body(api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}", { params: { path: at(run) }, signal })),
  });

const PAGE_ROWS = 500;
/** More instances than a tree can be read with; the list of one mapped task goes on by pages. */
export const MOST_ROWS = 4000;

/** All task instances, in as many pages as there are, up to MOST_ROWS. Not under ["run", …]: patched by events, and
renewed now and then (useLiveRun.ts), because it may be large. */
export const tasksQuery = (run: RunId) =>
  queryOptions({
    queryKey: ["rows", run.dagId, run.runId],
    queryFn: ({ signal }: Signal) => allRows(run, signal),
    staleTime: 60_000,
  });

async function allRows(run: RunId, signal: AbortSignal): Promise<TaskRows> {
  const tasks: TaskRow[] = [];
  let after: string | null = null;
  let page: TaskRows;
  do {
    page = await body(
      api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks", {
        params: { path: at(run), query: { limit: PAGE_ROWS, after: after ?? undefined } },
        signal,
      }),
    );
    tasks.push(...page.tasks);
    after = page.next_cursor;
  } while (after !== null && tasks.length < MOST_ROWS);
  return { tasks, total: page.total, next_cursor: after };
}

export const timelineQuery = (run: RunId) =>
  queryOptions({
    queryKey: ["run", run.dagId, run.runId, "timeline"],
    queryFn: ({ signal }: Signal) =>
      body(api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/timeline", { params: { path: at(run) }, signal })),
    placeholderData: keepPreviousData,
  });

export const valuesQuery = (run: RunId) =>
  queryOptions({
    queryKey: ["run", run.dagId, run.runId, "values"],
    queryFn: ({ signal }: Signal) => allValues(run, signal),
  });

const MOST_VALUES = 2000;

async function allValues(run: RunId, signal: AbortSignal): Promise<Values> {
  const values: ValueInfo[] = [];
  let after: string | null = null;
  let page: Values;
  do {
    page = await body(
      api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/values", {
        params: { path: at(run), query: { limit: 200, after: after ?? undefined } },
        signal,
      }),
    );
    values.push(...page.values);
    after = page.next_cursor;
  } while (after !== null && values.length < MOST_VALUES);
  return { values, total: page.total, next_cursor: after };
}

export const metricsQuery = (run: RunId) =>
  queryOptions({
    queryKey: ["run", run.dagId, run.runId, "metrics"],
    queryFn: ({ signal }: Signal) =>
      body(api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/metrics", { params: { path: at(run) }, signal })),
  });

export const clearTasks = (run: RunId, sent: ClearBody) =>
  body(api.POST("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/clear", { params: { path: at(run) }, body: sent }));
export const markTasks = (run: RunId, sent: MarkBody) =>
  body(api.POST("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/mark", { params: { path: at(run) }, body: sent }));
export const cancelRun = (run: RunId) =>
  body(api.POST("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/cancel", { params: { path: at(run) }, body: {} }));
export const noteRun = (run: RunId, note: string) =>
  body(api.POST("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/note", { params: { path: at(run) }, body: { note } }));
