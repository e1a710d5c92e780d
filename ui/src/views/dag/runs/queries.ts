// Runs of a DAG from Airflow's API, which filters and sorts them.
import { api, body } from "~/api/client";
import type { DagRunResponse, paths } from "~/api/schema";

export type DagRunLine = DagRunResponse;
type RunFilter = NonNullable<paths["/api/v2/dags/{dag_id}/dagRuns"]["get"]["parameters"]["query"]>;

export const dagRuns = (dagId: string, query: RunFilter, signal?: AbortSignal) =>
  body(api.GET("/api/v2/dags/{dag_id}/dagRuns", { params: { path: { dag_id: dagId }, query }, signal }));
