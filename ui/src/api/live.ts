// The page's one stream of server-sent events. It survives sleep and server restarts: the browser resumes with
// Last-Event-ID; where that can't be (the server forgot, the pause was long), everything shown is asked for again.
import { useEffect, useRef, useSyncExternalStore } from "react";
import { queries } from "./queries";
import type { LiveEvent } from "./schema";

export type LiveState = "connecting" | "open" | "lost";

type Listener = (event: LiveEvent) => void;

const PATH = "/api/tradewind/v1/live";
/** The server sends something at least every 15 s; silence for longer than this is a dead connection. */
const SILENCE_MILLISECONDS = 45_000;
const RETRY_MILLISECONDS = [500, 1000, 2000, 5000, 10_000] as const;

const listeners = new Set<Listener>();
const watchers = new Set<() => void>();
let source: EventSource | undefined;
let state: LiveState = "connecting";
let lastId = "";
let heardAt = Date.now();
let failures = 0;
let retry: number | undefined;

function become(next: LiveState): void {
  if (next === state) return;
  state = next;
  for (const watcher of watchers) watcher();
}

function hear(event: MessageEvent<string>): void {
  heardAt = Date.now();
  if (event.lastEventId) lastId = event.lastEventId;
  const told = parsed(event.data);
  if (told === undefined) return;
  if (told.kind === "reset") askAgain();
  else for (const listener of listeners) listener(told);
}

function parsed(text: string): LiveEvent | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "kind" in value ? (value as LiveEvent) : undefined;
  } catch {
    return undefined;
  }
}

/** What is shown may have missed something: every query that is looked at is asked again. */
function askAgain(): void {
  void queries.invalidateQueries({ refetchType: "active" });
}

function open(): void {
  window.clearTimeout(retry);
  source?.close();
  const again = lastId !== "" || failures > 0;
  source = new EventSource(lastId ? `${PATH}?last_event_id=${encodeURIComponent(lastId)}` : PATH);
  source.onopen = () => {
    heardAt = Date.now();
    failures = 0;
    become("open");
    if (again) askAgain();
  };
  source.onerror = fail;
  source.onmessage = hear;
  source.addEventListener("ping", hear);
}

function fail(): void {
  source?.close();
  source = undefined;
  become("lost");
  const wait = RETRY_MILLISECONDS[Math.min(failures, RETRY_MILLISECONDS.length - 1)] ?? 10_000;
  failures += 1;
  window.clearTimeout(retry);
  // Spread, so that two hundred pages do not come back in one instant after a restart.
  retry = window.setTimeout(open, wait * (0.75 + Math.random() / 2));
}

function wake(): void {
  if (document.hidden) return;
  if (state === "lost" || Date.now() - heardAt > SILENCE_MILLISECONDS) open();
}

let started = false;

/** Opens the stream, once; the shell calls it when somebody is signed in. */
export function startLive(): void {
  if (started) return;
  started = true;
  open();
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);
  window.setInterval(wake, SILENCE_MILLISECONDS / 3);
}

export function onLive(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls the latest `listener` with each event while the component is shown. */
export function useLive(listener: Listener): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => onLive((event) => latest.current(event)), []);
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => state,
  );
}
