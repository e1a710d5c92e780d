import { describe, expect, it } from "vitest";
import type { LogPage } from "~/api/schema";
import { begun, hasAfter, hasBefore, lineAt, withAfter, withBefore } from "./pieces";

const page = (start: number, end: number, size = 100): LogPage => ({
  lines: [{ number: -1, offset: start, text: `${start}` }],
  start,
  end,
  size,
  is_ended: false,
});

describe("a loaded log", () => {
  it("grows at both ends", () => {
    const loaded = withAfter(withBefore(begun(page(40, 60)), page(20, 40)), page(60, 80));
    expect(loaded.lines.map((line) => line.text)).toEqual(["20", "40", "60"]);
    expect([loaded.start, loaded.end, hasBefore(loaded), hasAfter(loaded)]).toEqual([20, 80, true, true]);
  });

  it("takes no window twice, and none that leaves a hole", () => {
    const loaded = begun(page(40, 60));
    expect(withBefore(loaded, page(0, 20)).lines).toHaveLength(1);
    expect(withAfter(withAfter(loaded, page(60, 80)), page(60, 80)).lines).toHaveLength(2);
  });

  it("knows that the file has grown", () => {
    expect(hasAfter(withAfter(begun(page(0, 60, 60)), page(80, 90, 90)))).toBe(true);
  });

  it.each([
    [0, 0],
    [39, 1],
    [40, 2],
    [1000, 2],
  ])("finds the line of byte %d", (offset, index) => {
    const lines = [page(0, 20), page(20, 40), page(40, 60)].flatMap((one) => one.lines);
    expect(lineAt(lines, offset)).toBe(index);
  });
});
