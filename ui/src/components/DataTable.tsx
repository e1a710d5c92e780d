// A table of any length: only the rows in sight are drawn. Sort by its headings, filter by column, j/k/Enter by key.
import { getCoreRowModel, getFilteredRowModel, getSortedRowModel, useReactTable } from "@tanstack/react-table";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useShortcut } from "~/shell/shortcuts";
import css from "./DataTable.module.css";
import { Heading } from "./DataTableHeading";
import { compareValues, filtersOf, sortingOf, type TableState, useTableState, type Value } from "./table_state";

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
              <tr
                key={rowKey(row)}
                className={css.row}
                style={{ height: rowHeight }}
                data-current={item.index === at || undefined}
                data-opens={onOpen ? true : undefined}
                aria-rowindex={item.index + 1}
                onClick={(event) => {
                  setAt(item.index);
                  if (!isControl(event.target)) onOpen?.(row);
                }}
              >
                {columns.map((column) => (
                  <td key={column.id} data-align={column.align} data-secondary={column.secondary || undefined}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
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

function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest("a, button, input, label, [role=menuitem]") !== null;
}

function useShownRows<Row>(
  rows: Row[],
  columns: Column<Row>[],
  { sort, filters }: Pick<TableState, "sort" | "filters">,
) {
  const sorting = sortingOf(sort);
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: (row: Row) => column.value?.(row),
        sortingFn: (left: { original: Row }, right: { original: Row }) =>
          compareValues(column.value?.(left.original), column.value?.(right.original)),
        filterFn: (row: { original: Row }, _: string, wanted: string) => fits(column, row.original, wanted),
      })),
    [columns],
  );
  const table = useReactTable<Row>({
    data: rows,
    columns: definitions,
    state: {
      sorting: sorting ? [sorting] : [],
      columnFilters: [...filtersOf(filters)].map(([id, value]) => ({ id, value })),
    },
    // Otherwise rows that are made anew at each render would make the table render again, for ever.
    autoResetAll: false,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
    getFilteredRowModel: getFilteredRowModel(),
  });
  return table.getRowModel().rows.map((row) => row.original);
}

function fits<Row>(column: Column<Row>, row: Row, wanted: string): boolean {
  const value = String(column.value?.(row) ?? "");
  return column.filter === "choice" ? value === wanted : value.toLowerCase().includes(wanted.toLowerCase());
}

function useRowKeys(count: number, show: (index: number) => void, open?: (index: number) => void) {
  const [at, setAt] = useState(-1);
  const go = (index: number) => {
    const next = Math.max(0, Math.min(count - 1, index));
    setAt(next);
    show(next);
  };
  useShortcut("j", "Next row", () => go(at + 1), "Tables");
  useShortcut("k", "Row before", () => go(at - 1), "Tables");
  useShortcut("enter", "Open the row", () => at >= 0 && open?.(at), "Tables");
  return [at, setAt] as const;
}
