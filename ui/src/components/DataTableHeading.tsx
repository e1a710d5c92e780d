// A column's heading: sorts, and filters where the column can.
import { ActionIcon, Popover, Select, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconFilter, IconFilterFilled } from "@tabler/icons-react";
import type { Column } from "./DataTable";
import css from "./DataTable.module.css";
import { compareValues, filtersOf, nextSort, sortingOf, type TableState, withFilter } from "./table_state";

interface Props<Row> {
  column: Column<Row>;
  rows: Row[];
  state: TableState;
}

const ARIA = { asc: "ascending", desc: "descending" } as const;

export function Heading<Row>({ column, rows, state }: Props<Row>) {
  const sorting = sortingOf(state.sort);
  const direction = sorting?.id === column.id ? (sorting.desc ? "desc" : "asc") : undefined;
  return (
    <th
      style={{ width: column.width }}
      data-align={column.align}
      data-secondary={column.secondary || undefined}
      aria-sort={direction && ARIA[direction]}
      scope="col"
    >
      <span className={css.heading}>
        {column.value ? (
          <button
            type="button"
            className={css.sort}
            onClick={() => state.change({ sort: nextSort(sorting, column.id) })}
          >
            {column.title}
            {direction === "asc" && <IconArrowUp size={12} aria-hidden />}
            {direction === "desc" && <IconArrowDown size={12} aria-hidden />}
          </button>
        ) : (
          column.title
        )}
        {column.filter && <Filter column={column} rows={rows} state={state} />}
      </span>
    </th>
  );
}

function Filter<Row>({ column, rows, state }: Props<Row>) {
  const wanted = filtersOf(state.filters).get(column.id) ?? "";
  const put = (value: string) => state.change({ f: withFilter(state.filters, column.id, value) });
  const Picture = wanted ? IconFilterFilled : IconFilter;
  return (
    <Popover shadow="md" trapFocus position="bottom-start">
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          size={20}
          color={wanted ? undefined : "gray"}
          aria-label={`Filter by ${column.title}`}
        >
          <Picture size={12} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        {column.filter === "choice" ? (
          <Select
            size="xs"
            aria-label={column.title}
            placeholder="All"
            clearable
            data={valuesOf(column, rows)}
            value={wanted || null}
            onChange={(value) => put(value ?? "")}
            comboboxProps={{ withinPortal: false }}
          />
        ) : (
          <TextInput
            size="xs"
            aria-label={column.title}
            placeholder="Contains …"
            value={wanted}
            onChange={(event) => put(event.currentTarget.value)}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function valuesOf<Row>(column: Column<Row>, rows: Row[]): string[] {
  const found = new Set(rows.map((row) => String(column.value?.(row) ?? "")));
  found.delete("");
  return [...found].sort(compareValues);
}
