import { expect, it } from "vitest";
import { fieldsOf } from "./fields";

it.each([
  [{ value: 3, schema: { type: "integer" }, description: "d" }, { type: "integer" }, 3, true, "d"],
  [{ value: null, schema: { type: "string" } }, { type: "string" }, null, false, ""],
  ["plain", {}, "plain", true, ""],
])("reads %j", (kept, schema, initial, hasDefault, description) => {
  expect(fieldsOf({ p: kept })).toEqual([
    { name: "p", schema, default: initial, has_default: hasDefault, description },
  ]);
});
