// Runs of a DAG from Airflow's API, which filters and sorts them.
import { raw } from "~/api/client";
import { path, withQuery } from "~/api/ours";

export interface DagRunLine {
  dag_run_id: string;
  dag_id: string;
  state: string;
  run_type: string;
  logical_date: string | null;
  run_after: string;
  start_date: string | null;
  end_date: string | null;
  note: string | null;
  triggering_user_name?: string | null;
  triggered_by?: string | null;
}

export interface DagRunPage {
  dag_runs: DagRunLine[];
  total_entries: number;
}

export interface RunFilter {
  state?: string;
  run_type?: string;
  run_after_gte?: string;
  run_after_lt?: string;
  logical_date_gte?: string;
  logical_date_lte?: string;
  order_by?: string;
  limit?: number;
  offset?: number;
}

export async function dagRuns(dagId: string, filter: RunFilter, signal?: AbortSignal): Promise<DagRunPage> {
  const where = withQuery(path`/api/v2/dags/${dagId}/dagRuns`, { ...filter });
  return (await (await raw(where, { signal })).json()) as DagRunPage;
}
