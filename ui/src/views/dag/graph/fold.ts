// A graph with some groups folded: what is inside a folded group is that group, and edges end at what is shown.
import type { Graph, GraphEdge, GraphNode } from "~/api/schema";

export interface ShownGraph {
  /** Parents before their children. */
  nodes: ShownNode[];
  edges: ShownEdge[];
}

export interface ShownNode {
  node: GraphNode;
  parent: string | null;
  isOpen: boolean;
  /** Tasks inside, of a group. */
  tasks: string[];
}

export interface ShownEdge {
  id: string;
  source: string;
  target: string;
  label: string;
  isData: boolean;
  isCritical: boolean;
}

/** Above this many tasks a graph opens with its groups folded. */
export const MANY_NODES = 120;

export function shownGraph(graph: Graph, isOpen: (groupId: string) => boolean): ShownGraph {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const within = (id: string): string => nearestShown(id, byId, isOpen);
  const tasksOf = tasksByGroup(graph.nodes, byId);
  const nodes = graph.nodes
    .filter((node) => within(node.id) === node.id)
    .sort((one, other) => depth(one, byId) - depth(other, byId))
    .map((node) => ({
      node,
      parent: node.parent,
      isOpen: node.kind === "group" && isOpen(node.id),
      tasks: tasksOf.get(node.id) ?? [],
    }));
  return { nodes, edges: shownEdges(graph, within) };
}

/** The outermost folded group that holds it; itself where all around it are open. */
function nearestShown(id: string, byId: Map<string, GraphNode>, isOpen: (id: string) => boolean): string {
  let found = id;
  const seen = new Set<string>();
  for (let at = byId.get(id)?.parent; at && !seen.has(at); at = byId.get(at)?.parent) {
    seen.add(at);
    if (!isOpen(at)) found = at;
  }
  return found;
}

function depth(node: GraphNode, byId: Map<string, GraphNode>): number {
  let found = 0;
  for (let at = node.parent; at && found < 100; at = byId.get(at)?.parent ?? null) found += 1;
  return found;
}

function tasksByGroup(nodes: readonly GraphNode[], byId: Map<string, GraphNode>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const node of nodes) {
    if (node.kind === "group") continue;
    let levels = 0;
    for (let at = node.parent; at && levels < 100; at = byId.get(at)?.parent ?? null) {
      found.set(at, [...(found.get(at) ?? []), node.id]);
      levels += 1;
    }
  }
  return found;
}

function shownEdges(graph: Graph, within: (id: string) => string): ShownEdge[] {
  const critical = criticalPairs(graph.critical_path, graph.edges);
  const shown = new Map<string, ShownEdge>();
  for (const edge of graph.edges) {
    const [source, target] = [within(edge.source), within(edge.target)];
    if (source === target) continue;
    const id = `${source}\n${target}`;
    const known = shown.get(id);
    shown.set(id, {
      id,
      source,
      target,
      label: known?.label || edge.label || "",
      isData: (known?.isData ?? false) || (edge.is_data ?? false),
      isCritical: (known?.isCritical ?? false) || critical.has(`${edge.source}\n${edge.target}`),
    });
  }
  return [...shown.values()];
}

/** Edges between neighbours of the path, in either order the server may give it. */
function criticalPairs(path: readonly string[], edges: readonly GraphEdge[]): Set<string> {
  const at = new Map(path.map((id, index) => [id, index]));
  const pairs = edges.filter(({ source, target }) => {
    const [from, to] = [at.get(source), at.get(target)];
    return from !== undefined && to !== undefined && Math.abs(from - to) === 1;
  });
  return new Set(pairs.map(({ source, target }) => `${source}\n${target}`));
}
