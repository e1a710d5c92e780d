// How each column was spread before and is now, bin by bin; what drifted first.

import css from "../ml.module.css";
import type { Drift } from "../queries";
import { pairsOf } from "./pairs";

type Column = Drift["said"]["columns"][number];
const MOST = 12;

const hasCounts = (one: Column) => one.reference_counts.length > 0 && one.current_counts.length > 0;

export const areDrawn = (columns: Column[]) => columns.some(hasCounts);

export function BeforeAndNow({ columns }: { columns: Column[] }) {
  const shown = columns.filter(hasCounts).sort((one, other) => Number(other.drifted) - Number(one.drifted));
  if (shown.length === 0) return null;
  return (
    <section className={css.section} aria-label="Before and now">
      <h2 className={css.title}>
        Before and now <span className="quiet">share of rows in each bin: grey before, coloured now</span>
      </h2>
      <div className={css.compared}>
        {shown.slice(0, MOST).map((column) => (
          <Pairs key={column.column} column={column} />
        ))}
      </div>
    </section>
  );
}

function Pairs({ column }: { column: Column }) {
  const pairs = pairsOf(column.reference_counts, column.current_counts);
  const labels = column.kind === "category" ? column.labels : [column.labels[0], column.labels.at(-1)];
  return (
    <figure>
      <figcaption className="clip">{column.column}</figcaption>
      <svg
        viewBox={`0 0 ${pairs.length} 1`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Distribution of ${column.column} before and now`}
      >
        {pairs.map(([before, now], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
          <g key={at}>
            <rect className={css.before} x={at + 0.08} width={0.42} y={1 - before} height={before} />
            <rect
              className={css.now}
              data-drifted={column.drifted || undefined}
              x={at + 0.5}
              width={0.42}
              y={1 - now}
              height={now}
            />
          </g>
        ))}
      </svg>
      <div className={css.ends}>
        {labels.slice(0, 6).map((label, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a label is its place
          <span key={at} className="clip">
            {label}
          </span>
        ))}
      </div>
    </figure>
  );
}
