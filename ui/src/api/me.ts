// Who is signed in, and what they may do. The server decides again at every call; this only hides what would fail.
import { useQuery } from "@tanstack/react-query";
import { api, body } from "./client";
import type { Me } from "./schema";

export const meQuery = {
  queryKey: ["me"],
  queryFn: ({ signal }: { signal: AbortSignal }) => body(api.GET("/api/tradewind/v1/me", { signal })),
  staleTime: 5 * 60_000,
};

export function useMe(): Me | undefined {
  return useQuery(meQuery).data;
}

/** Whether a role of the caller grants it for some object at least. */
export function useMay(resource: string, action: "read" | "create" | "edit" | "delete"): boolean {
  const me = useMe();
  return me?.grants.some((grant) => grant.resource === resource && grant.action === action) ?? false;
}

/** Whether something that needs reading `resource` is worth showing; before it is known, it is. */
export function mayRead(me: Me | undefined, resource: string | undefined): boolean {
  if (!me || !resource) return true;
  return me.grants.some((grant) => grant.resource === resource && grant.action === "read");
}
