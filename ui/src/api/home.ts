// The first page's figures, and what the frame of every page takes from them: health, questions that wait.
import { useQuery } from "@tanstack/react-query";
import { api, body } from "./client";
import { queries } from "./queries";

const HOME_MILLISECONDS = 60_000;
const OVERVIEW_MILLISECONDS = 30_000;
const FRESH_MILLISECONDS = 5_000;

const homeQuery = {
  queryKey: ["home"],
  queryFn: ({ signal }: { signal: AbortSignal }) => body(api.GET("/api/tradewind/v1/home", { signal })),
};

/** What is late and what comes next changes without any event: asked again each minute. */
export function useHome() {
  return useQuery({ ...homeQuery, refetchInterval: HOME_MILLISECONDS });
}

/** For the frame: heartbeats are no news of the live stream, so it is asked now and then. Shares the page's answer. */
export function useOverview() {
  return useQuery({
    queryKey: ["overview"],
    queryFn: async () => {
      const { health, waiting } = await queries.fetchQuery({ ...homeQuery, staleTime: FRESH_MILLISECONDS });
      return { health, waiting: waiting.length };
    },
    refetchInterval: OVERVIEW_MILLISECONDS,
  });
}
