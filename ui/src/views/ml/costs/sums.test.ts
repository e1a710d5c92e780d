import { describe, expect, it } from "vitest";
import type { DayCost } from "../queries";
import { byDag, byDay, bytesText } from "./sums";

const day = (dag_id: string, date: string, seconds: number, gpu_seconds = 0, rss_bytes_max = 0): DayCost => ({
  dag_id,
  day: date,
  tries: 1,
  seconds,
  lost_seconds: 0,
  gpu_seconds,
  idle_gpu_seconds: 0,
  cpu_seconds: 0,
  rss_bytes_max,
});

describe("costs", () => {
  const days = [
    day("a", "2026-01-02", 3600, 7200, 10),
    day("a", "2026-01-01", 1800, 0, 30),
    day("b", "2026-01-01", 9000),
  ];

  it("are summed by DAG, the most expensive first, of memory the most", () => {
    expect(byDag(days).map((one) => [one.dag_id, one.seconds, one.tries, one.rss_bytes_max])).toEqual([
      ["b", 9000, 1, 0],
      ["a", 5400, 2, 30],
    ]);
  });

  it("are summed by day, in hours", () => {
    expect(byDay(days)).toEqual({ x: [1767225600, 1767312000], hours: [3, 1], gpuHours: [0, 2] });
  });

  it("tells bytes as people do", () => {
    expect([0, 3 * 2 ** 20, 1.5 * 2 ** 30].map(bytesText)).toEqual(["–", "3 MiB", "1.5 GiB"]);
  });
});
