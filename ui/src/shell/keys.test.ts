import { expect, it } from "vitest";
import { match, pressed } from "./keys";

const known = ["?", "g d", "g h", "j", "enter"];

it.each([
  ["", "?", { hit: "?", rest: "" }],
  ["", "g", { rest: "g" }],
  ["g", "d", { hit: "g d", rest: "" }],
  ["g", "x", { rest: "" }],
  ["g", "j", { hit: "j", rest: "" }],
  ["g", "g", { rest: "g" }],
])("after %j, %j", (before, key, found) => {
  expect(match(before, key, known)).toEqual(found);
});

it("leaves the browser's own keys alone", () => {
  const press = { key: "j", ctrlKey: false, metaKey: false, altKey: false };
  expect(pressed(press)).toBe("j");
  expect(pressed({ ...press, ctrlKey: true })).toBeUndefined();
  expect(pressed({ ...press, key: "Enter" })).toBe("enter");
  expect(pressed({ ...press, key: "Shift" })).toBeUndefined();
});
