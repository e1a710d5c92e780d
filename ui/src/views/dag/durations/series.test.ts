import { describe, expect, it } from "vitest";
import type { DurationPoint } from "~/api/schema";
import { landing, median, outliers, trends } from "./series";

it.each([
  [[3], 3],
  [[4, 1, 3], 3],
  [[4, 1], 2.5],
])("the median of %o", (values, expected) => expect(median(values)).toBe(expected));

describe("what stands out", () => {
  it.each([
    ["a value far above the others", [10, 11, 10, 9, 10, 40], [5]],
    ["never a short one", [10, 11, 10, 9, 10, 1], []],
    ["not what varies always", [10, 30, 12, 28, 11, 33], []],
    ["not milliseconds of what hardly varies", [10, 10, 10, 10, 10, 10.1], []],
    ["nothing among few", [1, 1, 100], []],
    ["holes are left out", [10, null, 10, 11, 10, null, 10, 90], [7]],
  ])("%s", (_, values, expected) => {
    expect(outliers(values).flatMap((far, at) => (far ? [at] : []))).toEqual(expected);
  });
});

const point = (tasks: Record<string, number>, run = 1, queue: number | null = null): DurationPoint => ({
  run_id: "r",
  run_after: "2026-11-21T00:00:00Z",
  state: "success",
  run_seconds: run,
  queue_seconds: queue,
  tasks,
});

it("tasks come with the longest first, and how the last one compares", () => {
  const found = trends([point({ a: 1, b: 10 }), point({ a: 1, b: 10 }), point({ a: 2 })]);
  expect(found.map((one) => one.taskId)).toEqual(["b", "a"]);
  expect(found[1]).toMatchObject({ median: 1, last: 2, change: 1 });
  expect(found[0]).toMatchObject({ values: [10, 10, null], last: null, change: null });
});

it("a run lands when it waited and ran", () => {
  expect(landing(point({}, 5, 2))).toBe(7);
  expect(landing({ ...point({}), run_seconds: null })).toBeNull();
});
