import { expect, test } from "vitest";
import { placeOf, triedAs, tryName } from "./tries";

const tries = [
  { number: 1, try_id: "a" },
  { number: 1, try_id: "b" },
  { number: 1, try_id: "c" },
  { number: 2, try_id: "d" },
  { number: 3, try_id: "e" },
];

test("each try has a URL of its own, and is found by it", () => {
  for (const one of tries) expect(triedAs(tries, placeOf(one, tries))).toBe(one);
});

test("a URL without a try, or with one that is gone, means the last", () => {
  expect(triedAs(tries, {})).toBe(tries[4]);
  expect(triedAs(tries, { try: 9, id: "z" })).toBe(tries[4]);
  expect(triedAs([], {})).toBeUndefined();
});

test("a number alone means the last try of that number", () => {
  expect(triedAs(tries, { try: 1 })?.try_id).toBe("c");
});

test("repeats of a lost try are told apart", () => {
  expect(tries.map((one) => tryName(one, tries))).toEqual([
    "Try 1",
    "Try 1, once more",
    "Try 1, 3rd time",
    "Try 2",
    "Try 3",
  ]);
});
