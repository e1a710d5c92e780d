// What a live event makes stale: query keys begin with what they show, so that one event renews what it touches only.
import type { QueryKey } from "@tanstack/react-query";
import { onLive } from "./live";
import { queries } from "./queries";
import type { LiveEvent } from "./schema";

const GATHER_MILLISECONDS = 250;

/** Beginnings of the keys of queries that show what the event changed. */
export function staleKeys(event: Pick<LiveEvent, "kind" | "dag_id" | "run_id" | "task_id">): QueryKey[] {
  const { kind, dag_id: dag = "", run_id: run = "", task_id: task = "" } = event;
  switch (kind) {
    case "run":
      return [["home"], ["dags"], ["dag", dag], ["run", dag, run]];
    case "task":
    case "try":
      return [
        ["run", dag, run],
        ["task", dag, run, task],
        ["dag", dag, "grid"],
      ];
    case "note":
      return [["task", dag, run, task]];
    case "dag":
      return [["home"], ["dags"], ["dag", dag]];
    case "ask":
      return [["home"], ["asks"], ["task", dag, run, task]];
    case "pool":
      return [["pools"]];
    case "asset":
      return [["assets"]];
    default:
      return [];
  }
}

let started = false;
let timer: number | undefined;
const gathered = new Map<string, QueryKey>();

function flush(): void {
  timer = undefined;
  const keys = [...gathered.values()];
  gathered.clear();
  for (const queryKey of keys) void queries.invalidateQueries({ queryKey });
}

/** Renews what is shown, several events at once: a burst of three hundred tasks a second is four renewals. */
export function startPatching(): void {
  if (started) return;
  started = true;
  onLive((event) => {
    for (const key of staleKeys(event)) gathered.set(JSON.stringify(key), key);
    if (gathered.size > 0 && timer === undefined) timer = window.setTimeout(flush, GATHER_MILLISECONDS);
  });
}
