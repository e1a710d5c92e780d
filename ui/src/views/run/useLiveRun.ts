// A run that is looked at: its page and its rows, patched by each live event at once. The server's own figures follow
// with the renewal that api/patching.ts asks for.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLive } from "~/api/live";
import { type RunId, runQuery, tasksQuery } from "./queries";
import { patchedPage, patchedRows } from "./tree/live";

export function useLiveRun(run: RunId) {
  const queries = useQueryClient();
  const pageOptions = runQuery(run);
  const rowOptions = tasksQuery(run);
  const page = useQuery(pageOptions);
  const rows = useQuery(rowOptions);
  useLive((event) => {
    if (event.dag_id !== run.dagId || event.run_id !== run.runId) return;
    queries.setQueryData(pageOptions.queryKey, (before) => before && patchedPage(before, event));
    queries.setQueryData(rowOptions.queryKey, (before) => before && (patchedRows(before, event) ?? before));
  });
  return { page, rows };
}
