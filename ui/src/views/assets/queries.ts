// What the pages of assets ask for. Keys begin with ["assets"], which live events of assets renew.
import { queryOptions } from "@tanstack/react-query";
import { api, body, raw } from "~/api/client";
import { withQuery } from "~/api/ours";

interface Signal {
  signal: AbortSignal;
}

export const graphQuery = queryOptions({
  queryKey: ["assets", "graph"],
  queryFn: ({ signal }: Signal) => body(api.GET("/api/tradewind/v1/assets/graph", { signal })),
});

/** Of Airflow's API: what of an event and of an asset is shown. */
export interface AssetEvent {
  id: number;
  timestamp: string;
  extra: Record<string, unknown> | null;
  source_dag_id: string | null;
  source_run_id: string | null;
  source_task_id: string | null;
  created_dagruns: { dag_id: string; run_id: string; state: string }[];
}

interface Asset {
  id: number;
  name: string;
}

export const eventsQuery = (name: string) =>
  queryOptions({
    queryKey: ["assets", "events", name],
    queryFn: ({ signal }: Signal) => eventsOf(name, signal),
  });

const MOST_EVENTS = 100;

async function eventsOf(name: string, signal: AbortSignal): Promise<AssetEvent[]> {
  const found = await assetNamed(name, signal);
  if (!found) return [];
  const where = withQuery("/api/v2/assets/events", { asset_id: found.id, order_by: "-timestamp", limit: MOST_EVENTS });
  const answer = await raw(where, { signal });
  return ((await answer.json()) as { asset_events: AssetEvent[] }).asset_events;
}

async function assetNamed(name: string, signal?: AbortSignal): Promise<Asset | undefined> {
  const answer = await raw(withQuery("/api/v2/assets", { name_pattern: name, limit: 100 }), { signal });
  return ((await answer.json()) as { assets: Asset[] }).assets.find((one) => one.name === name);
}

/** Says that something outside updated the asset: what waits for it runs. */
export async function tellEvent(name: string, extra: Record<string, unknown>): Promise<void> {
  const found = await assetNamed(name);
  if (!found) throw new Error(`asset ${name} is not there any more`);
  const headers = { "Content-Type": "application/json" };
  await raw("/api/v2/assets/events", { method: "POST", headers, body: JSON.stringify({ asset_id: found.id, extra }) });
}
