import { describe, expect, it } from "vitest";
import { axesOf, lineOf } from "./coordinates";

describe("axesOf", () => {
  it("places numbers between their lowest and highest", () => {
    const [axis] = axesOf(["depth"], [{ depth: 2 }, { depth: 4 }, { depth: 3 }]);
    expect(axis?.places).toEqual([0, 1, 0.5]);
    expect(axis?.ticks.map((tick) => tick.label)).toEqual(["2", "3", "4"]);
  });

  it("takes the logarithm where values span orders of magnitude", () => {
    const [axis] = axesOf(["rate"], [{ rate: 0.0001 }, { rate: 0.01 }, { rate: 1 }]);
    expect(axis?.places.map((place) => place?.toFixed(2))).toEqual(["0.00", "0.50", "1.00"]);
  });

  it("places words by name, and leaves holes where there is none", () => {
    const [axis] = axesOf(["kind"], [{ kind: "tree" }, { kind: "line" }, {}, { kind: "tree" }]);
    expect(axis?.places).toEqual([1, 0, null, 1]);
  });

  it("leaves out what is the same everywhere, is not a number or is missing", () => {
    expect(
      axesOf(
        ["same", "none", "nan"],
        [
          { same: 1, nan: Number.NaN },
          { same: 1, nan: 1 },
        ],
      ),
    ).toEqual([]);
  });
});

describe("lineOf", () => {
  it("goes through all axes and is broken by a hole", () => {
    const axes = axesOf(
      ["a", "b", "c"],
      [
        { a: 1, b: 1, c: 1 },
        { a: 2, c: 2 },
        { a: 1, b: 2, c: 1 },
      ],
    );
    const draw = (row: number) =>
      lineOf(
        axes,
        row,
        (at) => at * 10,
        (at) => at,
      );
    expect(draw(0)).toBe("M0.0 0.0L10.0 0.0L20.0 0.0");
    expect(draw(1)).toBe("M0.0 1.0M20.0 1.0");
  });
});
