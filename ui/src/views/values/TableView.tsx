// A table: each column's type, distribution, nulls and range over its rows.
import type { ColumnStats, TablePreview } from "~/api/schema";
import css from "./values.module.css";
import { cellText, heights, isNoNumber } from "./words";

interface Props {
  table: TablePreview;
  /** Of its columns, as the library that made it names them. */
  dtypes: Record<string, string>;
}

export function TableView({ table, dtypes }: Props) {
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key */}
      <section className={css.scroll} aria-label="Rows" tabIndex={0}>
        <table className={css.table}>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column.name} scope="col">
                  <ColumnHead column={column} dtype={dtypes[column.name] ?? column.dtype} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a table are known by their place
              <tr key={at}>
                {row.map((cell, column) => (
                  <td
                    key={table.columns[column]?.name}
                    data-number={typeof cell === "number" || isNoNumber(cell) || undefined}
                    data-null={cell === null || isNoNumber(cell) || undefined}
                    title={typeof cell === "string" && cell.length > 30 ? cell : undefined}
                  >
                    {cellText(cell)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="quiet numbers">
        {table.total_rows.toLocaleString("en")} rows, {table.columns.length} columns
        {table.is_sample && "; statistics are of the first of them"}
      </p>
    </>
  );
}

function ColumnHead({ column, dtype }: { column: ColumnStats; dtype: string }) {
  const range =
    column.minimum !== null && column.minimum !== undefined
      ? `${cellText(column.minimum)} … ${cellText(column.maximum)}`
      : (column.top ?? []).map(([value, count]) => `${value} (${count})`).join(", ");
  return (
    <div className={css.column}>
      <span>{column.name}</span>
      <span className="quiet">{dtype}</span>
      <Histogram counts={column.histogram ?? []} label={`Distribution of ${column.name}`} />
      <span className={css.range} title={range}>
        {range}
      </span>
      <span className={column.nulls > 0 ? css.nulls : "quiet"}>
        {column.nulls > 0 ? `${column.nulls} missing` : column.unique !== null ? `${column.unique} distinct` : ""}
      </span>
    </div>
  );
}

export function Histogram({ counts, label }: { counts: readonly number[]; label: string }) {
  if (counts.length === 0) return <span className={css.histogram} aria-hidden />;
  return (
    <svg
      className={css.histogram}
      viewBox={`0 0 ${counts.length} 1`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {heights(counts).map((height, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bins are known by their place
        <rect key={at} x={at + 0.06} width={0.88} y={1 - height} height={height} />
      ))}
    </svg>
  );
}
