// One row. It is drawn again only when it is another row, or becomes the current one: scrolling draws new rows alone.
import { memo } from "react";
import type { Column } from "./DataTable";
import css from "./DataTable.module.css";

interface Props<Row> {
  row: Row;
  columns: Column<Row>[];
  index: number;
  height: number;
  isCurrent: boolean;
  opens: boolean;
  /** `opens`: the click hit no link or button of the row. */
  onClick: (index: number, row: Row, opens: boolean) => void;
}

function PlainRow<Row>({ row, columns, index, height, isCurrent, opens, onClick }: Props<Row>) {
  return (
    <tr
      className={css.row}
      style={{ height }}
      data-current={isCurrent || undefined}
      data-opens={opens || undefined}
      aria-rowindex={index + 1}
      onClick={(event) => onClick(index, row, !isControl(event.target))}
    >
      {columns.map((column) => (
        <td key={column.id} data-align={column.align} data-secondary={column.secondary || undefined}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

export const TableRow = memo(PlainRow) as typeof PlainRow;

function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest("a, button, input, label, [role=menuitem]") !== null;
}
