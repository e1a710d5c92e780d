// The keyboard: views declare shortcuts while they are shown; `?` lists those that hold now.
import { useEffect, useRef, useSyncExternalStore } from "react";
import { match, pressed, SEQUENCE_MILLISECONDS } from "./keys";

export interface Shortcut {
  keys: string;
  label: string;
  /** Heading in the list of keys. */
  group: string;
  run: () => void;
}

let active: Shortcut[] = [];
const watchers = new Set<() => void>();

function change(next: Shortcut[]): void {
  active = next;
  for (const watcher of watchers) watcher();
}

/** Holds while the calling component is shown. The latest `run` is called; of two with the same keys, the inner one. */
export function useShortcut(keys: string, label: string, run: () => void, group = "This page"): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const mine: Shortcut = { keys, label, group, run: () => latest.current() };
    change([...active, mine]);
    return () => change(active.filter((one) => one !== mine));
  }, [keys, label, group]);
}

export function useActiveShortcuts(): Shortcut[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => active,
  );
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

/** Buttons, links and rows of tables answer to Enter themselves. */
function isItsOwn(key: string, target: EventTarget | null): boolean {
  return key === "enter" && target instanceof HTMLElement && target.matches("a, button, summary, [role=button]");
}

export function ShortcutListener() {
  useEffect(() => {
    let begun = "";
    let begunAt = 0;
    const listen = (event: KeyboardEvent) => {
      const key = pressed(event);
      if (!key || event.defaultPrevented || isTyping(event.target) || isItsOwn(key, event.target)) return;
      if (document.querySelector("[role=dialog][aria-modal=true]") && key !== "escape") return;
      const before = event.timeStamp - begunAt < SEQUENCE_MILLISECONDS ? begun : "";
      const found = match(
        before,
        key,
        active.map((one) => one.keys),
      );
      begun = found.rest;
      begunAt = event.timeStamp;
      const hit = found.hit ? active.findLast((one) => one.keys === found.hit) : undefined;
      if (!hit) return;
      event.preventDefault();
      hit.run();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  return null;
}
