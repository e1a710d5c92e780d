import { expect, it } from "vitest";
import { pairsOf } from "./pairs";

it("holds samples of different sizes against each other", () => {
  expect(pairsOf([10, 30], [3, 1])).toEqual([
    [1 / 3, 1],
    [1, 1 / 3],
  ]);
});

it("takes empty samples, and bins that one of them lacks", () => {
  expect(pairsOf([0, 0], [1])).toEqual([
    [0, 1],
    [0, 0],
  ]);
});
