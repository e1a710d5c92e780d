import { describe, expect, it } from "vitest";
import { dayBounds } from "~/time/bounds";
import { dayAfter, sharesOf, weeksOf } from "./weeks";

describe("weeks", () => {
  it.each([
    [2026, 365, "2026-01-01", 3],
    [2024, 366, "2024-01-01", 0],
    [2023, 365, "2023-01-01", 6],
  ])("of %d hold every day once, Monday first", (year, count, first, weekday) => {
    const weeks = weeksOf(year);
    const days = weeks.flatMap((week) => week.days).filter(Boolean);
    expect(days).toHaveLength(count);
    expect(new Set(days).size).toBe(count);
    expect(weeks[0]?.days[weekday]).toBe(first);
    expect(weeks.filter((week) => week.month)).toHaveLength(12);
  });
});

describe("a day's shares", () => {
  it.each([
    [{}, []],
    [{ planned: 4 }, [["planned", 1]]],
    [{ success: 1, planned: 23 }, [["success", 1]]],
    [
      { failed: 1, success: 3 },
      [
        ["success", 0.75],
        ["failed", 0.25],
      ],
    ],
  ])("%o", (counts, expected) => {
    expect(sharesOf(counts as Record<string, number>).map(({ state, part }) => [state, part])).toEqual(expected);
  });
});

it.each([
  ["2026-03-31", "ArrowDown", "2026-04-01"],
  ["2026-03-01", "ArrowLeft", "2026-02-22"],
  ["2026-12-31", "ArrowDown", undefined],
  ["2026-12-31", "x", undefined],
])("from %s by %s", (day, key, expected) => expect(dayAfter(day, key)).toBe(expected));

it.each([
  ["UTC", "2026-11-21", "2026-11-21T00:00:00.000Z", "2026-11-22T00:00:00.000Z"],
  ["Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"],
  ["America/New_York", "2026-11-01", "2026-11-01T04:00:00.000Z", "2026-11-02T05:00:00.000Z"],
  ["Asia/Kolkata", "2026-01-01", "2025-12-31T18:30:00.000Z", "2026-01-01T18:30:00.000Z"],
])("a day in %s", (zone, day, start, end) => expect(dayBounds(day, zone)).toEqual([start, end]));
