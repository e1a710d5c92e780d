// Where the arrow keys lead in a graph: along its edges, and across to the nearest node beside.
import type { ShownGraph } from "./fold";
import type { Direction } from "./layout";
import type { Places } from "./useLayout";

export function neighbour(
  shown: ShownGraph,
  places: Places,
  direction: Direction,
  from: string | undefined,
  key: "next" | "before" | "up" | "down",
): string | undefined {
  const at = absolute(shown, places);
  if (!from || !at.has(from)) return first(shown, at, direction);
  if (key === "next" || key === "before") {
    const ends = shown.edges
      .filter((edge) => (key === "next" ? edge.source : edge.target) === from)
      .map((edge) => (key === "next" ? edge.target : edge.source));
    return nearest(from, ends, at);
  }
  const [here, side] = [at.get(from), direction === "LR" ? "y" : "x"] as const;
  const beside = [...at.keys()].filter((id) => {
    const there = at.get(id);
    if (!here || !there || id === from) return false;
    return key === "down" ? there[side] > here[side] + 1 : there[side] < here[side] - 1;
  });
  return nearest(from, beside, at);
}

interface Point {
  x: number;
  y: number;
}

/** Middles of all nodes but open groups, in the coordinates of the whole graph. */
function absolute({ nodes }: ShownGraph, places: Places): Map<string, Point> {
  const corners = new Map<string, Point>();
  const middles = new Map<string, Point>();
  for (const { node, parent, isOpen } of nodes) {
    const place = places[node.id];
    if (!place) continue;
    const origin = (parent && corners.get(parent)) || { x: 0, y: 0 };
    const corner = { x: origin.x + place.x, y: origin.y + place.y };
    corners.set(node.id, corner);
    if (!isOpen) middles.set(node.id, { x: corner.x + place.width / 2, y: corner.y + place.height / 2 });
  }
  return middles;
}

function nearest(from: string, among: readonly string[], at: Map<string, Point>): string | undefined {
  const here = at.get(from);
  if (!here) return undefined;
  const distance = (id: string) => {
    const there = at.get(id);
    return there ? Math.hypot(there.x - here.x, there.y - here.y) : Number.POSITIVE_INFINITY;
  };
  return [...among].sort((one, other) => distance(one) - distance(other)).find((id) => at.has(id));
}

function first(shown: ShownGraph, at: Map<string, Point>, direction: Direction): string | undefined {
  const axis = direction === "LR" ? "x" : "y";
  return shown.nodes
    .map(({ node }) => node.id)
    .filter((id) => at.has(id))
    .sort((one, other) => (at.get(one)?.[axis] ?? 0) - (at.get(other)?.[axis] ?? 0))[0];
}
