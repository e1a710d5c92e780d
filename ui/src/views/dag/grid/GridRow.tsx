// A row of the grid: the node's name, and a cell for each run of the window. Drawn again only when one of its own cells
// changed: a live event of one task costs one row.
import { IconChevronRight } from "@tabler/icons-react";
import { memo } from "react";
import type { GridCell, GridNode, GridRun } from "~/api/schema";
import { stateLook } from "~/theme/states";
import css from "./grid.module.css";
import { fromRight, ROW } from "./measures";
import type { Stretch } from "./window";

interface Props {
  node: GridNode;
  row: number;
  runs: readonly GridRun[];
  shown: Stretch;
  names: number;
  folded: boolean;
  /** Column of the keyboard's place, where it is in this row. */
  placed: number | undefined;
  chosen: string | undefined;
}

export const GridRow = memo(function GridRow({ node, row, runs, shown, names, folded, placed, chosen }: Props) {
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      tabIndex={-1}
      className={css.row}
      style={{ top: row * ROW }}
      data-group={node.is_group || undefined}
      data-chosen={chosen === "" || undefined}
    >
      <div
        role="rowheader"
        tabIndex={-1}
        className={css.name}
        style={{ width: names, paddingLeft: 8 + Math.min(node.depth, 8) * 14 }}
        data-row={row}
        aria-expanded={node.is_group ? !folded : undefined}
        title={node.id}
      >
        {node.is_group ? (
          <IconChevronRight size={13} className={css.chevron} data-open={!folded || undefined} aria-hidden />
        ) : (
          <span className={css.indent} />
        )}
        <span className="clip">{node.label}</span>
        {node.is_mapped && <span className={css.mapped}>[ ]</span>}
      </div>
      {runs.slice(shown.first, shown.end).map((run, at) => (
        <Cell
          key={run.bar.run_id}
          cell={run.cells[node.id]}
          node={node}
          runId={run.bar.run_id}
          row={row}
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
  node: GridNode;
  runId: string;
  row: number;
  column: number;
  placed: boolean;
  chosen: boolean;
}

function Cell({ cell, node, runId, row, column, placed, chosen }: CellProps) {
  const look = cell && stateLook(cell.state);
  return (
    <div
      role="gridcell"
      tabIndex={-1}
      id={`cell-${row}-${column}`}
      aria-colindex={column + 2}
      aria-selected={chosen}
      aria-label={`${node.label}, ${runId}: ${look?.label ?? "Not there"}`}
      className={css.cell}
      style={{ right: fromRight(column) }}
      data-row={row}
      data-run={column}
      data-placed={placed || undefined}
      data-chosen={chosen || undefined}
      data-hue={look?.hue}
      data-state={cell?.state}
      data-group={node.is_group || undefined}
    />
  );
}

function unchanged(before: Props, after: Props): boolean {
  const { node, shown } = after;
  if (
    before.node !== node ||
    before.row !== after.row ||
    before.folded !== after.folded ||
    before.placed !== after.placed ||
    before.chosen !== after.chosen ||
    before.names !== after.names ||
    before.shown.first !== shown.first ||
    before.shown.end !== shown.end
  )
    return false;
  if (before.runs === after.runs) return true;
  for (let at = shown.first; at < shown.end; at += 1) {
    const [one, other] = [before.runs[at], after.runs[at]];
    if (one?.bar.run_id !== other?.bar.run_id || one?.cells[node.id] !== other?.cells[node.id]) return false;
  }
  return true;
}
