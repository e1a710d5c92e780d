// Which rows of a grid are shown when some groups are folded. Nodes come depth first, so what is below a group is the
// stretch of `children` nodes after it.
import type { GridNode } from "~/api/schema";

export interface Folding {
  /** What groups are where the URL says nothing. */
  foldedByDefault: boolean;
  /** Groups that are the other way round. */
  toggled: ReadonlySet<string>;
}

/** Above this many rows a grid opens with its groups folded. */
export const MANY_ROWS = 80;

/** In the URL's list: all groups are the other way round than they would be. */
const ALL = "*";

export function foldingOf(nodes: readonly GridNode[], toggled: readonly string[] | undefined): Folding {
  const isMany = nodes.length > MANY_ROWS;
  return { foldedByDefault: isMany !== (toggled?.includes(ALL) ?? false), toggled: new Set(toggled ?? []) };
}

export const isFolded = (folding: Folding, id: string): boolean => folding.foldedByDefault !== folding.toggled.has(id);

/** The nodes that are shown, in order. A search shows what it finds wherever it is folded away, and the groups above. */
export function shownNodes(nodes: readonly GridNode[], folding: Folding, search = ""): GridNode[] {
  const wanted = search.trim().toLowerCase();
  return wanted ? found(nodes, wanted) : unfolded(nodes, folding);
}

function unfolded(nodes: readonly GridNode[], folding: Folding): GridNode[] {
  const shown: GridNode[] = [];
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at];
    if (!node) break;
    shown.push(node);
    if (node.is_group && isFolded(folding, node.id)) at += node.children ?? 0;
  }
  return shown;
}

function found(nodes: readonly GridNode[], wanted: string): GridNode[] {
  const keep = new Set<number>();
  const above: number[] = [];
  nodes.forEach((node, at) => {
    above.length = node.depth;
    if (node.id.toLowerCase().includes(wanted)) {
      for (const group of above) keep.add(group);
      keep.add(at);
    }
    above[node.depth] = at;
  });
  return nodes.filter((_, at) => keep.has(at));
}

/** The list for the URL after a group was folded or opened. */
export function toggle(toggled: readonly string[] | undefined, id: string): string[] | undefined {
  const next = toggled?.includes(id) ? toggled.filter((one) => one !== id) : [...(toggled ?? []), id];
  return next.length > 0 ? next : undefined;
}

/** The same after "open all" or "fold all". */
export function toggleAll(toggled: readonly string[] | undefined): string[] | undefined {
  return toggled?.includes(ALL) ? undefined : [ALL];
}
