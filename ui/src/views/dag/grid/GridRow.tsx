// A row of the grid: the node's name, and a cell for each run of the window. Drawn again only when one of its own cells
// changed: a live event of one task costs one row.
import { IconChevronRight } from "@tabler/icons-react";
import { memo } from "react";
import type { GridCell, GridRun } from "~/api/schema";
import { stateLook } from "~/theme/states";
import css from "./grid.module.css";
import { fromRight, ROW } from "./measures";
import { cellAt, type ShownRow } from "./rows";
import type { Stretch } from "./window";

interface Props {
  row: ShownRow;
  /** In the list of rows. */
  place: number;
  runs: readonly GridRun[];
  shown: Stretch;
  names: number;
  /** Column of the keyboard's place, where it is in this row. */
  placed: number | undefined;
  chosen: string | undefined;
}

export const GridRow = memo(function GridRow({ row, place, runs, shown, names, placed, chosen }: Props) {
  const { node, label } = row;
  return (
    <div
      role="row"
      aria-rowindex={place + 2}
      tabIndex={-1}
      className={css.row}
      style={{ top: place * ROW }}
      data-group={node.is_group || undefined}
      data-chosen={chosen === "" || undefined}
    >
      <div
        role="rowheader"
        tabIndex={-1}
        className={css.name}
        style={{ width: names, paddingLeft: 8 + Math.min(row.depth, 8) * 14 }}
        data-row={place}
        data-note={row.isNote || undefined}
        aria-expanded={row.folds ? row.isOpen : undefined}
        title={row.isNote ? label : row.key}
      >
        {row.folds ? (
          <IconChevronRight size={13} className={css.chevron} data-open={row.isOpen || undefined} aria-hidden />
        ) : (
          <span className={css.indent} />
        )}
        <span className="clip">{label}</span>
        {node.is_mapped && !node.is_group && row.folds && <span className={css.mapped}>[ ]</span>}
      </div>
      {runs.slice(shown.first, row.isNote ? shown.first : shown.end).map((run, at) => (
        <Cell
          key={run.bar.run_id}
          cell={cellAt(row, run)}
          name={row.instance ? `${node.label} ${label}` : label}
          isGroup={node.is_group}
          runId={run.bar.run_id}
          row={place}
          column={shown.first + at}
          placed={placed === shown.first + at}
          chosen={chosen === run.bar.run_id}
        />
      ))}
    </div>
  );
}, unchanged);

interface CellProps {
  cell: GridCell | undefined;
  name: string;
  isGroup: boolean;
  runId: string;
  row: number;
  column: number;
  placed: boolean;
  chosen: boolean;
}

function Cell({ cell, name, isGroup, runId, row, column, placed, chosen }: CellProps) {
  const look = cell && stateLook(cell.state);
  return (
    <div
      role="gridcell"
      tabIndex={-1}
      id={`cell-${row}-${column}`}
      aria-colindex={column + 2}
      aria-selected={chosen}
      aria-label={`${name}, ${runId}: ${look?.label ?? "Not there"}${cell?.reused ? ", the same as in an earlier run" : ""}`}
      className={css.cell}
      style={{ right: fromRight(column) }}
      data-row={row}
      data-run={column}
      data-placed={placed || undefined}
      data-chosen={chosen || undefined}
      data-hue={look?.hue}
      data-state={cell?.state}
      data-group={isGroup || undefined}
      data-reused={cell?.reused || undefined}
    />
  );
}

function unchanged(before: Props, after: Props): boolean {
  const { row, shown } = after;
  if (
    before.row.node !== row.node ||
    before.row.key !== row.key ||
    before.row.label !== row.label ||
    before.row.isOpen !== row.isOpen ||
    before.place !== after.place ||
    before.placed !== after.placed ||
    before.chosen !== after.chosen ||
    before.names !== after.names ||
    before.shown.first !== shown.first ||
    before.shown.end !== shown.end
  )
    return false;
  if (before.runs === after.runs && before.row.instance === row.instance) return true;
  for (let at = shown.first; at < shown.end; at += 1) {
    const [one, other] = [before.runs[at], after.runs[at]];
    if (one?.bar.run_id !== other?.bar.run_id || (one && cellAt(before.row, one)) !== (other && cellAt(row, other)))
      return false;
  }
  return true;
}
