// The bars of a run as rows: one a task, in the order they began; instances of a mapped task below it when unfolded.
import type { Bar } from "~/api/schema";

export interface Segment {
  bar: Bar;
  queuedAt: number;
  startedAt: number | undefined;
  /** The present, for what still goes on. */
  endedAt: number;
  /** Of a deferred try, and of one that is tried again: when the next was queued; the present where none was yet. */
  heldUntil?: number;
}

export interface GanttRow {
  key: string;
  taskId: string;
  /** Of an instance; undefined for a task's own row. */
  mapPath: number[] | undefined;
  /** A mapped task: instances can be unfolded. */
  instances: number;
  isOpen: boolean;
  isCritical: boolean;
  segments: Segment[];
  queueSeconds: number;
  runSeconds: number;
}

export function ganttRows(
  bars: readonly Bar[],
  critical: ReadonlySet<string>,
  open: ReadonlySet<string>,
  now: number,
): GanttRow[] {
  const byTask = new Map<string, Segment[]>();
  for (const bar of bars) {
    const segments = byTask.get(bar.task_id) ?? [];
    segments.push(segmentOf(bar, now));
    byTask.set(bar.task_id, segments);
  }
  return [...byTask]
    .sort(([, one], [, other]) => begin(one) - begin(other))
    .flatMap(([taskId, segments]) => rowsOf(taskId, segments, critical.has(taskId), open.has(taskId), now));
}

function rowsOf(taskId: string, segments: Segment[], isCritical: boolean, isOpen: boolean, now: number): GanttRow[] {
  const paths = new Map<string, Segment[]>();
  for (const segment of segments) {
    const path = segment.bar.map_path.join(".");
    paths.set(path, [...(paths.get(path) ?? []), segment]);
  }
  const isMapped = paths.size > 1 || segments.some((segment) => segment.bar.map_path.length > 0);
  const own = rowOf(taskId, taskId, undefined, segments, isCritical, now);
  // Of instances side by side, what counts is from the first one's beginning to the last one's end.
  const task = {
    ...own,
    instances: isMapped ? paths.size : 0,
    isOpen,
    ...(isMapped && { runSeconds: spread(segments) }),
  };
  if (!isMapped || !isOpen) return [task];
  const instances = [...paths].map(([path, some]) =>
    rowOf(`${taskId}[${path}]`, taskId, some[0]?.bar.map_path ?? [], some, false, now),
  );
  return [task, ...instances.sort((one, other) => begin(one.segments) - begin(other.segments))];
}

function rowOf(
  key: string,
  taskId: string,
  mapPath: number[] | undefined,
  segments: Segment[],
  isCritical: boolean,
  now: number,
): GanttRow {
  const seconds = (of: (segment: Segment) => number) => segments.reduce((sum, segment) => sum + of(segment), 0) / 1000;
  return {
    key,
    taskId,
    mapPath,
    instances: 0,
    isOpen: false,
    isCritical,
    segments: withWaiting(segments, now),
    queueSeconds: seconds(({ queuedAt, startedAt, endedAt }) => (startedAt ?? endedAt) - queuedAt),
    runSeconds: seconds(({ startedAt, endedAt }) => (startedAt === undefined ? 0 : endedAt - startedAt)),
  };
}

/** States that a try ends in and the task goes on from, without a slot. */
const HOLDS = new Set(["deferred", "up_for_reschedule"]);

/** In order, each with how long the task waited after it: for a trigger, or for its next poke. */
function withWaiting(segments: readonly Segment[], now: number): Segment[] {
  const sorted = [...segments].sort((one, other) => one.queuedAt - other.queuedAt);
  return sorted.map((segment, at) => {
    if (!HOLDS.has(segment.bar.state) || !segment.bar.ended_at) return segment;
    const path = segment.bar.map_path.join(".");
    const next = sorted.slice(at + 1).find((one) => one.bar.map_path.join(".") === path);
    return { ...segment, heldUntil: next?.queuedAt ?? now };
  });
}

function segmentOf(bar: Bar, now: number): Segment {
  const queuedAt = Date.parse(bar.queued_at);
  const startedAt = bar.started_at ? Date.parse(bar.started_at) : undefined;
  const endedAt = bar.ended_at ? Date.parse(bar.ended_at) : now;
  return { bar, queuedAt, startedAt, endedAt: Math.max(endedAt, startedAt ?? queuedAt) };
}

function spread(segments: readonly Segment[]): number {
  const started = segments.filter(({ startedAt }) => startedAt !== undefined);
  const start = Math.min(...started.map(({ startedAt, queuedAt }) => startedAt ?? queuedAt));
  return started.length > 0 ? (Math.max(...started.map(({ endedAt }) => endedAt)) - start) / 1000 : 0;
}

const begin = (segments: readonly Segment[]): number => Math.min(...segments.map((segment) => segment.queuedAt));

/** Part of the whole that stays free behind its end, so that what ended last is seen. */
const MARGIN = 0.01;

/** The whole of it, never empty. `now` is when the run ended, where it has. */
export function wholeOf(bars: readonly Bar[], now: number): { start: number; end: number } {
  const segments = bars.map((bar) => segmentOf(bar, now));
  const start = segments.reduce((least, { queuedAt }) => Math.min(least, queuedAt), Number.POSITIVE_INFINITY);
  const isHeld = bars.some((bar) => HOLDS.has(bar.state) && bar.ended_at);
  const last = segments.reduce((most, { endedAt }) => Math.max(most, endedAt), isHeld ? now : Number.NEGATIVE_INFINITY);
  if (segments.length === 0) return { start: now, end: now + 1000 };
  const end = Math.max(last, start + 10);
  return { start, end: end + Math.ceil((end - start) * MARGIN) };
}
