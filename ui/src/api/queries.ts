// TanStack Query's client. Live messages keep what is shown fresh (live.ts), so nothing polls by default.
import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./problem";

const RETRIED = 2;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: true,
      retry: (failures, error) => failures < RETRIED && !isRefusal(error),
    },
    mutations: { retry: false },
  },
});

/** A refusal stays one, however often it is asked; a server that is away may come back. */
function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500;
}
