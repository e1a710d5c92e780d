import { describe, expect, it } from "vitest";
import type { GridNode, RunPage, TaskRow } from "~/api/schema";
import { linesOf, progressOf } from "./lines";
import { patchedPage, patchedRows } from "./live";

const node = (id: string, depth = 0, children = 0, is_mapped = false): GridNode => ({
  id,
  label: id,
  depth,
  children,
  is_group: children > 0,
  is_mapped,
});
const row = (task_id: string, state: string, map_path: number[] = [], more: Partial<TaskRow> = {}): TaskRow => ({
  task_id,
  state,
  map_path,
  ...more,
});

const NODES = [node("a"), node("g", 0, 2), node("g.b", 1), node("g.m", 1, 0, true)];
const ROWS = [
  row("a", "success"),
  row("g.b", "running", [], { progress: { done: 3, total: 4, message: "", at: "" } }),
  row("g.m", "success", [0], { started_at: "01", ended_at: "02" }),
  row("g.m", "failed", [1], { started_at: "01", ended_at: "04" }),
];
const wanted = (more: { toggled?: string[]; search?: string; state?: string; mapped?: number } = {}) => ({
  mapped: { "g.m": more.mapped ?? 2 },
  toggled: new Set(more.toggled),
  search: more.search ?? "",
  state: more.state ?? "",
});
const keys = (more: Parameters<typeof wanted>[0]) => linesOf(NODES, ROWS, wanted(more)).map((line) => line.key);

describe("lines", () => {
  it.each([
    ["groups are open, mapped tasks folded", {}, ["a", "g", "g.b", "g.m"]],
    ["a folded group", { toggled: ["g"] }, ["a", "g"]],
    ["an unfolded mapped task", { toggled: ["g.m"] }, ["a", "g", "g.b", "g.m", "g.m[0]", "g.m[1]"]],
    ["a search, with the group above", { search: "B" }, ["g", "g.b"]],
    ["a state, with its instances alone", { state: "failed" }, ["g", "g.m", "g.m[1]"]],
    ["nothing found", { search: "nope" }, []],
  ])("%s", (_, more, expected) => expect(keys(more)).toEqual(expected));

  it("gather states and times", () => {
    const [, group, , mapped] = linesOf(NODES, ROWS, wanted());
    expect(group).toMatchObject({ state: "failed", total: 3, endedAt: null });
    expect(mapped).toMatchObject({
      state: "failed",
      counts: { success: 1, failed: 1 },
      startedAt: "01",
      endedAt: "04",
    });
  });

  it("count instances that are not due yet", () => {
    const [, group, , mapped] = linesOf(NODES, ROWS, wanted({ mapped: 10 }));
    expect(mapped).toMatchObject({ total: 10, counts: { success: 1, failed: 1, none: 8 }, endedAt: null });
    expect(group).toMatchObject({ total: 11 });
    expect(mapped && progressOf(mapped)).toBe(0.2);
  });

  it("know how far things are", () => {
    const [a, group, b, mapped] = linesOf(NODES, ROWS, wanted());
    expect([a, group, b, mapped].map((line) => line && progressOf(line))).toEqual([undefined, 2 / 3, 0.75, undefined]);
  });

  it("of tasks without a row have not begun", () => {
    expect(linesOf([node("new")], [], wanted())[0]).toMatchObject({ state: "none", row: undefined });
  });
});

describe("a live event", () => {
  const rows = { tasks: ROWS, total: 4, next_cursor: null };
  const at = "05";

  it.each([
    [
      "running",
      { kind: "task", task_id: "a", state: "running", at },
      { state: "running", started_at: at, ended_at: null },
    ],
    ["ended", { kind: "task", task_id: "a", state: "failed", at, why: "KeyError" }, { ended_at: at, why: "KeyError" }],
    ["queued", { kind: "task", task_id: "a", state: "queued", at }, { queued_at: at, started_at: null }],
    [
      "progress",
      { kind: "progress", task_id: "a", at, data: { done: 1, total: 2, message: "x" } as never },
      { progress: { done: 1, total: 2, message: "x", at } },
    ],
    [
      "metric",
      { kind: "metric", task_id: "a", data: { name: "loss", value: 0.5, step: 3 } as never },
      { metrics: { loss: 0.5 } },
    ],
  ])("%s", (_, event, expected) => {
    expect(patchedRows(rows, event)?.tasks[0]).toMatchObject(expected);
  });

  it("finds the instance it is of", () => {
    const next = patchedRows(rows, { kind: "task", task_id: "g.m", map_path: [1], state: "running", at });
    expect(next?.tasks.map((one) => one.state)).toEqual(["success", "running", "success", "running"]);
  });

  it("of an instance that is not there yet asks for the rows", () => {
    expect(patchedRows(rows, { kind: "task", task_id: "g.m", map_path: [9], state: "queued" })).toBeUndefined();
    expect(patchedRows(rows, { kind: "metric", task_id: "g.m", map_path: [9] })).toBe(rows);
  });

  it("of the run changes its state and its end", () => {
    const page = { state: "running", started_at: "01", ended_at: null, why: "" } as RunPage;
    expect(patchedPage(page, { kind: "run", state: "failed", at })).toMatchObject({ state: "failed", ended_at: at });
    expect(patchedPage(page, { kind: "task", state: "failed" })).toBe(page);
  });
});
