// Instances of the mapped tasks that are unfolded, asked for as the runs come into view; live events change them at
// once. A run is asked about again when its folded cell has changed.
import { useCallback, useEffect, useRef, useState } from "react";
import { api, body } from "~/api/client";
import { useLiveBatch } from "~/api/liveBatch";
import type { GridNode, GridRun } from "~/api/schema";
import { type Instances, joinedInstances, patchedInstances, signature } from "./instances";

/** Of one call; the server takes no more than thirty. */
const RUNS_AT_ONCE = 20;
/** Who scrolls on need not wait for what has gone by. */
const REST_MILLISECONDS = 60;
const AGAIN_MILLISECONDS = 3000;

interface Wanted {
  tasks: readonly GridNode[];
  runs: readonly GridRun[];
}

const NOTHING: Wanted = { tasks: [], runs: [] };

export function useInstances(dagId: string) {
  const [known, change] = useState<Instances>(new Map());
  const [wanted, want] = useState<Wanted>(NOTHING);
  const [, count] = useState(0);
  const latest = useRef({ wanted, known });
  const timer = useRef<number | undefined>(undefined);
  const asked = useRef(new Set<string>());

  const ask = useCallback(
    async (taskId: string, runs: readonly GridRun[]) => {
      const names = runs.map((run) => `${taskId} ${run.bar.run_id}`);
      const seen = new Map(runs.map((run) => [run.bar.run_id, signature(run.cells[taskId])]));
      for (const name of names) asked.current.add(name);
      try {
        const query = { task_id: taskId, run_id: [...seen.keys()] };
        const path = { dag_id: dagId };
        const told = await body(api.GET("/api/tradewind/v1/dags/{dag_id}/grid/instances", { params: { path, query } }));
        change((before) => joinedInstances(before, taskId, told, seen));
      } catch {
        window.setTimeout(() => count((before) => before + 1), AGAIN_MILLISECONDS);
      } finally {
        for (const name of names) asked.current.delete(name);
      }
    },
    [dagId],
  );

  const missing = useCallback(() => {
    timer.current = undefined;
    for (const { id } of latest.current.wanted.tasks) {
      const seen = latest.current.known.get(id)?.seen;
      const runs = latest.current.wanted.runs.filter(
        (run) =>
          seen?.get(run.bar.run_id) !== signature(run.cells[id]) && !asked.current.has(`${id} ${run.bar.run_id}`),
      );
      for (let at = 0; at < runs.length; at += RUNS_AT_ONCE) void ask(id, runs.slice(at, at + RUNS_AT_ONCE));
    }
  }, [ask]);

  // A timer that runs is left alone: under a stream of events it would else never ring.
  useEffect(() => {
    latest.current = { wanted, known };
    if (wanted.tasks.length > 0) timer.current ??= window.setTimeout(missing, REST_MILLISECONDS);
  });
  useEffect(() => () => window.clearTimeout(timer.current), []);

  useLiveBatch(
    (event) => event.kind === "task" && event.dag_id === dagId && (event.map_path ?? []).length > 0,
    (events) => change((before) => patchedInstances(before, events)),
  );
  return { instances: known, want };
}
