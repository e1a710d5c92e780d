// Pages of a grid, the newest runs first, as one grid.
import type { Grid, GridNode } from "~/api/schema";

/** Nodes as the newest page has them; tasks that only older runs had follow at the end. A run is in it once. */
export function joined(pages: readonly Grid[]): Grid {
  const [first, ...older] = pages;
  if (!first) return { nodes: [], runs: [], next_cursor: null };
  if (older.length === 0) return first;
  const seen = new Set<string>();
  const runs = pages
    .flatMap((page) => page.runs)
    .filter(({ bar }) => !seen.has(bar.run_id) && seen.add(bar.run_id).size > 0);
  return { nodes: joinedNodes(pages), runs, next_cursor: pages.at(-1)?.next_cursor ?? null };
}

function joinedNodes(pages: readonly Grid[]): GridNode[] {
  const known = new Map<string, GridNode>();
  for (const page of pages) for (const node of page.nodes) if (!known.has(node.id)) known.set(node.id, node);
  return [...known.values()];
}

/** Pages with the newest runs asked for again: known ones are replaced, new ones come first. */
export function renewed(pages: readonly Grid[], newest: Grid): Grid[] {
  const fresh = new Map(newest.runs.map((run) => [run.bar.run_id, run]));
  const known = new Set(pages.flatMap((page) => page.runs.map(({ bar }) => bar.run_id)));
  const oldestFresh = newest.runs.at(-1)?.bar.run_after ?? "";
  return pages.map((page, at) => {
    const kept = page.runs
      // What should be among the newest and isn't was deleted.
      .filter(({ bar }) => fresh.has(bar.run_id) || (newest.next_cursor !== null && bar.run_after <= oldestFresh))
      .map((run) => fresh.get(run.bar.run_id) ?? run);
    if (at > 0) return { ...page, runs: kept };
    const added = newest.runs.filter(({ bar }) => !known.has(bar.run_id));
    return { ...page, nodes: newest.nodes.length > 0 ? newest.nodes : page.nodes, runs: [...added, ...kept] };
  });
}

/** Longer bars than this many times the usual are cut: one run that hung would make all others look alike. */
const CUT = 4;

/** What a bar of full height lasted. */
export function barScale(seconds: readonly number[]): number {
  const sorted = [...seconds].sort((one, other) => one - other);
  const usual = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const longest = sorted.at(-1) ?? 0;
  return usual > 0 ? Math.min(longest, usual * CUT) : longest;
}

/** Heights of run bars: the longest fills, none is too small to be seen. Durations differ by orders of magnitude. */
export function barHeight(seconds: number, longestSeconds: number, height: number): number {
  if (longestSeconds <= 0) return 3;
  return Math.max(3, Math.round(Math.sqrt(Math.min(1, Math.max(0, seconds) / longestSeconds)) * height));
}
