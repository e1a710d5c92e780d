import { describe, expect, it } from "vitest";
import type { Grid, GridNode, GridRun } from "~/api/schema";
import { dayMarks } from "./days";
import { foldingOf, MANY_ROWS, shownNodes, toggle, toggleAll } from "./fold";
import { type Instances, joinedInstances, patchedInstances, signature } from "./instances";
import { patched } from "./live";
import { moved } from "./moves";
import { barHeight, barScale, joined, renewed } from "./pages";
import { cellAt, rowsOf } from "./rows";
import { scrollTo, stretch } from "./window";

const node = (id: string, depth = 0, children = 0): GridNode => ({
  id,
  label: id,
  depth,
  children,
  is_group: children > 0,
  is_mapped: id.startsWith("mapped"),
});

const run = (id: string, cells: GridRun["cells"] = {}, day = id): GridRun => ({
  bar: { run_id: id, state: "running", run_type: "manual", run_after: `2026-11-${day}T00:00:00Z` },
  logical_date: null,
  version_number: 1,
  note: "",
  cells,
});

const NODES = [node("a"), node("g", 0, 3), node("g.b", 1), node("g.h", 1, 1), node("g.h.c", 2), node("z")];

describe("folding", () => {
  it.each([
    ["nothing folded", [], "", ["a", "g", "g.b", "g.h", "g.h.c", "z"]],
    ["the inner group", ["g.h"], "", ["a", "g", "g.b", "g.h", "z"]],
    ["the outer group hides the inner one", ["g"], "", ["a", "g", "z"]],
    ["all", ["*"], "", ["a", "g", "z"]],
    ["all but one", ["*", "g"], "", ["a", "g", "g.b", "g.h", "z"]],
    ["a search opens what holds it", ["g"], "C", ["g", "g.h", "g.h.c"]],
    ["a search that finds nothing", [], "nope", []],
  ])("%s", (_, toggled, search, expected) => {
    expect(shownNodes(NODES, foldingOf(NODES, toggled), search).map((one) => one.id)).toEqual(expected);
  });

  it("folds groups of large DAGs by default", () => {
    const many = [node("g", 0, MANY_ROWS), ...Array.from({ length: MANY_ROWS }, (_, at) => node(`g.${at}`, 1))];
    expect(shownNodes(many, foldingOf(many, undefined))).toHaveLength(1);
    expect(shownNodes(many, foldingOf(many, ["g"]))).toHaveLength(MANY_ROWS + 1);
  });

  it("keeps the URL's list short", () => {
    expect(toggle(undefined, "g")).toEqual(["g"]);
    expect(toggle(["g"], "g")).toBeUndefined();
    expect(toggleAll(["g"])).toEqual(["*"]);
    expect(toggleAll(["*", "g"])).toBeUndefined();
  });
});

describe("the window", () => {
  it.each([
    [0, { first: 0, end: 30 }],
    [99, { first: 0, end: 40 }],
    [250, { first: 10, end: 60 }],
    [100_000, { first: 500, end: 500 }],
    [-20, { first: 0, end: 30 }],
  ])("at %d", (scroll, expected) => {
    expect(stretch(scroll, 200, 10, 500, 10)).toEqual(expected);
  });

  it("scrolls no further than needed", () => {
    expect(scrollTo(5, 10, 0, 100)).toBe(0);
    expect(scrollTo(12, 10, 0, 100)).toBe(30);
    expect(scrollTo(2, 10, 50, 100)).toBe(20);
  });
});

