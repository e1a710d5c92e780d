import { expect, it } from "vitest";
import { formOf, rowsOf } from "./forms";

it.each([
  ["aa/bb.png", "picture"],
  ["aa/bb.html", "page"],
  ["aa/bb.csv", "text"],
  ["aa/bb.pickle", "download"],
  ["", "download"],
])("%s is a %s", (artifact, form) => expect(formOf(artifact)).toBe(form));

it.each([
  [
    "a,b\n1,2\n",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  ['a\r\n"x, ""y""\nz"', [["a"], ['x, "y"\nz']]],
  ["a,\n", [["a", ""]]],
  ["", []],
])("rows of %j", (text, rows) => expect(rowsOf(text, 10)).toEqual(rows));

it("reads no more rows than are wanted", () => expect(rowsOf("1\n2\n3\n4", 2)).toEqual([["1"], ["2"]]));
