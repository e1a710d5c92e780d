// Parts of the asset graph: what lies before and after a node, and what a search leaves. Pure.
import type { AssetEdge, AssetGraph } from "~/api/schema";

/** Everything that the node comes from, everything that comes of it, and itself. */
export function around(graph: AssetGraph, id: string): AssetGraph {
  const kept = new Set([...reached(graph.edges, id, "source"), ...reached(graph.edges, id, "target")]);
  return only(graph, kept);
}

/** Nodes whose name or URI has the text, with their direct neighbours. */
export function matching(graph: AssetGraph, text: string): AssetGraph {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return graph;
  const hits = new Set(
    graph.nodes
      .filter((node) => `${node.label} ${node.uri ?? ""}`.toLowerCase().includes(wanted))
      .map((node) => node.id),
  );
  const near = graph.edges.filter((edge) => hits.has(edge.source) || hits.has(edge.target));
  return only(graph, new Set([...hits, ...near.flatMap((edge) => [edge.source, edge.target])]));
}

/** Who writes an asset (`before`), who reads it (`after`): ids of the nodes next to it. */
export function neighbours(graph: AssetGraph, id: string): { before: string[]; after: string[] } {
  return {
    before: graph.edges.filter((edge) => edge.target === id).map((edge) => edge.source),
    after: graph.edges.filter((edge) => edge.source === id).map((edge) => edge.target),
  };
}

function reached(edges: readonly AssetEdge[], id: string, end: "source" | "target"): Set<string> {
  const start = end === "source" ? "target" : "source";
  const next = new Map<string, string[]>();
  for (const edge of edges) next.set(edge[start], [...(next.get(edge[start]) ?? []), edge[end]]);
  const found = new Set([id]);
  for (const one of found) for (const other of next.get(one) ?? []) found.add(other);
  return found;
}

function only(graph: AssetGraph, ids: ReadonlySet<string>): AssetGraph {
  return {
    nodes: graph.nodes.filter((node) => ids.has(node.id)),
    edges: graph.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target)),
  };
}
