import { expect, it } from "vitest";
import { changeText, ordered, valueText } from "./numbers";
import { overlaid } from "./overlay";

it.each([
  [0.5, "+50 %"],
  [-0.123, "−12.3 %"],
  [0.0042, "+0.4 %"],
  [12, "+1200 %"],
  [0, ""],
  [null, ""],
  [Number.POSITIVE_INFINITY, ""],
])("a change of %s", (change, text) => expect(changeText(change)).toBe(text));

it.each([
  [0.123456789, "0.123457"],
  [3, "3"],
  [null, "–"],
  ["text", "text"],
  [{ a: 1 }, '{"a":1}'],
])("the value %o", (value, text) => expect(valueText(value)).toBe(text));

it("puts what changed most first", () => {
  const of = (name: string, is_same: boolean, change: number | null = null) => ({
    name,
    left: 1,
    right: 2,
    is_same,
    change,
  });
  const names = ordered([
    of("same", true),
    of("some", false, 0.1),
    of("most", false, -0.9),
    of("b", false),
    of("a", false),
  ]);
  expect(names.map((one) => one.name)).toEqual(["most", "some", "a", "b", "same"]);
});

it("lays the last try's series over each other by step", () => {
  const series = (try_number: number, steps: number[], values: number[]) => ({
    name: "loss",
    task_id: "train",
    map_path: [],
    try_number,
    steps,
    values,
    total: steps.length,
  });
  const [plot] = overlaid([series(1, [0], [9]), series(2, [0, 2], [1, 0.5])], [series(1, [0, 1], [1, 0.8])]);
  expect(plot).toEqual({ name: "train · loss", x: [0, 1, 2], left: [1, null, 0.5], right: [1, 0.8, null] });
});
