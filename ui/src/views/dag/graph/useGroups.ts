// Which groups of the graph are open, from the URL's list.
import { useCallback, useMemo } from "react";
import type { Graph } from "~/api/schema";
import { isFolded } from "../grid/fold";
import { MANY_NODES } from "./fold";

export function useGroups(graph: Graph | undefined, toggled: readonly string[] | undefined) {
  const isMany = (graph?.nodes.length ?? 0) > MANY_NODES;
  const key = (toggled ?? []).join("\n");
  const folding = useMemo(() => {
    const list = key ? key.split("\n") : [];
    return { foldedByDefault: isMany !== list.includes("*"), toggled: new Set(list) };
  }, [isMany, key]);
  const isOpen = useCallback((id: string) => !isFolded(folding, id), [folding]);
  return { isOpen, foldedByDefault: folding.foldedByDefault };
}
