// Backfills through Airflow's API.
import { api, body } from "~/api/client";
import type { BackfillPostBody, BackfillResponse } from "~/api/schema";

export type Backfill = BackfillResponse;
export type Reprocess = Backfill["reprocess_behavior"];
export type NewBackfill = Required<Omit<BackfillPostBody, "dag_run_conf" | "run_on_latest_version">>;

const MOST_BACKFILLS = 100;

export async function backfillsOf(dagId: string, signal: AbortSignal): Promise<Backfill[]> {
  const query = { dag_id: dagId, order_by: ["-id"], limit: MOST_BACKFILLS };
  return (await body(api.GET("/api/v2/backfills", { params: { query }, signal }))).backfills;
}

export const dryRun = (wanted: NewBackfill) => body(api.POST("/api/v2/backfills/dry_run", { body: wanted }));
export const create = (wanted: NewBackfill) => body(api.POST("/api/v2/backfills", { body: wanted }));

export const steer = (id: number, how: "pause" | "unpause" | "cancel") =>
  body(api.PUT(`/api/v2/backfills/{backfill_id}/${how}`, { params: { path: { backfill_id: String(id) } } }));
