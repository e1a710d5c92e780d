// Where the arrow keys lead in a grid whose columns are runs, the newest on the right.
import { clamp } from "./window";

export interface Place {
  /** Row of a node; -1 is the run's own bar. */
  row: number;
  /** Column of a run, 0 the newest. */
  run: number;
}

const STEPS: Record<string, (place: Place, page: number) => Place> = {
  ArrowUp: ({ row, run }) => ({ row: row - 1, run }),
  ArrowDown: ({ row, run }) => ({ row: row + 1, run }),
  k: ({ row, run }) => ({ row: row - 1, run }),
  j: ({ row, run }) => ({ row: row + 1, run }),
  ArrowLeft: ({ row, run }) => ({ row, run: run + 1 }),
  ArrowRight: ({ row, run }) => ({ row, run: run - 1 }),
  h: ({ row, run }) => ({ row, run: run + 1 }),
  l: ({ row, run }) => ({ row, run: run - 1 }),
  PageUp: ({ row, run }, page) => ({ row: row - page, run }),
  PageDown: ({ row, run }, page) => ({ row: row + page, run }),
  Home: ({ row }) => ({ row, run: Number.MAX_SAFE_INTEGER }),
  End: ({ row }) => ({ row, run: 0 }),
};

/** The place after a key; undefined where the key means nothing here. */
export function moved(place: Place, key: string, rows: number, runs: number, page: number): Place | undefined {
  const next = STEPS[key]?.(place, page);
  return next && { row: clamp(next.row, -1, rows - 1), run: clamp(next.run, 0, runs - 1) };
}
