import { expect, it, vi } from "vitest";

vi.stubGlobal("window", { location: { origin: "http://here" } });
const { dueAt, staleKeys } = await import("./patching");

const event = { dag_id: "d", run_id: "r", task_id: "t" };

it.each([
  ["run", ["home"]],
  ["run", ["run", "d", "r"]],
  ["task", ["task", "d", "r", "t"]],
  ["task", ["ml"]],
  ["entry", ["ml"]],
  ["entry", ["task", "d", "r", "t", "logged"]],
  ["metric", ["ml", "experiments"]],
  ["ask", ["asks"]],
  ["pool", ["pools"]],
  ["deleted", ["run"]],
  ["deleted", ["grid"]],
])("%s makes %j stale", (kind, key) => {
  expect(staleKeys({ ...event, kind })).toContainEqual(key);
});

it("leaves everything alone for what it does not know", () => {
  expect(staleKeys({ ...event, kind: "progress" })).toEqual([]);
  expect(staleKeys({ ...event, kind: "something new" })).toEqual([]);
});

it("gathers what comes at once, and lets costly lists rest", () => {
  expect(dueAt(["run", "d", "r"], 10_000, undefined)).toBe(10_250);
  expect(dueAt(["dags"], 10_000, 9_000)).toBe(12_000);
  expect(dueAt(["dags"], 20_000, 9_000)).toBe(20_250);
});
