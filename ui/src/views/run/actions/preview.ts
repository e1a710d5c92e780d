// What an action would touch, gathered for reading: by run, then by task, in the order the server gave.
import type { Touched } from "~/api/schema";

export interface TouchedTask {
  taskId: string;
  instances: number;
  /** State → instances. */
  states: Record<string, number>;
}

export interface TouchedRun {
  dagId: string;
  runId: string;
  tasks: TouchedTask[];
}

export function gathered(touched: readonly Touched[]): TouchedRun[] {
  const runs = new Map<string, TouchedRun>();
  const tasks = new Map<string, TouchedTask>();
  for (const one of touched) {
    const runKey = `${one.dag_id}\n${one.run_id}`;
    const run = runs.get(runKey) ?? { dagId: one.dag_id, runId: one.run_id, tasks: [] };
    runs.set(runKey, run);
    const taskKey = `${runKey}\n${one.task_id}`;
    const task = tasks.get(taskKey) ?? { taskId: one.task_id, instances: 0, states: {} };
    if (task.instances === 0) run.tasks.push(task);
    tasks.set(taskKey, task);
    task.instances += 1;
    task.states[one.state] = (task.states[one.state] ?? 0) + 1;
  }
  return [...runs.values()];
}

/** `3 task instances of 2 runs`. */
export function touchedText(touched: readonly Touched[]): string {
  const runs = new Set(touched.map((one) => `${one.dag_id}\n${one.run_id}`)).size;
  return `${plural(touched.length, "task instance")}${runs > 1 ? ` of ${plural(runs, "run")}` : ""}`;
}

export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
