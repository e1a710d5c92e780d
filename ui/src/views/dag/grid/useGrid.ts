// The grid's data: pages of runs, patched in place by live events, and renewed now and then while something happens.
import { type InfiniteData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useLiveBatch } from "~/api/liveBatch";
import type { Grid, LiveEvent } from "~/api/schema";
import { type GridFilter, gridQuery, newestRuns } from "../queries";
import { patched } from "./live";
import { joined, renewed } from "./pages";

/** A patched grid is right but for counts of mapped tasks; those come with the next renewal. */
const RENEWAL_MILLISECONDS = 1500;
const RENEWED_RUNS = 10;

export function useGrid(dagId: string, filter: GridFilter) {
  const queries = useQueryClient();
  const options = useMemo(
    () => gridQuery(dagId, { state: filter.state, type: filter.type }),
    [dagId, filter.state, filter.type],
  );
  const query = useInfiniteQuery(options);
  const timer = useRef<number | undefined>(undefined);

  const change = useCallback(
    (how: (pages: Grid[]) => Grid[]) =>
      queries.setQueryData<InfiniteData<Grid, string | null>>(
        options.queryKey,
        (data) => data && { ...data, pages: how(data.pages) },
      ),
    [queries, options],
  );

  const renew = useCallback(() => {
    timer.current ??= window.setTimeout(async () => {
      timer.current = undefined;
      const newest = await newestRuns(dagId, filter, RENEWED_RUNS).catch(() => undefined);
      if (newest) change((pages) => renewed(pages, newest));
    }, RENEWAL_MILLISECONDS);
  }, [dagId, filter, change]);

  useEffect(() => () => window.clearTimeout(timer.current), []);

  useLiveBatch(
    (event) => event.dag_id === dagId && (event.kind === "run" || event.kind === "task"),
    (events) => {
      change((pages) => events.reduce(patchedPages, pages));
      renew();
    },
  );

  const grid = useMemo(() => (query.data ? joined(query.data.pages) : undefined), [query.data]);
  return { ...query, grid };
}

function patchedPages(pages: Grid[], event: LiveEvent): Grid[] {
  const at = pages.findIndex((page) => page.runs.some(({ bar }) => bar.run_id === event.run_id));
  const page = pages[at];
  const next = page && patched(page, event);
  return page && next && next !== page ? pages.with(at, next) : pages;
}
