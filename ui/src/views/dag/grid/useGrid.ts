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
/** A run that begins is seen at once. */
const NEW_RUN_MILLISECONDS = 50;
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

  const { state, type } = filter;
  const renew = useCallback(
    (delay: number) => {
      if (timer.current !== undefined && delay === RENEWAL_MILLISECONDS) return;
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(async () => {
        timer.current = undefined;
        const newest = await newestRuns(dagId, { state, type }, RENEWED_RUNS).catch(() => undefined);
        if (newest) change((pages) => renewed(pages, newest));
      }, delay);
    },
    [dagId, state, type, change],
  );

  useEffect(() => () => window.clearTimeout(timer.current), []);

  useLiveBatch(
    (event) => event.dag_id === dagId && (event.kind === "run" || event.kind === "task"),
    (events) => {
      const known = queries.getQueryData(options.queryKey)?.pages ?? [];
      const isNew = !state && !type && events.some((event) => event.kind === "run" && !pageOf(known, event));
      change((pages) => events.reduce(patchedPages, pages));
      renew(isNew ? NEW_RUN_MILLISECONDS : RENEWAL_MILLISECONDS);
    },
  );

  const grid = useMemo(() => (query.data ? joined(query.data.pages) : undefined), [query.data]);
  return { ...query, grid };
}

const pageOf = (pages: readonly Grid[], event: LiveEvent): Grid | undefined =>
  pages.find((page) => page.runs.some(({ bar }) => bar.run_id === event.run_id));

function patchedPages(pages: Grid[], event: LiveEvent): Grid[] {
  const page = pageOf(pages, event);
  const next = page && patched(page, event);
  return page && next && next !== page ? pages.with(pages.indexOf(page), next) : pages;
}
