import { expect, it } from "vitest";
import { cellText, heights, shapeText, shortType } from "./words";

it.each([
  ["pandas.core.frame.DataFrame", "DataFrame"],
  ["int", "int"],
])("the short name of %s is %s", (type, short) => {
  expect(shortType(type)).toBe(short);
});

it.each([
  [{ shape: [569, 31], length: 569 }, "569 × 31"],
  [{ shape: null, length: 1 }, "1 item"],
  [{ shape: [], length: null }, ""],
])("%j is %s", (info, text) => {
  expect(shapeText(info)).toBe(text);
});

it.each([
  [null, "–"],
  [0.1 + 0.2, "0.3"],
  [7, "7"],
  ["<b>", "<b>"],
  [{ a: 1 }, '{"a":1}'],
])("a cell with %j reads %s", (value, text) => {
  expect(cellText(value)).toBe(text);
});

it("scales a histogram to its highest bin", () => {
  expect(heights([0, 2, 4])).toEqual([0, 0.5, 1]);
  expect(heights([])).toEqual([]);
});
