// How a sweep went on: each trial's value, and the best until then.
import type { SweepEnded, Trial, TrialBegun } from "../queries";

export interface History {
  x: number[];
  values: (number | null)[];
  best: (number | null)[];
}

export function historyOf(trials: readonly Trial[], isMinimized: boolean): History {
  const ordered = [...trials].sort((a, b) => a.said.number - b.said.number);
  let best: number | null = null;
  const kept = ordered.map((trial) => {
    const value = trial.said.state === "complete" ? trial.said.value : null;
    if (value !== null && (best === null || (isMinimized ? value < best : value > best))) best = value;
    return { value, best };
  });
  return {
    x: ordered.map((trial) => trial.said.number),
    values: kept.map((one) => one.value),
    best: kept.map((one) => one.best),
  };
}

/** From 0 (worst) to 1, of each trial with a value. */
export function goodness(trials: readonly Trial[], isMinimized: boolean): (number | null)[] {
  const known = trials.flatMap((one) =>
    one.said.state === "complete" && one.said.value !== null ? [one.said.value] : [],
  );
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return trials.map((one) => {
    if (one.said.state !== "complete" || one.said.value === null) return null;
    const place = high > low ? (one.said.value - low) / (high - low) : 1;
    return isMinimized ? 1 - place : place;
  });
}

/** Trials that have begun and not ended, by number; none of a sweep that is over, whatever became of them. */
export function runningOf(
  started: readonly TrialBegun[],
  trials: readonly Trial[],
  ended: Pick<SweepEnded, "entry_id"> | undefined,
): TrialBegun[] {
  const over = new Set(trials.map((one) => `${one.said.study} ${one.said.number}`));
  const open = new Map<number, TrialBegun>();
  for (const one of started) {
    if (over.has(`${one.said.study} ${one.said.number}`) || one.entry_id < (ended?.entry_id ?? 0)) continue;
    if (!open.has(one.said.number)) open.set(one.said.number, one);
  }
  return [...open.values()].sort((a, b) => a.said.number - b.said.number);
}
