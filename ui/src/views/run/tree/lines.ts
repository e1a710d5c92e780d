// The tree of a run as a list of lines: groups, tasks, mapped tasks and their instances, as far as they are unfolded.
import type { GridNode, TaskRow } from "~/api/schema";
import { MANY_ROWS } from "~/views/dag/grid/fold";

export interface Line {
  key: string;
  kind: "group" | "task" | "mapped" | "instance";
  node: GridNode;
  depth: number;
  label: string;
  state: string;
  /** Of a task and of an instance. */
  row: TaskRow | undefined;
  /** State → instances, of groups and mapped tasks. */
  counts: Record<string, number>;
  total: number;
  startedAt: string | null;
  endedAt: string | null;
  isOpen: boolean;
}

export interface Wanted {
  /** Lines that are folded the other way than they would be. */
  toggled: ReadonlySet<string>;
  search: string;
  state: string;
  /** Mapped task → instances, with those that are not due yet and have no row. */
  mapped: Readonly<Record<string, number>>;
}

const ENDED = new Set(["success", "failed", "skipped", "upstream_failed", "removed"]);

/** A try has ended, and the task goes on. */
const WAITS = new Set(["deferred", "up_for_reschedule", "up_for_retry"]);

/** What is worst comes first. */
const WORST_FIRST = [
  "failed",
  "upstream_failed",
  "up_for_retry",
  "running",
  "up_for_reschedule",
  "deferred",
  "queued",
  "scheduled",
  "none",
  "success",
  "skipped",
  "removed",
];

export function linesOf(nodes: readonly GridNode[], rows: readonly TaskRow[], wanted: Wanted): Line[] {
  const byTask = rowsByTask(rows);
  const isMany = nodes.length > MANY_ROWS;
  const isSought = wanted.search !== "" || wanted.state !== "";
  const lines: Line[] = [];
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at];
    if (!node) break;
    if (node.is_group) {
      const below = nodes.slice(at + 1, at + 1 + (node.children ?? 0));
      const line = groupLine(node, below, byTask, wanted.mapped);
      line.isOpen = isSought || isMany === wanted.toggled.has(node.id);
      lines.push(line);
      if (!line.isOpen) at += below.length;
    } else lines.push(...taskLines(node, byTask.get(node.id) ?? [], wanted));
  }
  return isSought ? withoutEmptyGroups(lines.filter((line) => line.kind === "group" || fits(line, wanted))) : lines;
}

function rowsByTask(rows: readonly TaskRow[]): Map<string, TaskRow[]> {
  const found = new Map<string, TaskRow[]>();
  for (const row of rows) {
    const same = found.get(row.task_id);
    if (same) same.push(row);
    else found.set(row.task_id, [row]);
  }
  return found;
}

function groupLine(
  node: GridNode,
  below: readonly GridNode[],
  byTask: Map<string, TaskRow[]>,
  mapped: Wanted["mapped"],
): Line {
  const tasks = below.filter((one) => !one.is_group);
  const rows = tasks.flatMap((one) => byTask.get(one.id) ?? []);
  const expected = tasks.reduce((sum, one) => sum + (mapped[one.id] ?? 1), 0);
  return gathered("group", node, rows, expected);
}

function taskLines(node: GridNode, rows: readonly TaskRow[], wanted: Wanted): Line[] {
  const [only] = rows;
  if (!node.is_mapped || (rows.length === 1 && only?.map_path.length === 0))
    return [oneLine("task", node, only, node.depth)];
  const mapped = gathered("mapped", node, rows, wanted.mapped[node.id] ?? 0);
  mapped.isOpen = wanted.toggled.has(node.id) || wanted.state !== "";
  const shown = mapped.isOpen ? rows.filter((row) => !wanted.state || row.state === wanted.state) : [];
  return [mapped, ...shown.map((row) => oneLine("instance", node, row, node.depth + 1))];
}

function oneLine(kind: "task" | "instance", node: GridNode, row: TaskRow | undefined, depth: number): Line {
  const index = row ? row.map_path.join(", ") : "";
  return {
    key: kind === "task" ? node.id : `${node.id}[${index}]`,
    kind,
    node,
    depth,
    label: kind === "task" ? node.label : row?.label ? `${row.label} [${index}]` : `[${index}]`,
    state: row?.state ?? "none",
    row,
    counts: {},
    total: 1,
    startedAt: row?.started_at ?? null,
    endedAt: row && !WAITS.has(row.state) ? (row.ended_at ?? null) : null,
    isOpen: false,
  };
}

function gathered(kind: "group" | "mapped", node: GridNode, rows: readonly TaskRow[], expected: number): Line {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[row.state] = (counts[row.state] ?? 0) + 1;
  const missing = rows.length > 0 ? Math.max(0, expected - rows.length) : 0;
  if (missing > 0) counts.none = (counts.none ?? 0) + missing;
  const starts = rows.map((row) => row.started_at ?? "").filter(Boolean);
  const isOver = rows.length > 0 && missing === 0 && rows.every((row) => ENDED.has(row.state));
  const ends = rows.map((row) => row.ended_at ?? "").filter(Boolean);
  return {
    key: node.id,
    kind,
    node,
    depth: node.depth,
    label: node.label,
    state: WORST_FIRST.find((state) => counts[state]) ?? "none",
    row: undefined,
    counts,
    // What is mapped over something that is not there yet counts as one, which says nothing.
    total: rows.length > 0 ? rows.length + missing : expected > 1 ? expected : 0,
    startedAt: earliest(starts),
    endedAt: isOver ? latest(ends) : null,
    isOpen: false,
  };
}

const earliest = (times: string[]): string | null =>
  times.reduce<string | null>((a, b) => (a === null || b < a ? b : a), null);
const latest = (times: string[]): string | null =>
  times.reduce<string | null>((a, b) => (a === null || b > a ? b : a), null);

function fits(line: Line, { search, state }: Wanted): boolean {
  const named = search === "" || `${line.node.id} ${line.label}`.toLowerCase().includes(search.toLowerCase());
  const inState = state === "" || line.state === state || (line.counts[state] ?? 0) > 0;
  return named && inState;
}

/** A group stays only while something below it does. */
function withoutEmptyGroups(lines: readonly Line[]): Line[] {
  const kept: Line[] = [];
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = lines[at];
    if (!line) continue;
    const after = kept.at(-1);
    if (line.kind !== "group" || (after && after.depth > line.depth)) kept.push(line);
  }
  return kept.reverse();
}

/** How far something is, from 0 to 1; undefined where nobody knows. */
export function progressOf(line: Line): number | undefined {
  if (line.kind === "group" || line.kind === "mapped") {
    const done = Object.entries(line.counts).reduce((sum, [state, count]) => sum + (ENDED.has(state) ? count : 0), 0);
    return line.total > 0 && done < line.total ? done / line.total : undefined;
  }
  const progress = line.row?.progress;
  if (!progress?.total || line.state !== "running") return undefined;
  return Math.min(1, Math.max(0, progress.done / progress.total));
}
