// The card beside the pointer: what the cell under it is.
import type { GridRun } from "~/api/schema";
import { StateBadge } from "~/components/StateBadge";
import { durationText, fullTime, secondsBetween } from "~/time/format";
import { useNow } from "~/time/now";
import { useZone } from "~/time/zone";
import css from "./grid.module.css";
import { cellAt, type ShownRow } from "./rows";

export interface Hovered {
  row: ShownRow | undefined;
  run: GridRun;
  /** Of the pointer, on the screen. */
  x: number;
  y: number;
}

const WIDTH = 280;

export function GridHover({ row, run, x, y }: Hovered) {
  const zone = useZone();
  const { bar } = run;
  const cell = row && cellAt(row, run);
  const now = useNow(bar.state === "running");
  const [start, end] = cell ? [cell.started_at, cell.ended_at] : [bar.started_at, bar.ended_at];
  const left = Math.max(8, Math.min(x + 14, window.innerWidth - WIDTH - 8));
  return (
    <div className={css.hover} style={{ left, top: Math.min(y + 14, window.innerHeight - 170), width: WIDTH }}>
      <div className={css.hoverTitle}>
        <strong className="clip">{row ? nameOf(row) : bar.run_id}</strong>
        <StateBadge state={row ? cell?.state : bar.state} />
      </div>
      {row && <div className="quiet clip">{bar.run_id}</div>}
      <dl className={css.facts}>
        <Fact name="Run after" value={fullTime(new Date(bar.run_after), zone)} />
        {start && <Fact name="Started" value={fullTime(new Date(start), zone)} />}
        {start && <Fact name="Took" value={durationText(secondsBetween(start, end, now))} />}
        {cell?.try_number ? <Fact name="Try" value={String(cell.try_number)} /> : null}
        {cell?.reused && <Fact name="Not run" value="the same as in an earlier run" />}
        {!row && <Fact name="Type" value={bar.run_type} />}
        {cell?.counts &&
          Object.entries(cell.counts).map(([state, count]) => <Fact key={state} name={state} value={String(count)} />)}
        {run.note && <Fact name="Note" value={run.note} />}
      </dl>
    </div>
  );
}

const nameOf = (row: ShownRow): string => (row.instance ? `${row.node.label} ${row.label}` : row.label);

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="numbers">{value}</dd>
    </>
  );
}
