// A run that is looked at: its page and its rows, patched by each live event at once. The server's own figures follow.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { useLiveBatch } from "~/api/liveBatch";
import { type RunId, runQuery, tasksQuery } from "./queries";
import { patchedPage, patchedRows } from "./tree/live";

/** Patched rows are right but for what an event doesn't say (labels, the end of a log); that comes with the renewal. */
const RENEWAL_MILLISECONDS = 1200;

export function useLiveRun(run: RunId) {
  const queries = useQueryClient();
  const pageOptions = runQuery(run);
  const rowOptions = tasksQuery(run);
  const page = useQuery(pageOptions);
  const rows = useQuery(rowOptions);
  const timer = useRef<number | undefined>(undefined);
  const { dagId, runId } = run;

  const renew = useCallback(() => {
    timer.current ??= window.setTimeout(() => {
      timer.current = undefined;
      void queries.invalidateQueries({ queryKey: tasksQuery({ dagId, runId }).queryKey });
    }, RENEWAL_MILLISECONDS);
  }, [queries, dagId, runId]);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  useLiveBatch(
    (event) => event.dag_id === dagId && event.run_id === runId,
    (events) => {
      queries.setQueryData(pageOptions.queryKey, (before) => before && events.reduce(patchedPage, before));
      queries.setQueryData(
        rowOptions.queryKey,
        (before) => before && events.reduce((rows, event) => patchedRows(rows, event) ?? rows, before),
      );
      if (events.some(({ kind }) => kind === "task" || kind === "run")) renew();
      // The critical path is known when the run is over.
      if (events.some(({ kind }) => kind === "run")) void queries.invalidateQueries({ queryKey: ["graph", dagId] });
    },
  );
  return { page, rows };
}
