// The runs above the grid, as bars as high as they lasted, with the days they belong to.
import { memo } from "react";
import type { GridRun } from "~/api/schema";
import { stateLook } from "~/theme/states";
import { durationText, secondsBetween } from "~/time/format";
import { useNow } from "~/time/now";
import { useZone } from "~/time/zone";
import { dayMarks } from "./days";
import css from "./grid.module.css";
import { BARS, CELL, fromRight } from "./measures";
import { barHeight, barScale } from "./pages";
import type { Stretch } from "./window";

interface Props {
  runs: readonly GridRun[];
  shown: Stretch;
  names: number;
  placed: number | undefined;
  chosen: string | undefined;
}

export const RunBars = memo(function RunBars({ runs, shown, names, placed, chosen }: Props) {
  const zone = useZone();
  const visible = runs.slice(shown.first, shown.end);
  const now = useNow(visible.some(({ bar }) => bar.state === "running"));
  const seconds = (run: GridRun) => secondsBetween(run.bar.started_at, run.bar.ended_at, now);
  const full = barScale(visible.map(seconds));
  return (
    <div role="row" aria-rowindex={1} tabIndex={-1} className={css.head}>
      <div role="columnheader" tabIndex={-1} className={css.corner} style={{ width: names }}>
        <span className={css.unseen}>Task; a bar of full height lasted </span>
        <span className={css.longest}>{full > 0 ? durationText(full) : ""}</span>
      </div>
      {dayMarks(runs, zone, shown).map((mark) => (
        <span key={mark.run} role="presentation" className={css.day} style={{ right: fromRight(mark.run, -CELL * 2) }}>
          {mark.label}
        </span>
      ))}
      {visible.map((run, at) => {
        const column = shown.first + at;
        const look = stateLook(run.bar.state);
        return (
          <div
            key={run.bar.run_id}
            role="columnheader"
            tabIndex={-1}
            id={`cell--1-${column}`}
            aria-colindex={column + 2}
            className={css.run}
            style={{ right: fromRight(column), height: BARS + 8 }}
            data-row={-1}
            data-run={column}
            data-placed={placed === column || undefined}
            data-chosen={chosen === run.bar.run_id || undefined}
          >
            <span className={css.unseen}>
              Run {run.bar.run_id}: {look.label}, {durationText(seconds(run))}
            </span>
            <span
              className={css.bar}
              style={{ height: barHeight(seconds(run), full, BARS - 8) }}
              data-cut={seconds(run) > full || undefined}
              data-hue={look.hue}
              data-state={run.bar.state}
              data-type={run.bar.run_type}
            />
          </div>
        );
      })}
    </div>
  );
});
