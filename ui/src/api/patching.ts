// What a live event makes stale: query keys begin with what they show, so that one event renews what it touches only.
import type { QueryKey } from "@tanstack/react-query";
import { onLive } from "./live";
import { queries } from "./queries";
import type { LiveEvent } from "./schema";

/** Beginnings of the keys of queries that show what the event changed. */
export function staleKeys(event: Pick<LiveEvent, "kind" | "dag_id" | "run_id" | "task_id">): QueryKey[] {
  const { kind, dag_id: dag = "", run_id: run = "", task_id: task = "" } = event;
  switch (kind) {
    case "run":
      return [["home"], ["dags"], ["dag", dag], ["run", dag, run], ["ml"]];
    case "task":
    case "try":
      return [
        ["run", dag, run],
        ["task", dag, run, task],
        ["dag", dag, "grid"],
        ["ml"], // what a try notes down is there when its state changes
      ];
    case "metric":
      return [
        ["ml", "experiments"],
        ["run", dag, run, "metrics"],
      ];
    case "entry":
      return [["ml"], ["task", dag, run, task, "logged"], ["run", dag, run, "journal"]];
    case "note":
      return [["task", dag, run, task]];
    case "dag":
      return [["home"], ["dags"], dag ? ["dag", dag] : ["dag"]];
    case "ask":
      return [["home"], ["overview"], ["asks"]];
    case "deleted":
      return [["home"], ["dags"], ["dag"], ["grid"], ["run"], ["task"]];
    case "pool":
      return [["pools"]];
    case "asset":
      return [["assets"]];
    default:
      return [];
  }
}

const GATHER_MILLISECONDS = 250;
/** A list that costs the server more rests longer between two renewals; two hundred viewers look at it. */
const REST_MILLISECONDS: Record<string, number> = {
  home: 3000,
  overview: 3000,
  dags: 3000,
  dag: 1500,
  assets: 3000,
  ml: 4000,
};
const REST_OTHERS_MILLISECONDS = 700;

/** When a key that became stale at `now` is asked for again: soon, but not sooner than its rest after the last time. */
export function dueAt(key: QueryKey, now: number, renewedAt: number | undefined): number {
  const rest = REST_MILLISECONDS[String(key[0])] ?? REST_OTHERS_MILLISECONDS;
  return Math.max(now + GATHER_MILLISECONDS, (renewedAt ?? 0) + rest);
}

const due = new Map<string, { key: QueryKey; at: number }>();
const renewed = new Map<string, number>();
let started = false;
let timer: number | undefined;

function hear(event: LiveEvent): void {
  const now = Date.now();
  for (const key of staleKeys(event)) {
    const name = JSON.stringify(key);
    if (!due.has(name)) due.set(name, { key, at: dueAt(key, now, renewed.get(name)) });
  }
  wait();
}

function wait(): void {
  if (timer !== undefined || due.size === 0) return;
  const first = Math.min(...[...due.values()].map((one) => one.at));
  timer = window.setTimeout(renew, Math.max(0, first - Date.now()));
}

function renew(): void {
  timer = undefined;
  const now = Date.now();
  for (const [name, { key, at }] of due) {
    if (at > now) continue;
    due.delete(name);
    renewed.set(name, now);
    void queries.invalidateQueries({ queryKey: key });
  }
  forget(now);
  wait();
}

const LONGEST_REST_MILLISECONDS = 60_000;

function forget(now: number): void {
  for (const [name, at] of renewed) if (now - at > LONGEST_REST_MILLISECONDS) renewed.delete(name);
}

/** Renews what is shown, several events at once: a burst of three hundred tasks a second is one renewal now and then. */
export function startPatching(): void {
  if (started) return;
  started = true;
  onLive(hear);
}
