import { expect, it } from "vitest";
import { gathered, touchedText } from "./preview";

const one = (run_id: string, task_id: string, map_path: number[] = [], state = "failed") => ({
  dag_id: "d",
  run_id,
  task_id,
  map_path,
  state,
});

it("gathers by run and task, in the order given", () => {
  const found = gathered([one("r1", "b"), one("r1", "a", [0]), one("r1", "a", [1], "success"), one("r2", "b")]);
  expect(found.map((run) => [run.runId, run.tasks.map((task) => [task.taskId, task.instances])])).toEqual([
    [
      "r1",
      [
        ["b", 1],
        ["a", 2],
      ],
    ],
    ["r2", [["b", 1]]],
  ]);
  expect(found[0]?.tasks[1]?.states).toEqual({ failed: 1, success: 1 });
});

it.each([
  [[one("r", "a")], "1 task instance"],
  [[one("r", "a"), one("r", "b")], "2 task instances"],
  [[one("r", "a"), one("s", "a")], "2 task instances of 2 runs"],
])("says how many", (touched, text) => expect(touchedText(touched)).toBe(text));
