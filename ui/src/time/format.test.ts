import { describe, expect, it } from "vitest";
import { bytesText, dayOf, durationText, fullTime, relativeText, secondsBetween, shortTime } from "./format";

const at = new Date("2026-11-21T07:30:05Z");

describe("instants", () => {
  it.each([
    ["UTC", "2026-11-21 07:30:05 UTC"],
    ["Europe/Berlin", "2026-11-21 08:30:05 CET"],
    ["Asia/Kolkata", "2026-11-21 13:00:05 GMT+5:30"],
  ])("in %s", (zone, text) => {
    expect(fullTime(at, zone)).toBe(text);
  });

  it.each([
    ["today", "2026-11-21T23:00:00Z", "07:30:05"],
    ["this year", "2026-12-01T00:00:00Z", "21 Nov 07:30"],
    ["another year", "2027-01-01T00:00:00Z", "2026-11-21 07:30"],
  ])("are as short as stays clear: %s", (_, now, text) => {
    expect(shortTime(at, "UTC", new Date(now))).toBe(text);
  });

  it("midnight is the first hour of its day", () => {
    expect(fullTime(new Date("2026-11-21T00:00:00Z"), "UTC")).toBe("2026-11-21 00:00:00 UTC");
  });

  it("the day is the zone's, not ours", () => {
    expect(dayOf(new Date("2026-11-21T23:30:00Z"), "Asia/Tokyo")).toBe("2026-11-22");
  });

  it("keep both hours of the night when clocks go back", () => {
    const first = fullTime(new Date("2026-10-25T00:30:00Z"), "Europe/Berlin");
    const second = fullTime(new Date("2026-10-25T01:30:00Z"), "Europe/Berlin");
    expect([first, second]).toEqual(["2026-10-25 02:30:00 CEST", "2026-10-25 02:30:00 CET"]);
  });
});

it.each([
  [0, "0 s"],
  [-3, "0 s"],
  [Number.NaN, "0 s"],
  [0.0002, "1 ms"],
  [0.0034, "3 ms"],
  [0.9996, "1.00 s"],
  [1.239, "1.24 s"],
  [9.996, "10.0 s"],
  [59.96, "1m"],
  [200, "3m 20s"],
  [3600, "1h"],
  [7500, "2h 5m"],
  [360_000, "4d 4h"],
])("%d seconds are %s", (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

it.each([
  [0, "now"],
  [-12, "12 s ago"],
  [190, "in 3 min"],
  [-7300, "2 h ago"],
  [400_000, "in 4 d"],
])("%d seconds from now is %s", (seconds, text) => {
  expect(relativeText(new Date(at.getTime() + seconds * 1000), at)).toBe(text);
});

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [1_234_567, "1.2 MB"],
  [999_600_000, "1.0 GB"],
])("%d bytes are %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

it("counts on while there is no end", () => {
  expect(secondsBetween("2026-11-21T07:30:00Z", null, at)).toBe(5);
  expect(secondsBetween(null, null, at)).toBe(0);
});
