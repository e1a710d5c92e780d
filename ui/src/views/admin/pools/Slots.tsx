// A pool's slots as a bar, and in words.
import type { PoolPage } from "~/api/schema";
import css from "./pools.module.css";

export function Slots({ pool }: { pool: PoolPage }) {
  const isEndless = pool.slots < 0;
  const share = isEndless || pool.slots === 0 ? 0 : Math.min(100, (100 * pool.used) / pool.slots);
  return (
    <span className={css.slots}>
      <span className={css.track} aria-hidden>
        <span className={css.used} style={{ width: `${share}%` }} data-full={share >= 100 || undefined} />
      </span>
      <span className="numbers">
        {pool.used} of {isEndless ? "∞" : pool.slots}
        {pool.deferred > 0 && <span className="quiet"> · {pool.deferred} deferred</span>}
      </span>
    </span>
  );
}
