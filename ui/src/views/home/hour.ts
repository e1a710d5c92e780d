// Where the next hour's runs stand on a line, those of one minute together. Pure.
import type { NextLine } from "~/api/schema";

export interface HourMark {
  /** From the left: 0 is now, 100 an hour from now. */
  percent: number;
  count: number;
  names: string[];
  at: Date;
}

const HOUR_SECONDS = 3600;

export function hourMarks(lines: readonly NextLine[], now: Date): HourMark[] {
  const marks = new Map<number, HourMark>();
  for (const line of lines) {
    const at = new Date(line.at);
    const seconds = (at.getTime() - now.getTime()) / 1000;
    if (seconds > HOUR_SECONDS) continue;
    const minute = Math.max(0, Math.floor(seconds / 60));
    const mark = marks.get(minute) ?? { percent: (minute / 60) * 100, count: 0, names: [], at };
    marks.set(minute, { ...mark, count: mark.count + 1, names: [...mark.names, line.dag_id] });
  }
  return [...marks.values()].sort((left, right) => left.percent - right.percent);
}
