// Which rows a table shows, in which order: sorting and filtering by the columns' values.
import { getCoreRowModel, getFilteredRowModel, getSortedRowModel, useReactTable } from "@tanstack/react-table";
import { useMemo } from "react";
import type { Column } from "./DataTable";
import { compareValues, filtersOf, sortingOf, type TableState } from "./table_state";

export function useShownRows<Row>(
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
