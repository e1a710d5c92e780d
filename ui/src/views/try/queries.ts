// What the page of a task instance asks the server for. Keys begin with ["task", dag, run, task], which live events renew.
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import { mapText } from "~/api/mapPath";
import { path, withQuery } from "~/api/ours";
import type { TryInfo, ValuePreview, Values } from "~/api/schema";

interface Signal {
  signal: AbortSignal;
}

export interface Instance {
  dagId: string;
  runId: string;
  taskId: string;
  /** Indexes with dots between; undefined: not mapped. */
  map: string | undefined;
}

export const instancePath = ({ dagId, runId, taskId }: Instance) => path`/dags/${dagId}/runs/${runId}/tasks/${taskId}`;
const at = ({ dagId, runId, taskId }: Instance) => ({ dag_id: dagId, run_id: runId, task_id: taskId });
/** Which try is meant; its id as well where several have one number, as when a lost one was repeated. */
export interface Asked {
  try?: number;
  try_id?: string;
}

export function askedFor(shown: TryInfo | undefined, tries: readonly TryInfo[]): Asked {
  if (!shown) return {};
  const isAmbiguous = tries.filter((one) => one.number === shown.number).length > 1;
  return isAmbiguous ? { try: shown.number, try_id: shown.try_id } : { try: shown.number };
}

const keyOf = ({ dagId, runId, taskId, map }: Instance, part: string) => [
  "task",
  dagId,
  runId,
  taskId,
  part,
  map ?? "",
];

export const taskQuery = (of: Instance) =>
  queryOptions({
    queryKey: keyOf(of, "page"),
    queryFn: ({ signal }: Signal) =>
      body(
        api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}", {
          params: { path: at(of), query: { map: of.map } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const whyQuery = (of: Instance) =>
  queryOptions({
    queryKey: keyOf(of, "why"),
    queryFn: ({ signal }: Signal) =>
      body(
        api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/why", {
          params: { path: at(of), query: { map: of.map } },
          signal,
        }),
      ),
    staleTime: 0,
  });

export const metricsQuery = (of: Instance, asked: Asked) =>
  queryOptions({
    queryKey: [...keyOf(of, "metrics"), asked],
    queryFn: ({ signal }: Signal) =>
      body(
        api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/metrics", {
          params: { path: at(of), query: { map: of.map, ...asked } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const resourcesQuery = (of: Instance, asked: Asked) =>
  queryOptions({
    queryKey: [...keyOf(of, "resources"), asked],
    queryFn: ({ signal }: Signal) =>
      body(
        api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/resources", {
          params: { path: at(of), query: { map: of.map, ...asked } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const valuesQuery = (of: Instance) =>
  queryOptions({
    queryKey: keyOf(of, "values"),
    queryFn: ({ signal }: Signal) =>
      body(
        api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/values", {
          params: { path: { dag_id: of.dagId, run_id: of.runId }, query: { task_id: of.taskId, limit: MOST_VALUES } },
          signal,
        }),
      ),
    // The server answers for all instances of a mapped task.
    select: ({ values }: Values) => values.filter((value) => (mapText(value.map_path) ?? "") === (of.map ?? "")),
  });

const MOST_VALUES = 500;

export const PREVIEW_ROWS = 100;

export const previewQuery = (of: Instance, key: string, offset: number) =>
  queryOptions({
    queryKey: [...keyOf(of, "value"), key, offset],
    // The client's types forget that a pair is one.
    queryFn: ({ signal }: Signal) =>
      body(
        api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/values/{key}", {
          params: { path: { ...at(of), key }, query: { map: of.map, rows: PREVIEW_ROWS, offset } },
          signal,
        }),
      ) as Promise<ValuePreview>,
    placeholderData: keepPreviousData,
  });

export const rawValueUrl = (of: Instance, key: string) =>
  withQuery(`/api/tradewind/v1${instancePath(of)}${path`/values/${key}`}/raw`, { map: of.map });

// ------------------------------------------------------------------------------------------ logs

export interface TryOf extends Instance {
  asked: Asked;
}

const tryQuery = ({ map, asked }: TryOf) => ({ map, ...asked });

export const logWindow = (of: TryOf, start: number, end: number | undefined, signal?: AbortSignal) =>
  body(
    api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/log", {
      params: { path: at(of), query: { ...tryQuery(of), start, end } },
      signal,
    }),
  );

export const logTail = (of: TryOf, lines: number, signal?: AbortSignal) =>
  body(
    api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/log", {
      params: { path: at(of), query: { ...tryQuery(of), tail: lines } },
      signal,
    }),
  );

export const logHits = (of: TryOf, q: string, level: string, from: number, signal?: AbortSignal) =>
  body(
    api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/log/search", {
      params: { path: at(of), query: { ...tryQuery(of), q, level: level || undefined, from } },
      signal,
    }),
  );

export const logDownloadUrl = (of: TryOf) =>
  withQuery(`/api/tradewind/v1${instancePath(of)}/log/download`, tryQuery(of));

export const liveLogUrl = (of: TryOf, start: number) =>
  withQuery("/api/tradewind/v1/live/log", {
    dag_id: of.dagId,
    run_id: of.runId,
    task_id: of.taskId,
    ...tryQuery(of),
    start,
  });