describe("moving by key", () => {
  it.each([
    ["ArrowDown", { row: 3, run: 1 }],
    ["k", { row: 1, run: 1 }],
    ["ArrowRight", { row: 2, run: 0 }],
    ["ArrowLeft", { row: 2, run: 2 }],
    ["PageUp", { row: -1, run: 1 }],
    ["Home", { row: 2, run: 4 }],
    ["End", { row: 2, run: 0 }],
  ])("%s", (key, expected) => expect(moved({ row: 2, run: 1 }, key, 10, 5, 20)).toEqual(expected));

  it("leaves other keys alone", () => expect(moved({ row: 2, run: 1 }, "q", 10, 5, 20)).toBeUndefined());
  it("stays within", () => expect(moved({ row: 9, run: 0 }, "j", 10, 5, 20)).toEqual({ row: 9, run: 0 }));
});

describe("pages", () => {
  const page = (ids: string[], next: string | null, nodes = NODES): Grid => ({
    nodes,
    runs: ids.map((id) => run(id)),
    next_cursor: next,
  });

  it("joins, each run once, with tasks that only older runs had", () => {
    const grid = joined([page(["09", "08"], "x"), page(["08", "07"], null, [...NODES, node("old")])]);
    expect(grid.runs.map((one) => one.bar.run_id)).toEqual(["09", "08", "07"]);
    expect(grid.nodes.at(-1)?.id).toBe("old");
    expect(grid.next_cursor).toBeNull();
  });

  it("renews: new runs first, deleted ones gone, older ones kept", () => {
    const [first, second] = renewed([page(["09", "08"], "x"), page(["07"], null)], page(["10", "09"], "y"));
    expect(first?.runs.map((one) => one.bar.run_id)).toEqual(["10", "09", "08"]);
    expect(second?.runs.map((one) => one.bar.run_id)).toEqual(["07"]);
    const [all] = renewed([page(["09", "08"], null)], page(["09"], null));
    expect(all?.runs.map((one) => one.bar.run_id)).toEqual(["09"]);
  });

  it("draws bars that can be seen", () => {
    expect(barHeight(0, 0, 40)).toBe(3);
    expect(barHeight(0.001, 1000, 40)).toBe(3);
    expect(barHeight(250, 1000, 40)).toBe(20);
    expect(barHeight(1000, 1000, 40)).toBe(40);
  });

  it.each([
    [[], 0],
    [[0, 0], 0],
    [[10, 12, 20], 20],
    [[10, 12, 9000], 48],
  ])("of %o are scaled so that one long run does not hide the others", (seconds, full) => {
    expect(barScale(seconds)).toBe(full);
  });

  it("names days where they begin, without touching", () => {
    const runs = ["09", "09", "08", "08", "08", "07", "06", "05"].map((day, at) => run(String(at), {}, day));
    const marks = dayMarks(runs, "UTC", { first: 0, end: 8 });
    expect(marks.map((mark) => `${mark.run} ${mark.label}`)).toEqual(["1 9 Nov", "5 7 Nov"]);
  });
});

describe("a live event", () => {
  const grid: Grid = {
    nodes: [node("g", 0, 2), node("g.a", 1), node("g.b", 1), node("mapped")],
    runs: [run("09", { "g.a": { state: "success" }, "g.b": { state: "queued" }, g: { state: "queued" } })],
    next_cursor: null,
  };
  const at = "2026-11-09T01:00:00Z";

  it("of a task changes its cell and the groups above", () => {
    const next = patched(grid, { kind: "task", run_id: "09", task_id: "g.b", state: "failed", at });
    expect(next?.runs[0]?.cells["g.b"]).toMatchObject({ state: "failed", ended_at: at });
    expect(next?.runs[0]?.cells.g).toMatchObject({ state: "failed", counts: { success: 1, failed: 1 } });
  });

  it("of a running task begins its clock", () => {
    const next = patched(grid, { kind: "task", run_id: "09", task_id: "g.b", state: "running", at });
    expect(next?.runs[0]?.cells["g.b"]).toEqual({ state: "running", started_at: at, ended_at: null });
  });

  it("of the run changes its bar", () => {
    const next = patched(grid, { kind: "run", run_id: "09", state: "success", at });
    expect(next?.runs[0]?.bar).toMatchObject({ state: "success", ended_at: at });
  });

  it.each([
    [
      "of one instance of a mapped task",
      { kind: "task", run_id: "09", task_id: "mapped", map_path: [3], state: "success" },
    ],
    ["of a task that is not shown", { kind: "task", run_id: "09", task_id: "unknown", state: "success" }],
    ["of another kind", { kind: "metric", run_id: "09", task_id: "g.a" }],
  ])("%s changes nothing", (_, event) => expect(patched(grid, event)).toBe(grid));

  it("of an unknown run asks for the grid", () => {
    expect(patched(grid, { kind: "run", run_id: "10", state: "queued" })).toBeUndefined();
  });
});

