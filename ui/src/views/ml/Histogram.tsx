// How a column's values are spread, small enough for a table.
import css from "./ml.module.css";

const WIDTH = 110;
const HEIGHT = 26;

export function Histogram({ counts, label }: { counts: readonly number[]; label: string }) {
  const most = Math.max(...counts, 1);
  const step = WIDTH / Math.max(counts.length, 1);
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={label} className={css.histogram}>
      {counts.map((count, at) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
          key={at}
          x={at * step}
          width={Math.max(1, step - 1)}
          y={HEIGHT - (HEIGHT * count) / most}
          height={(HEIGHT * count) / most}
        />
      ))}
    </svg>
  );
}
