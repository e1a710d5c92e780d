// The first page's figures; the health dot and the sidebar's count read them too.
import { useQuery } from "@tanstack/react-query";
import { ask } from "./ours";
import type { Home } from "./schema";

export const homeQuery = {
  queryKey: ["home"],
  queryFn: ({ signal }: { signal: AbortSignal }) => ask<Home>("/home", {}, signal),
};

export function useHome() {
  return useQuery(homeQuery);
}
