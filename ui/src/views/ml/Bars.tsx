// Named numbers as bars: importances, shares, counts.
import css from "./ml.module.css";

interface Props {
  label: string;
  bars: readonly { name: string; value: number; text: string; isMarked?: boolean }[];
}

export function Bars({ label, bars }: Props) {
  const most = Math.max(...bars.map((bar) => Math.abs(bar.value)), 1e-12);
  return (
    <ul className={css.bars} aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.name}>
          <span className="clip" title={bar.name}>
            {bar.name}
          </span>
          <span className={css.track} aria-hidden>
            <span
              className={css.bar}
              data-marked={bar.isMarked || undefined}
              style={{ width: `${(100 * Math.abs(bar.value)) / most}%` }}
            />
          </span>
          <span className="numbers">{bar.text}</span>
        </li>
      ))}
    </ul>
  );
}
