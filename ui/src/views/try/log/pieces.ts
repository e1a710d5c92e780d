// The part of a log that is loaded: lines without a hole from byte `start` to byte `end` of a file of `size` bytes.
import type { LogLine, LogPage } from "~/api/schema";

export interface Loaded {
  lines: readonly LogLine[];
  start: number;
  end: number;
  size: number;
  isEnded: boolean;
}

/** What one request asks for. */
export const WINDOW_BYTES = 256 * 1024;
/** More lines than this are not kept: those farthest from what is read are dropped again. */
export const MOST_LINES = 200_000;

export const NOTHING: Loaded = { lines: [], start: 0, end: 0, size: 0, isEnded: false };

export function begun(page: LogPage): Loaded {
  return { lines: page.lines, start: page.start, end: page.end, size: page.size, isEnded: page.is_ended };
}

/** With a window before it; one that does not fit (it was asked for twice) changes nothing. */
export function withBefore(loaded: Loaded, page: LogPage): Loaded {
  if (page.end !== loaded.start || page.start === page.end) return loaded;
  return { ...loaded, lines: [...page.lines, ...loaded.lines].slice(0, MOST_LINES), start: page.start };
}

/** With what follows: a later window, or what has been written since. */
export function withAfter(loaded: Loaded, page: LogPage): Loaded {
  const size = Math.max(loaded.size, page.size);
  if (page.start !== loaded.end) return { ...loaded, size, isEnded: page.is_ended };
  const lines = [...loaded.lines, ...page.lines];
  const dropped = Math.max(0, lines.length - MOST_LINES);
  return {
    lines: dropped > 0 ? lines.slice(dropped) : lines,
    start: dropped > 0 ? (lines[dropped]?.offset ?? loaded.start) : loaded.start,
    end: page.end,
    size,
    isEnded: page.is_ended,
  };
}

export const hasBefore = (loaded: Loaded) => loaded.start > 0;
export const hasAfter = (loaded: Loaded) => loaded.end < loaded.size;

/** Index of the line that has this byte; the last one before it where it is not loaded. */
export function lineAt(lines: readonly LogLine[], offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lines[middle]?.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
