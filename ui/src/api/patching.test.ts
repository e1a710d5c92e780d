import { expect, it, vi } from "vitest";

vi.stubGlobal("window", { location: { origin: "http://here" } });
const { staleKeys } = await import("./patching");

const event = { dag_id: "d", run_id: "r", task_id: "t" };

it.each([
  ["run", ["home"]],
  ["run", ["run", "d", "r"]],
  ["task", ["task", "d", "r", "t"]],
  ["ask", ["asks"]],
  ["pool", ["pools"]],
])("%s makes %j stale", (kind, key) => {
  expect(staleKeys({ ...event, kind })).toContainEqual(key);
});

it("leaves everything alone for what it does not know", () => {
  expect(staleKeys({ ...event, kind: "metric" })).toEqual([]);
  expect(staleKeys({ ...event, kind: "something new" })).toEqual([]);
});
