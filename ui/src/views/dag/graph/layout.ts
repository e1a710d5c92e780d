// Where nodes go: dagre for each open group from the inside out, then for what is around it. Pure; large graphs are
// laid out in a worker (layout.worker.ts).
import dagre from "@dagrejs/dagre";

export interface Box {
  id: string;
  parent: string | null;
  /** Of what is not an open group. */
  width: number;
  height: number;
  isOpen: boolean;
}

export interface Line {
  source: string;
  target: string;
  /** Room for a label, in pixels. */
  label?: number;
}

/** Left top corner, within the parent. */
export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

export type Direction = "LR" | "TB";

export interface Wanted {
  boxes: Box[];
  lines: Line[];
  direction: Direction;
}

const HEAD = 34;
const PADDING = 14;
/** dagre's exact ranking grows with the cube of this; beyond, the longest path is as good to read. */
const MANY = 250;

export function layout({ boxes, lines, direction }: Wanted): Record<string, Place> {
  const parents = new Map(boxes.map((box) => [box.id, box.parent]));
  const children = new Map<string | null, Box[]>();
  for (const box of boxes) children.set(box.parent, [...(children.get(box.parent) ?? []), box]);
  const byLevel = linesByLevel(lines, parents);
  const places: Record<string, Place> = {};

  const arrange = (parent: string | null): { width: number; height: number } => {
    const inside = children.get(parent) ?? [];
    const sizes = new Map(
      inside.map((box) => [box.id, box.isOpen ? arrange(box.id) : { width: box.width, height: box.height }]),
    );
    return placed(sizes, byLevel.get(parent) ?? [], direction, parent !== null, places);
  };
  arrange(null);
  return places;
}

/** Lines by the level on which their ends are neighbours, with the ends lifted to that level. */
function linesByLevel(lines: readonly Line[], parents: Map<string, string | null>): Map<string | null, Line[]> {
  const pathOf = (id: string): string[] => {
    const path = [id];
    for (let at = parents.get(id); at && path.length < 100; at = parents.get(at)) path.push(at);
    return path.reverse();
  };
  const found = new Map<string | null, Line[]>();
  for (const line of lines) {
    const [from, to] = [pathOf(line.source), pathOf(line.target)];
    let level = 0;
    while (level < from.length && level < to.length && from[level] === to[level]) level += 1;
    const [source, target] = [from[level], to[level]];
    if (!source || !target) continue;
    const parent = level === 0 ? null : (from[level - 1] ?? null);
    found.set(parent, [...(found.get(parent) ?? []), { source, target, label: line.label }]);
  }
  return found;
}

function placed(
  sizes: Map<string, { width: number; height: number }>,
  lines: readonly Line[],
  direction: Direction,
  isGroup: boolean,
  places: Record<string, Place>,
): { width: number; height: number } {
  const graph = new dagre.graphlib.Graph({ multigraph: false });
  const isMany = sizes.size > MANY;
  graph.setGraph({
    rankdir: direction,
    nodesep: direction === "LR" ? 14 : 22,
    ranksep: direction === "LR" ? 56 : 42,
    ranker: isMany ? "longest-path" : "network-simplex",
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const [id, size] of sizes) graph.setNode(id, { ...size });
  for (const line of lines) {
    const label = line.label ? { width: line.label, height: 18, labelpos: "c" as const } : {};
    graph.setEdge(line.source, line.target, label);
  }
  dagre.layout(graph);
  keepAuthorsOrder(
    [...sizes.keys()].map((id): Middle => graph.node(id)),
    direction === "LR" ? "y" : "x",
  );
  const [left, top] = isGroup ? [PADDING, HEAD] : [0, 0];
  let [width, height] = [0, 0];
  for (const [id, size] of sizes) {
    const { x, y } = graph.node(id);
    places[id] = { x: x - size.width / 2 + left, y: y - size.height / 2 + top, ...size };
    width = Math.max(width, x + size.width / 2);
    height = Math.max(height, y + size.height / 2);
  }
  return isGroup ? { width: width + 2 * PADDING, height: height + HEAD + PADDING } : { width, height };
}

interface Middle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** dagre cares for crossings alone, and likes to put what was written first last: then the whole is turned over. */
function keepAuthorsOrder(nodes: readonly Middle[], across: "x" | "y"): void {
  const along = across === "x" ? "y" : "x";
  const before = new Map<number, number>();
  let turned = 0;
  for (const node of nodes) {
    const rank = Math.round(node[along]);
    const last = before.get(rank);
    if (last !== undefined) turned += node[across] < last ? 1 : -1;
    before.set(rank, node[across]);
  }
  if (turned <= 0) return;
  const size = across === "x" ? "width" : "height";
  const whole = nodes.reduce((most, node) => Math.max(most, node[across] + node[size] / 2), 0);
  for (const node of nodes) node[across] = whole - node[across];
}

/** Wide enough for its name, in steps, so that ranks look even. */
export function nodeWidth(label: string): number {
  const text = label.length * 7.1 + 66;
  return Math.min(300, Math.max(136, Math.ceil(text / 16) * 16));
}

export const NODE_HEIGHT = 42;