describe("instances of a mapped task", () => {
  const nodes = [node("a"), node("mapped.fit")];
  const told = (runs: string[], states: Record<number, string[]>, is_cut = false) => ({
    runs,
    is_cut,
    instances: Object.entries(states).map(([index, state]) => ({
      map_path: [Number(index)],
      label: "",
      states: state,
    })),
  });
  const seen = (...runs: string[]) => new Map(runs.map((id) => [id, signature({ state: "success" })]));
  const known = (...answers: Parameters<typeof told>[]): Instances =>
    answers.reduce<Instances>(
      (before, answer) => joinedInstances(before, "mapped.fit", told(...answer), seen(...answer[0])),
      new Map(),
    );
  const keys = (toggled: string[], instances: Instances) =>
    rowsOf(nodes, foldingOf(nodes, toggled), instances, "").map((row) => row.label);

  it.each([
    ["folded until somebody unfolds it", [], known([["09"], { 0: ["success"] }]), ["a", "mapped.fit"]],
    ["not by unfolding all groups", ["*"], known([["09"], { 0: ["success"] }]), ["a", "mapped.fit"]],
    ["unfolded", ["mapped.fit"], known([["09"], { 0: ["success"] }]), ["a", "mapped.fit", "[0]"]],
    ["until they are known", ["mapped.fit"], new Map(), ["a", "mapped.fit", "Loading its instances …"]],
    [
      "by index, as numbers",
      ["mapped.fit"],
      known([["09"], { 10: ["failed"] }], [["08"], { 2: ["success"] }]),
      ["a", "mapped.fit", "[2]", "[10]"],
    ],
  ])("%s", (_, toggled, instances, expected) => expect(keys(toggled, instances)).toEqual(expected));

  it("says where there are more", () => {
    expect(keys(["mapped.fit"], known([["09"], { 0: ["success"] }, true])).at(-1)).toContain("The first 1");
  });

  it("has a cell in each run that it is in", () => {
    const instances = known([["09", "08"], { 0: ["failed", "success"], 1: ["success", ""] }]);
    const [, , first, second] = rowsOf(nodes, foldingOf(nodes, ["mapped.fit"]), instances, "");
    expect(first && [cellAt(first, run("09")), cellAt(first, run("08"))]).toEqual([
      { state: "failed" },
      { state: "success" },
    ]);
    expect(second && cellAt(second, run("08"))).toBeUndefined();
  });

  it("forgets what a run that is asked about again has no more", () => {
    const instances = known([["09"], { 0: ["success"], 1: ["success"] }], [["09"], { 0: ["failed"] }]);
    expect(keys(["mapped.fit"], instances)).toEqual(["a", "mapped.fit", "[0]"]);
  });

  it("change with live events, of runs that are known", () => {
    const instances = known([["09"], { 0: ["running"] }]);
    const event = { kind: "task", run_id: "09", task_id: "mapped.fit", map_path: [0], state: "failed" };
    const next = patchedInstances(instances, [event]);
    expect(next.get("mapped.fit")?.rows[0]?.cells["09"]).toEqual({ state: "failed" });
    expect(patchedInstances(instances, [{ ...event, run_id: "08" }])).toBe(instances);
    expect(patchedInstances(instances, [{ ...event, map_path: [7] }])).toBe(instances);
  });
});
