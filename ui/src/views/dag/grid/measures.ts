// Sizes of the grid in pixels, and the window of it that is drawn.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type Stretch, scrollTo, stretch } from "./window";

export const CELL = 18;
export const ROW = 24;
export const HEAD = 84;
export const BARS = 48;
const BLOCK = 10;
/** The newest run's distance from the right edge. */
const EDGE = 6;
const NARROW = 700;
/** Pixels from the oldest run at which older ones are asked for. */
const NEAR_OLDEST = 600;

interface Windows {
  rows: Stretch;
  /** Counted from the newest run, which is on the right. */
  runs: Stretch;
  names: number;
  /** Width of the whole scrolled content. */
  width: number;
  /** What is left on the right where the runs don't fill the width. */
  slack: number;
}

const START: Windows = { rows: { first: 0, end: 40 }, runs: { first: 0, end: 60 }, names: 240, width: 0, slack: 0 };

export function useWindows(rowCount: number, runCount: number, onNearOldest: () => void) {
  const box = useRef<HTMLDivElement>(null);
  const [shown, show] = useState(START);
  /** How far what is looked at is from the right end, where the newest run is. */
  const awayFromNewest = useRef(0);

  const look = useCallback(() => {
    const element = box.current;
    if (!element) return;
    const names = element.clientWidth < NARROW ? 128 : 240;
    const needed = names + runCount * CELL + EDGE;
    const width = Math.max(element.clientWidth, needed);
    const slack = width - needed;
    const isPlaced = element.scrollWidth >= width;
    if (isPlaced) awayFromNewest.current = Math.max(0, element.scrollWidth - element.clientWidth - element.scrollLeft);
    const next: Windows = {
      rows: stretch(element.scrollTop, element.clientHeight - HEAD, ROW, rowCount, BLOCK),
      runs: stretch(awayFromNewest.current - EDGE - slack, element.clientWidth - names, CELL, runCount, BLOCK),
      names,
      width,
      slack,
    };
    show((before) => (same(before, next) ? before : next));
    if (isPlaced && element.scrollLeft < NEAR_OLDEST) onNearOldest();
  }, [rowCount, runCount, onNearOldest]);

  // Older runs come in on the left, new ones on the right; what is looked at stays where it is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the width is what moves everything
  useLayoutEffect(() => {
    const element = box.current;
    if (element) element.scrollLeft = element.scrollWidth - element.clientWidth - awayFromNewest.current;
  }, [shown.width]);

  useEffect(() => {
    look();
    // Once more when it has been laid out: few runs may leave room for older ones.
    const frame = requestAnimationFrame(look);
    const element = box.current;
    const observer = new ResizeObserver(look);
    if (element) observer.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
  }, [look]);

  const reveal = useCallback(
    (row: number, run: number) => {
      const element = box.current;
      if (!element) return;
      if (row >= 0) element.scrollTop = scrollTo(row, ROW, element.scrollTop, element.clientHeight - HEAD);
      const right = shown.width - element.clientWidth - element.scrollLeft;
      const wanted = scrollTo(run, CELL, right, element.clientWidth - shown.names - EDGE);
      if (shown.slack === 0) element.scrollLeft += right - wanted;
    },
    [shown.width, shown.names, shown.slack],
  );
  return { box, shown, look, reveal };
}

/** Where a run's column is: beside the names where there are few runs, at the right edge otherwise. */
export const fromRight = (run: number, more = 0): string => `calc(var(--slack) + ${run * CELL + EDGE + more}px)`;

const same = (one: Windows, other: Windows): boolean =>
  one.rows.first === other.rows.first &&
  one.rows.end === other.rows.end &&
  one.runs.first === other.runs.first &&
  one.runs.end === other.runs.end &&
  one.names === other.names &&
  one.width === other.width &&
  one.slack === other.slack;
