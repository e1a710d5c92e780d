// The list of DAGs, page by page, and pausing one.
import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { api, body } from "~/api/client";
import type { DagCard, DagCards } from "~/api/schema";

export type Show = "active" | "paused" | "failed" | "running" | "broken";

export interface Wanted {
  q?: string;
  tags?: string[];
  owner?: string;
  show?: Show;
  sort?: string;
}

const PAGE = 200;

/** What the server is asked for: `show` is one choice here and two parameters there. */
export function cardsQuery(wanted: Wanted) {
  const { show } = wanted;
  return {
    search: wanted.q,
    tags: wanted.tags,
    owners: wanted.owner ? [wanted.owner] : undefined,
    state: show === "failed" || show === "broken" ? show : show === "running" ? "active" : undefined,
    paused: show === "paused" ? true : show === "active" ? false : undefined,
    order: wanted.sort,
    limit: PAGE,
  };
}

export function useCards(wanted: Wanted) {
  return useInfiniteQuery({
    queryKey: ["dags", wanted],
    queryFn: ({ signal, pageParam }) =>
      body(
        api.GET("/api/tradewind/v1/dags", {
          params: { query: { ...cardsQuery(wanted), after: pageParam || undefined } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

type Pages = InfiniteData<DagCards, string>;

/** Pauses, or lets go on; the list shows it at once, and again as it was if the server refuses. */
export function useSetPaused() {
  const queries = useQueryClient();
  const put = (dagId: string, changed: (card: DagCard) => DagCard) =>
    queries.setQueriesData<Pages>({ queryKey: ["dags"] }, (old) => old && withCard(old, dagId, changed));
  return useMutation({
    mutationFn: ({ dagId, isPaused }: { dagId: string; isPaused: boolean }) =>
      body(
        api.PATCH("/api/tradewind/v1/dags/{dag_id}", {
          params: { path: { dag_id: dagId } },
          body: { is_paused: isPaused },
        }),
      ),
    onMutate: ({ dagId, isPaused }) => put(dagId, (card) => ({ ...card, is_paused: isPaused })),
    onError: (_, { dagId, isPaused }) => put(dagId, (card) => ({ ...card, is_paused: !isPaused })),
    onSuccess: (made, { dagId }) => put(dagId, () => made),
  });
}

export function withCard(pages: Pages, dagId: string, changed: (card: DagCard) => DagCard): Pages {
  const page = (one: DagCards): DagCards => ({
    ...one,
    dags: one.dags.map((card) => (card.dag_id === dagId ? changed(card) : card)),
  });
  return { ...pages, pages: pages.pages.map(page) };
}
