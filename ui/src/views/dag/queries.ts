// What the pages of a DAG ask the server for. Keys under ["dag", id] are renewed by every live event of the DAG
// (api/patching.ts); the grid is patched in place instead, because it is large.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import type { Grid } from "~/api/schema";

interface Signal {
  signal: AbortSignal;
}

export const dagQuery = (dagId: string) =>
  queryOptions({
    queryKey: ["dag", dagId, "page"],
    queryFn: ({ signal }: Signal) =>
      body(api.GET("/api/tradewind/v1/dags/{dag_id}", { params: { path: { dag_id: dagId } }, signal })),
  });

export interface GridFilter {
  state?: string;
  type?: string;
}

/** Little at first, so that something is seen soon; a large DAG has a thousand cells in every two runs. */
const FIRST_RUNS = 25;
const PAGE_RUNS = 60;

export const gridKey = (dagId: string) => ["grid", dagId];

export const gridQuery = (dagId: string, { state, type }: GridFilter) =>
  infiniteQueryOptions({
    queryKey: [...gridKey(dagId), { state, type }],
    queryFn: ({ pageParam, signal }: Signal & { pageParam: string | null }) =>
      gridPage(
        dagId,
        {
          limit: pageParam === null ? FIRST_RUNS : PAGE_RUNS,
          after: pageParam ?? undefined,
          ...asked({ state, type }),
        },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Grid) => last.next_cursor,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Only the newest runs: what keeps a patched grid honest. */
export const newestRuns = (dagId: string, { state, type }: GridFilter, limit: number) =>
  gridPage(dagId, { limit, ...asked({ state, type }) });

interface GridAsked {
  limit: number;
  after?: string;
  state?: string[];
  run_type?: string[];
}

const asked = ({ state, type }: GridFilter) => ({
  state: state ? [state] : undefined,
  run_type: type ? [type] : undefined,
});

const gridPage = (dagId: string, query: GridAsked, signal?: AbortSignal): Promise<Grid> =>
  body(api.GET("/api/tradewind/v1/dags/{dag_id}/grid", { params: { path: { dag_id: dagId }, query }, signal }));

export const graphQuery = (dagId: string, runId: string | undefined, version: number | undefined) =>
  queryOptions({
    queryKey: ["graph", dagId, { runId, version }],
    queryFn: ({ signal }: Signal) =>
      body(
        api.GET("/api/tradewind/v1/dags/{dag_id}/graph", {
          params: { path: { dag_id: dagId }, query: { run_id: runId, version } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

export const calendarQuery = (dagId: string, year: number, zone: string) =>
  queryOptions({
    queryKey: ["dag", dagId, "calendar", year, zone],
    queryFn: ({ signal }: Signal) =>
      body(
        api.GET("/api/tradewind/v1/dags/{dag_id}/calendar", {
          params: { path: { dag_id: dagId }, query: { start: `${year}-01-01`, end: `${year}-12-31`, zone } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const durationsQuery = (dagId: string, limit: number) =>
  queryOptions({
    queryKey: ["dag", dagId, "durations", limit],
    queryFn: ({ signal }: Signal) =>
      body(
        api.GET("/api/tradewind/v1/dags/{dag_id}/durations", {
          params: { path: { dag_id: dagId }, query: { limit } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const codeQuery = (dagId: string, version: number | undefined) =>
  queryOptions({
    queryKey: ["code", dagId, version ?? "newest"],
    queryFn: ({ signal }: Signal) =>
      body(
        api.GET("/api/tradewind/v1/dags/{dag_id}/code", {
          params: { path: { dag_id: dagId }, query: { version } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const codeDiffQuery = (dagId: string, older: number, newer: number) =>
  queryOptions({
    queryKey: ["code", dagId, "diff", older, newer],
    queryFn: ({ signal }: Signal) =>
      body(
        api.GET("/api/tradewind/v1/dags/{dag_id}/code/diff", {
          params: { path: { dag_id: dagId }, query: { old: older, new: newer } },
          signal,
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
