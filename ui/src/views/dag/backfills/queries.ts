// Backfills through Airflow's API.
import { raw } from "~/api/client";
import { withQuery } from "~/api/ours";

export interface Backfill {
  id: number;
  dag_id: string;
  from_date: string;
  to_date: string;
  dag_run_conf: Record<string, unknown>;
  is_paused: boolean;
  reprocess_behavior: Reprocess;
  max_active_runs: number;
  created_at: string;
  completed_at: string | null;
}

export type Reprocess = "none" | "failed" | "completed";

export interface NewBackfill {
  dag_id: string;
  from_date: string;
  to_date: string;
  run_backwards: boolean;
  reprocess_behavior: Reprocess;
  max_active_runs: number;
  dag_run_conf?: Record<string, unknown>;
}

export interface DryRun {
  backfills: { logical_date: string }[];
  total_entries: number;
}

const ROOT = "/api/v2/backfills";
const JSON_HEADERS = { "Content-Type": "application/json" };

async function sent<T>(method: string, where: string, body?: unknown): Promise<T> {
  const init = body === undefined ? { method } : { method, headers: JSON_HEADERS, body: JSON.stringify(body) };
  return (await (await raw(where, init)).json()) as T;
}

export async function backfillsOf(dagId: string, signal: AbortSignal): Promise<Backfill[]> {
  const query = { dag_id: dagId, order_by: "-id", limit: 100 };
  const page = (await (await raw(withQuery(ROOT, query), { signal })).json()) as { backfills: Backfill[] };
  return page.backfills;
}

export const dryRun = (wanted: NewBackfill) => sent<DryRun>("POST", `${ROOT}/dry_run`, wanted);
export const create = (wanted: NewBackfill) => sent<Backfill>("POST", ROOT, wanted);
export const steer = (id: number, how: "pause" | "unpause" | "cancel") => sent<Backfill>("PUT", `${ROOT}/${id}/${how}`);
