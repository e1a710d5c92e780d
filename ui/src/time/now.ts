// The present instant, as state: one timer for the whole page, still while nobody looks at it.
import { useSyncExternalStore } from "react";

const TICK_MILLISECONDS = 1000;
const listeners = new Set<() => void>();
let now = new Date();

function tick(): void {
  if (document.hidden) return;
  now = new Date();
  for (const listener of listeners) listener();
}

window.setInterval(tick, TICK_MILLISECONDS);
document.addEventListener("visibilitychange", tick);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const still = () => () => {};

/** The present, renewed each second while `ticking`; otherwise as it is at each render. */
export function useNow(ticking = true): Date {
  return useSyncExternalStore(ticking ? subscribe : still, () => now);
}
