import { expect, it } from "vitest";
import { pixelsOf } from "./pixels";

it("colours from the least to the most, and leaves clear what is no number", () => {
  expect([...pixelsOf([[0, 10, "nan"]])]).toEqual([68, 1, 84, 255, 253, 231, 37, 255, 0, 0, 0, 0]);
});

it("keeps the colours of a picture", () => {
  expect([...pixelsOf([[[1, 2, 3]]])]).toEqual([1, 2, 3, 255]);
});

it("shows bytes as shades", () => {
  expect([...pixelsOf([[0, 200]], true)]).toEqual([0, 0, 0, 255, 200, 200, 200, 255]);
});

it("takes equal numbers, and none", () => {
  expect([...pixelsOf([[5, 5]])].slice(0, 4)).toEqual([68, 1, 84, 255]);
  expect([...pixelsOf([])]).toEqual([]);
});
