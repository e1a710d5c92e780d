// A table: each column's type, distribution, nulls and range over its rows.
import type { ColumnStats, TablePreview } from "~/api/schema";
import css from "./values.module.css";
import { cellText, heights } from "./words";

export function TableView({ table }: { table: TablePreview }) {
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key */}
      <section className={css.scroll} aria-label="Rows" tabIndex={0}>
        <table className={css.table}>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column.name} scope="col">
                  <ColumnHead column={column} />
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
                    data-number={typeof cell === "number" || undefined}
                    data-null={cell === null || undefined}
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
        {table.total_rows} rows{table.is_sample && "; statistics are of the first of them"}
      </p>
    </>
  );
}

function ColumnHead({ column }: { column: ColumnStats }) {
  const range =
    column.minimum !== null && column.minimum !== undefined
      ? `${cellText(column.minimum)} … ${cellText(column.maximum)}`
      : (column.top ?? []).map(([value, count]) => `${value} (${count})`).join(", ");
  return (
    <div className={css.column}>
      <span>{column.name}</span>
      <span className="quiet">{column.dtype}</span>
      <Histogram counts={column.histogram ?? []} label={`Distribution of ${column.name}`} />
      <span className={css.range} title={range}>
        {range}
      </span>
      <span className={column.nulls > 0 ? css.nulls : "quiet"}>
        {column.nulls > 0 ? `${column.nulls} null` : column.unique !== null ? `${column.unique} distinct` : ""}
      </span>
    </div>
  );
}

function Histogram({ counts, label }: { counts: readonly number[]; label: string }) {
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
