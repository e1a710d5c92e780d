import { describe, expect, it } from "vitest";
import type { ParamField } from "~/api/schema";
import { controlOf, initialOf, readField, readForm, sectionsOf, tidyJson, withZone } from "./schema";

const field = (schema: Record<string, unknown>, initial?: unknown, name = "p"): ParamField => ({
  name,
  schema,
  default: initial ?? null,
  has_default: initial !== undefined,
});

describe("which control a schema becomes", () => {
  it.each([
    [{ type: "boolean" }, "switch"],
    [{ type: "integer", minimum: 1 }, "number"],
    [{ type: ["null", "number"] }, "number"],
    [{ type: "string" }, "text"],
    [{ type: "string", format: "multiline" }, "long"],
    [{ type: "string", format: "date-time" }, "datetime"],
    [{ type: "string", format: "password" }, "secret"],
    [{ type: "string", examples: ["a"] }, "suggest"],
    [{ type: "string", enum: ["a", "b"] }, "select"],
    [{ enum: [1, 2] }, "select"],
    [{ type: "array", items: { type: "string" } }, "lines"],
    [{ type: "array", examples: ["x", "y"] }, "multiselect"],
    [{ type: "array", items: { type: "object" } }, "json"],
    [{ type: "object" }, "json"],
    [{ type: ["string", "integer"] }, "text"],
  ])("%j is a %s", (schema, control) => {
    expect(controlOf(field(schema))).toBe(control);
  });

  it.each([
    [true, "switch"],
    [3, "number"],
    ["x", "text"],
    [{ a: 1 }, "json"],
    [["a"], "lines"],
  ])("without a type, a default of %j is a %s", (initial, control) => {
    expect(controlOf(field({}, initial))).toBe(control);
  });
});

describe("what a control's content means", () => {
  it.each([
    [{ type: "integer", minimum: 1 }, 0, { error: "At least 1" }],
    [{ type: "integer", maximum: 9 }, 10, { error: "At most 9" }],
    [{ type: "integer" }, 1.5, { error: "A whole number" }],
    [{ type: "number", exclusiveMinimum: 0 }, 0, { error: "More than 0" }],
    [{ type: "number" }, 0.25, { value: 0.25 }],
    [{ type: ["null", "integer"] }, "", { value: null }],
    [{ type: "integer" }, "", { error: "This is required" }],
    [{ type: "string", minLength: 3 }, "ab", { error: "At least 3 characters" }],
    [{ type: "string", pattern: "^[a-z]+$" }, "A", { error: "This has to look like ^[a-z]+$" }],
    [{ type: "string", pattern: "(?P<year>\\d+)" }, "x", { value: "x" }],
    [{ enum: [1, 2] }, "2", { value: 2 }],
    [{ type: "array", items: { type: "string" } }, "a\n\nb", { value: ["a", "b"] }],
    [{ type: "array", items: { type: "integer" } }, "[1, 2]", { value: [1, 2] }],
    [{ type: "object" }, "[1]", { error: "A JSON object: { … }" }],
    [{ type: "object" }, '{"a": 1}', { value: { a: 1 } }],
  ])("%j of %j", (schema, held, read) => {
    expect(readField(field(schema), held)).toEqual(read);
  });

  it("says where JSON is broken", () => {
    expect(readField(field({ type: "object" }), "{")).toHaveProperty("error", expect.stringContaining("Not JSON"));
  });

  it("round-trips defaults", () => {
    for (const initial of [true, 3, "x", { a: [1] }, ["a", "b"]]) {
      const one = field({}, initial);
      expect(readField(one, initialOf(one))).toEqual({ value: initial });
    }
  });
});

it("sends only what differs from the defaults, and all that is wrong", () => {
  const fields = [
    field({ type: "integer" }, 3, "same"),
    field({ type: "integer" }, 3, "other"),
    field({ type: "integer" }, 3, "bad"),
  ];
  expect(readForm(fields, { same: 3, other: 4, bad: 1.5 })).toEqual({
    params: { other: 4 },
    errors: { bad: "A whole number" },
  });
});

it.each(["2026-11-01T10:00:00+00:00", "2026-11-01T10:00:00-05:00", "2026-11-01T10:00:00Z"])(
  "an instant keeps its meaning: %s",
  (initial) => {
    const one = field({ type: "string", format: "date-time" }, initial);
    const held = initialOf(one);
    expect(readForm([one], { p: held })).toEqual({ params: {}, errors: {} });
    const read = readField(one, held) as { value: string };
    expect(new Date(read.value)).toEqual(new Date(initial));
  },
);

it.each([
  [[1, 2], "[1, 2]"],
  [["a", null], '["a", null]'],
  [[{ a: 1 }], '[\n  {\n    "a": 1\n  }\n]'],
  [{ a: 1 }, '{\n  "a": 1\n}'],
])("%j is written %j", (value, text) => expect(tidyJson(value)).toBe(text));

it("groups by section, those without one first, constants left out", () => {
  const fields = [field({ section: "A" }, 1, "a"), field({}, 1, "plain"), field({ const: 1 }, 1, "fixed")];
  expect(sectionsOf(fields).map((one) => [one.title, one.fields.map((inner) => inner.name)])).toEqual([
    ["", ["plain"]],
    ["A", ["a"]],
  ]);
});

it("gives a local time its offset", () => {
  const said = withZone("2026-11-21T08:00");
  expect(new Date(said).getTime()).toBe(new Date("2026-11-21T08:00").getTime());
  expect(said).toMatch(/^2026-11-21T08:00:00[+-]\d\d:\d\d$/);
});
