// Where a new day begins among the runs, for the labels above the grid.
import type { GridRun } from "~/api/schema";
import { dayOf } from "~/time/format";
import type { Stretch } from "./window";

export interface DayMark {
  run: number;
  label: string;
}

/** A label is as wide as this many columns. */
const LABEL_RUNS = 4;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The first run of each day, as far as the labels don't touch. From the newest to the oldest of the window. */
export function dayMarks(runs: readonly GridRun[], zone: string, shown: Stretch): DayMark[] {
  const marks: DayMark[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (let run = shown.first; run < Math.min(shown.end, runs.length); run += 1) {
    const [here, before] = [runs[run], runs[run + 1]];
    if (!here) break;
    const day = dayOf(new Date(here.bar.run_after), zone);
    const begins = !before || dayOf(new Date(before.bar.run_after), zone) !== day;
    if (!begins || run - last < LABEL_RUNS) continue;
    marks.push({ run, label: `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]}` });
    last = run;
  }
  return marks;
}
