// What the page of a task instance asks the server for. Keys begin with ["task", dag, run, task], which live events renew.
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { mapText } from "~/api/mapPath";
import { ask, path, withQuery } from "~/api/ours";
import type {
  LogLine,
  LogPage,
  MetricSeries,
  ResourceSeries,
  TaskPage,
  ValuePreview,
  Values,
  WhyAnswer,
} from "~/api/schema";

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
    queryFn: ({ signal }: Signal) => ask<TaskPage>(instancePath(of), { map: of.map }, signal),
    placeholderData: keepPreviousData,
  });

export const whyQuery = (of: Instance) =>
  queryOptions({
    queryKey: keyOf(of, "why"),
    queryFn: ({ signal }: Signal) => ask<WhyAnswer>(`${instancePath(of)}/why`, { map: of.map }, signal),
    staleTime: 0,
  });

export const metricsQuery = (of: Instance, number: number | undefined) =>
  queryOptions({
    queryKey: [...keyOf(of, "metrics"), number],
    queryFn: ({ signal }: Signal) =>
      ask<MetricSeries[]>(`${instancePath(of)}/metrics`, { map: of.map, try: number }, signal),
    placeholderData: keepPreviousData,
  });

export const resourcesQuery = (of: Instance, number: number | undefined) =>
  queryOptions({
    queryKey: [...keyOf(of, "resources"), number],
    queryFn: ({ signal }: Signal) =>
      ask<ResourceSeries>(`${instancePath(of)}/resources`, { map: of.map, try: number }, signal),
    placeholderData: keepPreviousData,
  });

export const valuesQuery = (of: Instance) =>
  queryOptions({
    queryKey: keyOf(of, "values"),
    queryFn: ({ signal }: Signal) =>
      ask<Values>(path`/dags/${of.dagId}/runs/${of.runId}/values`, { task_id: of.taskId, limit: MOST_VALUES }, signal),
    // The server answers for all instances of a mapped task.
    select: ({ values }: Values) => values.filter((value) => (mapText(value.map_path) ?? "") === (of.map ?? "")),
  });

const MOST_VALUES = 500;

export const PREVIEW_ROWS = 100;

export const previewQuery = (of: Instance, key: string, offset: number) =>
  queryOptions({
    queryKey: [...keyOf(of, "value"), key, offset],
    queryFn: ({ signal }: Signal) =>
      ask<ValuePreview>(
        `${instancePath(of)}${path`/values/${key}`}`,
        { map: of.map, rows: PREVIEW_ROWS, offset },
        signal,
      ),
    placeholderData: keepPreviousData,
  });

export const rawValueUrl = (of: Instance, key: string) =>
  withQuery(`/api/tradewind/v1${instancePath(of)}${path`/values/${key}`}/raw`, { map: of.map });

// ------------------------------------------------------------------------------------------ logs

export interface TryOf extends Instance {
  number: number;
}

const tryQuery = ({ map, number }: TryOf) => ({ map, try: number });

export const logWindow = (of: TryOf, start: number, end: number | undefined, signal?: AbortSignal) =>
  ask<LogPage>(`${instancePath(of)}/log`, { ...tryQuery(of), start, end }, signal);

export const logTail = (of: TryOf, lines: number, signal?: AbortSignal) =>
  ask<LogPage>(`${instancePath(of)}/log`, { ...tryQuery(of), tail: lines }, signal);

export const logHits = (of: TryOf, q: string, level: string, from: number, signal?: AbortSignal) =>
  ask<LogLine[]>(`${instancePath(of)}/log/search`, { ...tryQuery(of), q, level, from }, signal);

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
