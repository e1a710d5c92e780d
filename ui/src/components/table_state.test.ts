import { expect, it, vi } from "vitest";

vi.mock("@tanstack/react-router", () => ({}));
const { compareValues, filtersOf, nextSort, sortingOf, withFilter } = await import("./table_state");

it("goes from ascending to descending to as it came", () => {
  const first = nextSort(undefined, "name");
  const second = nextSort(sortingOf(first), "name");
  expect([first, second, nextSort(sortingOf(second), "name")]).toEqual(["name", "-name", undefined]);
});

it("keeps colons in what is looked for", () => {
  expect(filtersOf(["host:a:1", "bad", ":x", "y:"])).toEqual(new Map([["host", "a:1"]]));
  expect(withFilter(["host:a", "kind:b"], "host", "")).toEqual(["kind:b"]);
  expect(withFilter(undefined, "host", "")).toBeUndefined();
});

it("sorts as people do, nothing last", () => {
  const values = ["run 10", null, "Run 2", "", "run 1"];
  expect([...values].sort(compareValues)).toEqual(["run 1", "Run 2", "run 10", null, ""]);
  expect([10, 9, null].sort(compareValues)).toEqual([9, 10, null]);
});
