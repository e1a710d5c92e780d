import { describe, expect, it } from "vitest";
import type { Bar } from "~/api/schema";
import { ganttRows, wholeOf } from "./rows";
import { moved, offsetText, spanOf, spanText, ticks, zoomed } from "./scale";

const second = (at: number) => new Date(at * 1000).toISOString();
const bar = (task_id: string, queued: number, started?: number, ended?: number, map_path: number[] = []): Bar => ({
  task_id,
  map_path,
  try_number: 1,
  state: ended === undefined ? "running" : "success",
  queued_at: second(queued),
  started_at: started === undefined ? null : second(started),
  ended_at: ended === undefined ? null : second(ended),
});

describe("rows", () => {
  it("stand in the order they were queued, with waiting and running apart", () => {
    const rows = ganttRows([bar("b", 5, 6, 9), bar("a", 0, 1, 5)], new Set(["b"]), new Set(), 0);
    expect(
      rows.map(({ key, queueSeconds, runSeconds, isCritical }) => [key, queueSeconds, runSeconds, isCritical]),
    ).toEqual([
      ["a", 1, 4, false],
      ["b", 1, 3, true],
    ]);
  });

  it("of tries of one task are one row", () => {
    const rows = ganttRows([bar("a", 0, 1, 2), { ...bar("a", 5, 6, 8), try_number: 2 }], new Set(), new Set(), 0);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.runSeconds).toBe(3);
  });

  it("of a mapped task last from the first start to the last end, and unfold", () => {
    const bars = [bar("m", 0, 1, 4, [0]), bar("m", 0, 2, 6, [1])];
    expect(ganttRows(bars, new Set(), new Set(), 0)).toMatchObject([{ key: "m", instances: 2, runSeconds: 5 }]);
    expect(ganttRows(bars, new Set(), new Set(["m"]), 0).map((row) => row.key)).toEqual(["m", "m[0]", "m[1]"]);
  });

  it("that go on end now", () => {
    const [row] = ganttRows([bar("a", 0, 1)], new Set(), new Set(), 11_000);
    expect(row?.runSeconds).toBe(10);
  });

  it("have a whole that is never empty", () => {
    expect(wholeOf([], 5000)).toEqual({ start: 5000, end: 6000 });
    expect(wholeOf([bar("a", 1, 1, 1)], 0)).toEqual({ start: 1000, end: 1011 });
    expect(wholeOf([bar("a", 1, 2, 3), bar("b", 2, 3)], 9000)).toEqual({ start: 1000, end: 9080 });
  });

  it("tell how long a task was deferred, up to its next try or to now", () => {
    const first = { ...bar("a", 0, 1, 2), state: "deferred" };
    const [over] = ganttRows([first, { ...bar("a", 7, 8, 9), try_number: 1 }], new Set(), new Set(), 60_000);
    expect(over?.segments.map(({ heldUntil }) => heldUntil)).toEqual([7000, undefined]);
    const [still] = ganttRows([first], new Set(), new Set(), 60_000);
    expect(still?.segments[0]?.heldUntil).toBe(60_000);
    expect(wholeOf([first], 60_000).end).toBeGreaterThan(60_000);
  });
});

describe("scale", () => {
  const whole = { start: 0, end: 100_000 };

  it("has few, even ticks", () => {
    expect(ticks(whole, 0, 5)).toEqual([0, 30_000, 60_000, 90_000]);
    expect(ticks({ start: 20_500, end: 22_500 }, 0, 3)).toEqual([21_000, 22_000]);
    expect(ticks({ start: 5, end: 5 }, 0, 5)).toEqual([]);
  });

  it.each([
    [0, "0"],
    [250, "250 ms"],
    [1500, "1.5s"],
    [45_000, "45s"],
    [90_000, "1m 30s"],
    [7_200_000, "2h"],
    [97_200_000, "1d 3h"],
  ])("says %d ms", (milliseconds, text) => expect(offsetText(milliseconds)).toBe(text));

  it("zooms around the pointer, never beyond the whole", () => {
    expect(zoomed(whole, whole, 0.5, 0.5)).toEqual({ start: 25_000, end: 75_000 });
    expect(zoomed(whole, whole, 0.5, 0)).toEqual({ start: 0, end: 50_000 });
    expect(zoomed({ start: 0, end: 50_000 }, whole, 4, 0.5)).toEqual(whole);
    expect(moved({ start: 60_000, end: 90_000 }, whole, 2)).toEqual({ start: 70_000, end: 100_000 });
  });

  it("is in the URL, and what is not a span there is all", () => {
    expect(spanText({ start: 25_000, end: 75_000 }, whole)).toBe("250-750");
    expect(spanText(whole, whole)).toBeUndefined();
    expect(spanOf("250-750", whole)).toEqual({ start: 25_000, end: 75_000 });
    for (const text of [undefined, "", "x", "700-200", "0-5000"]) expect(spanOf(text, whole)).toEqual(whole);
  });
});
