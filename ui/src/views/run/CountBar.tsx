// How many task instances are in which state, as one bar and in words.
import type { CSSProperties } from "react";
import { StateBadge } from "~/components/StateBadge";
import { STATE_ORDER, stateColour, stateLook } from "~/theme/states";
import css from "./run.module.css";

interface Props {
  counts: Record<string, number>;
  total: number;
  /** The bar alone. */
  plain?: boolean;
}

export function CountBar({ counts, total, plain = false }: Props) {
  const known = orderedCounts(counts);
  const words = known.map(([state, count]) => `${count} ${stateLook(state).label.toLowerCase()}`).join(", ");
  return (
    <div>
      <div className={css.countBar} role="img" aria-label={words || "No task instance yet"}>
        {known.map(([state, count]) => (
          <span
            key={state}
            style={{ "--share": count / Math.max(1, total), background: stateColour(state) } as CSSProperties}
            title={`${count} ${stateLook(state).label}`}
          />
        ))}
      </div>
      {!plain && (
        <div className={css.countWords}>
          {known.map(([state, count]) => (
            <StateBadge key={state} state={state} count={count} />
          ))}
        </div>
      )}
    </div>
  );
}

/** What has ended well first, so that a bar grows from the left; the rest in the order of legends. */
export function orderedCounts(counts: Record<string, number>): [string, number][] {
  const rank = (state: string) => {
    if (state === "success") return -1;
    const at = (STATE_ORDER as readonly string[]).indexOf(state);
    return at < 0 ? STATE_ORDER.length : at;
  };
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([one], [other]) => rank(one) - rank(other));
}
