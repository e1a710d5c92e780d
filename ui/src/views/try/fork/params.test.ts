import { describe, expect, it } from "vitest";
import { planOf, valuesOf } from "./params";

it.each([
  ["0.2", 0.1, [0.2]],
  ["0.1, 0.2,0.3", 0.1, [0.1, 0.2, 0.3]],
  ["true, false", true, [true, false]],
  ["adam, sgd", "adam", ["adam", "sgd"]],
  ["12, 13", "adam", ["12", "13"]],
  ['"a"', "b", ["a"]],
  ["null", 1, [null]],
  ['["a, b", "c"]', "x", ["a, b", "c"]],
  ["[1, 2]", [3], [[1, 2]]],
  ["[[1], [2]]", [3], [[1], [2]]],
  ['{"lr": 1}', {}, [{ lr: 1 }]],
])("%j beside %j is %j", (text, present, values) => expect(valuesOf(text, present)).toEqual(values));

it.each(["1,,2", "1,", "1, 1", "[", "{", "[]"])("%j is refused", (text) =>
  expect(typeof valuesOf(text, 1)).toBe("string"),
);

describe("the runs to make", () => {
  it("are one where nothing, or one value each, is typed", () => {
    expect(planOf({ a: 1, b: 2 }, { a: " ", b: "3" })).toEqual({ params: { b: 3 }, sweep: {}, runs: 1, errors: {} });
  });
  it("are every combination of several values", () => {
    expect(planOf({ a: 1, b: 2, c: 0 }, { a: "1,2,3", b: "4,5", c: "7" })).toMatchObject({
      params: { c: 7 },
      sweep: { a: [1, 2, 3], b: [4, 5] },
      runs: 6,
    });
  });
  it("tell what is wrong by the param's name", () => {
    expect(Object.keys(planOf({ a: 1 }, { a: "[" }).errors)).toEqual(["a"]);
  });
});
