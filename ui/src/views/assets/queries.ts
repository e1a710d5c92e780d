// What the pages of assets ask for. Keys begin with ["assets"], which live events of assets renew.
import { queryOptions } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import type { AssetEventResponse } from "~/api/schema";
import type { Writer } from "./values";

export type AssetEvent = AssetEventResponse;

interface Signal {
  signal: AbortSignal;
}

export const graphQuery = queryOptions({
  queryKey: ["assets", "graph"],
  queryFn: ({ signal }: Signal) => body(api.GET("/api/tradewind/v1/assets/graph", { signal })),
});

export const eventsQuery = (name: string) =>
  queryOptions({
    queryKey: ["assets", "events", name],
    queryFn: ({ signal }: Signal) => eventsOf(name, signal),
  });

const MOST_VALUES = 20;

/** What the task that updated an asset handed on in that run. */
export const writtenQuery = (writer: Writer | undefined) =>
  queryOptions({
    queryKey: ["assets", "values", writer?.dagId, writer?.runId, writer?.taskId],
    queryFn: async ({ signal }: Signal) => {
      const path = { dag_id: writer?.dagId ?? "", run_id: writer?.runId ?? "" };
      const query = { task_id: writer?.taskId, limit: MOST_VALUES };
      return (
        await body(api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/values", { params: { path, query }, signal }))
      ).values;
    },
    retry: false,
  });

const MOST_EVENTS = 100;
const MOST_ALIKE = 100;

async function eventsOf(name: string, signal: AbortSignal): Promise<AssetEvent[]> {
  const found = await assetNamed(name, signal);
  if (!found) return [];
  const query = { asset_id: found.id, order_by: ["-timestamp"], limit: MOST_EVENTS };
  return (await body(api.GET("/api/v2/assets/events", { params: { query }, signal }))).asset_events;
}

async function assetNamed(name: string, signal?: AbortSignal) {
  const query = { name_pattern: name, limit: MOST_ALIKE };
  const { assets } = await body(api.GET("/api/v2/assets", { params: { query }, signal }));
  return assets.find((one) => one.name === name);
}

/** Says that something outside updated the asset: what waits for it runs. */
export async function tellEvent(name: string, extra: Record<string, unknown>): Promise<void> {
  const found = await assetNamed(name);
  if (!found) throw new Error(`asset ${name} is not there any more`);
  await body(api.POST("/api/v2/assets/events", { body: { asset_id: found.id, extra } }));
}
