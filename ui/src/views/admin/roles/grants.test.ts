import { expect, it } from "vitest";
import type { GrantInfo } from "~/api/schema";
import { grantsOf, summary, tablesOf, toggled } from "./grants";

const grants: GrantInfo[] = [
  { resource: "dag", action: "read", dags: "team_*" },
  { resource: "run", action: "create", dags: "team_*" },
  { resource: "pool", action: "read", dags: "*" },
];

it("goes there and back", () => {
  const sorted = (list: GrantInfo[]) => list.map((one) => JSON.stringify(one, Object.keys(one).sort())).sort();
  expect(sorted(grantsOf(tablesOf(grants)))).toEqual(sorted(grants));
});

it("limits to DAGs only what belongs to DAGs", () => {
  expect(grantsOf([{ dags: "a", granted: { pool: ["read"], dag: ["read"] } }])).toEqual([
    { resource: "dag", action: "read", dags: "a" },
  ]);
});

it("switches an action on and off", () => {
  const on = toggled({ dags: "*", granted: {} }, "dag", "read");
  expect(on.granted.dag).toEqual(["read"]);
  expect(toggled(on, "dag", "read").granted.dag).toEqual([]);
});

it("says a role in words", () => {
  expect(summary(grants)).toBe("read dag, pool; create run");
  expect(summary([])).toBe("nothing");
});
