// A table of any length: only the rows in sight are drawn. Sort by its headings, filter by column, j/k/Enter by key.
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import css from "./DataTable.module.css";
import { Heading } from "./DataTableHeading";
import { TableRow } from "./DataTableRow";
import { useRowKeys } from "./row_keys";
import { useShownRows } from "./shown_rows";
import { useTableState, type Value } from "./table_state";

export interface Column<Row> {
  id: string;
  title: string;
  cell: (row: Row) => ReactNode;
  /** What sorting and filtering compare; without it the column does neither. */
  value?: (row: Row) => Value;
  /** A text to search for, or one of the values that there are. */
  filter?: "text" | "choice";
  /** CSS width; without it the column shares what is left. */
  width?: string;
  align?: "right";
  /** Left out on a phone. */
  secondary?: boolean;
}

interface Props<Row> {
  rows: Row[];
  columns: Column<Row>[];
  rowKey: (row: Row) => string;
  /** What the table is of, for screen readers. */
  label: string;
  /** Enter, or a click on a row that hits none of its links and buttons. */
  onOpen?: (row: Row) => void;
  /** Called when the end comes into sight: load the next page. */
  onEnd?: () => void;
  /** Where no row is left by the filters. */
  empty?: ReactNode;
  rowHeight?: number;
  /** The rows come sorted and filtered as the URL asks for: they stay as they are. */
  sortedByServer?: boolean;
}

const OVERSCAN = 12;
const NOTHING = {};

export function DataTable<Row>(props: Props<Row>) {
  const { rows, columns, rowKey, onOpen, onEnd, rowHeight = 36 } = props;
  const state = useTableState();
  const shown = useShownRows(rows, columns, props.sortedByServer ? NOTHING : state);
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    setTop(body.current ? body.current.getBoundingClientRect().top + window.scrollY : 0);
  }, []);
  const virtual = useWindowVirtualizer({
    count: shown.length,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: top,
  });
  const [at, setAt] = useRowKeys(
    shown.length,
    (row) => virtual.scrollToIndex(row, { align: "auto" }),
    onOpen &&
      ((index) => {
        const row = shown[index];
        if (row !== undefined) onOpen(row);
      }),
  );
  const latest = useRef(onOpen);
  useEffect(() => {
    latest.current = onOpen;
  });
  const click = useCallback(
    (index: number, row: Row, opens: boolean) => {
      setAt(index);
      if (opens) latest.current?.(row);
    },
    [setAt],
  );
  const items = virtual.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  const lastIndex = last?.index ?? -1;
  const end = useRef(onEnd);
  useEffect(() => {
    end.current = onEnd;
  });
  useEffect(() => {
    if (lastIndex >= 0 && lastIndex >= shown.length - 1) end.current?.();
  }, [lastIndex, shown.length]);
  return (
    <div className={css.frame}>
      <table className={css.table} aria-label={props.label} aria-rowcount={shown.length}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Heading key={column.id} column={column} rows={rows} state={state} />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {first && first.start > top && <Spacer height={first.start - top} />}
          {items.map((item) => {
            const row = shown[item.index] as Row;
            return (
              <TableRow
                key={rowKey(row)}
                row={row}
                columns={columns}
                index={item.index}
                height={rowHeight}
                isCurrent={item.index === at}
                opens={onOpen !== undefined}
                onClick={click}
              />
            );
          })}
          {last && virtual.getTotalSize() + top > last.end && (
            <Spacer height={virtual.getTotalSize() + top - last.end} />
          )}
        </tbody>
      </table>
      {shown.length === 0 && <div className={css.empty}>{props.empty ?? "Nothing fits these filters."}</div>}
    </div>
  );
}

function Spacer({ height }: { height: number }) {
  return <tr aria-hidden style={{ height }} className={css.spacer} />;
}
