import { describe, expect, it } from "vitest";
import type { Graph, GraphNode, TaskRow } from "~/api/schema";
import { shownGraph } from "./fold";
import { layout, nodeWidth } from "./layout";
import { nodeState, statesOf } from "./states";
import { neighbour } from "./walking";

const node = (id: string, parent: string | null = null, kind = "task"): GraphNode => ({ id, label: id, kind, parent });

const GRAPH: Graph = {
  version_number: 1,
  nodes: [node("g", null, "group"), node("h", "g", "group"), node("a"), node("b", "g"), node("c", "h"), node("d")],
  edges: [
    { source: "a", target: "b", label: "go" },
    { source: "a", target: "c" },
    { source: "b", target: "c" },
    { source: "c", target: "d", is_data: true },
  ],
  critical_path: ["a", "c", "d"],
};

const pairs = (isOpen: (id: string) => boolean) =>
  shownGraph(GRAPH, isOpen).edges.map((e) => `${e.source}>${e.target}`);

describe("folding", () => {
  it.each([
    ["all open", () => true, ["a>b", "a>c", "b>c", "c>d"]],
    ["the inner group folded", (id: string) => id !== "h", ["a>b", "a>h", "b>h", "h>d"]],
    ["the outer group folded", (id: string) => id !== "g", ["a>g", "g>d"]],
    ["all folded", () => false, ["a>g", "g>d"]],
  ])("%s", (_, isOpen, expected) => expect(pairs(isOpen)).toEqual(expected));

  it("keeps label, data and critical path on a gathered edge", () => {
    const [into, out] = shownGraph(GRAPH, () => false).edges;
    expect(into).toMatchObject({ label: "go", isCritical: true, isData: false });
    expect(out).toMatchObject({ isData: true, isCritical: true });
  });

  it("names parents before their children, and what a group holds", () => {
    const shown = shownGraph({ ...GRAPH, nodes: [...GRAPH.nodes].reverse() }, () => true).nodes;
    const at = (id: string) => shown.findIndex((one) => one.node.id === id);
    expect(at("g")).toBeLessThan(at("h"));
    expect(at("h")).toBeLessThan(at("c"));
    expect(shown[at("g")]?.tasks.sort()).toEqual(["b", "c"]);
  });
});

const boxes = (isOpen: (id: string) => boolean) =>
  shownGraph(GRAPH, isOpen).nodes.map((one) => ({
    id: one.node.id,
    parent: one.parent,
    isOpen: one.isOpen,
    width: 100,
    height: 40,
  }));

describe("layout", () => {
  const lines = GRAPH.edges.map(({ source, target }) => ({ source, target }));

  it("puts what comes after to the right, or below", () => {
    const across = layout({ boxes: boxes(() => true), lines, direction: "LR" });
    expect(across.a?.x).toBeLessThan(across.g?.x ?? 0);
    expect(across.g?.x).toBeLessThan(across.d?.x ?? 0);
    const down = layout({ boxes: boxes(() => true), lines, direction: "TB" });
    expect(down.a?.y).toBeLessThan(down.d?.y ?? 0);
  });

  it("keeps children within their group", () => {
    const places = layout({ boxes: boxes(() => true), lines, direction: "LR" });
    for (const [child, parent] of [
      ["b", "g"],
      ["h", "g"],
      ["c", "h"],
    ]) {
      const [inner, outer] = [places[child ?? ""], places[parent ?? ""]];
      expect(inner && outer && inner.x >= 0 && inner.y >= 0).toBe(true);
      expect((inner?.x ?? 0) + (inner?.width ?? 0)).toBeLessThanOrEqual(outer?.width ?? 0);
      expect((inner?.y ?? 0) + (inner?.height ?? 0)).toBeLessThanOrEqual(outer?.height ?? 0);
    }
  });

  it.each(["LR", "TB"] as const)("keeps the author's order side by side: %s", (direction) => {
    const ids = ["first", "a", "b", "c", "d", "last"];
    const fan = ids.map((id) => ({ id, parent: null, isOpen: false, width: 100, height: 40 }));
    const edges = ids.slice(1, -1).flatMap((id) => [
      { source: "first", target: id },
      { source: id, target: "last" },
    ]);
    const places = layout({ boxes: fan, lines: edges, direction });
    const across = ids.slice(1, -1).map((id) => places[id]?.[direction === "LR" ? "y" : "x"] ?? 0);
    expect(across).toEqual([...across].sort((one, other) => one - other));
    expect(Math.min(...across)).toBe(0);
  });

  it("does not let siblings overlap", () => {
    const many = Array.from({ length: 60 }, (_, at) => ({
      id: `n${at}`,
      parent: null,
      isOpen: false,
      width: 100,
      height: 40,
    }));
    const edges = many.slice(1).map((box, at) => ({ source: `n${Math.floor(at / 3)}`, target: box.id }));
    const places = Object.values(layout({ boxes: many, lines: edges, direction: "LR" }));
    const overlap = places.some((one, at) =>
      places.slice(at + 1).some((other) => Math.abs(one.x - other.x) < 100 && Math.abs(one.y - other.y) < 40),
    );
    expect(overlap).toBe(false);
  });

  it("makes nodes as wide as their names, within bounds", () => {
    expect(nodeWidth("a")).toBeLessThan(nodeWidth("a_long_name_of_a_task"));
    expect(nodeWidth("x".repeat(250))).toBe(300);
  });
});

describe("states", () => {
  const row = (task_id: string, state: string, started_at?: string, ended_at?: string): TaskRow => ({
    task_id,
    map_path: [],
    state,
    started_at,
    ended_at,
  });

  it("of several are the worst, from the first start to the last end", () => {
    const rows = statesOf([
      row("a", "success", "01", "05"),
      row("a", "failed", "02", "03"),
      row("b", "success", "03", "09"),
    ]);
    expect(nodeState(["a", "b"], rows)).toEqual({
      state: "failed",
      counts: { success: 2, failed: 1 },
      total: 3,
      startedAt: "01",
      endedAt: "09",
      reused: undefined,
    });
  });

  it("say what was not run, where nothing of it was", () => {
    const reused = { ...row("a", "success"), why: "the same as in run r1" };
    expect(nodeState(["a"], statesOf([reused, reused]))?.reused).toBe("the same as in run r1");
    expect(nodeState(["a"], statesOf([reused, row("a", "success")]))?.reused).toBeUndefined();
  });

  it("have no end while one runs", () => {
    const rows = statesOf([row("a", "success", "01", "05"), row("a", "running", "02")]);
    expect(nodeState(["a"], rows)?.endedAt).toBeNull();
  });

  it("of a task without rows are none", () => expect(nodeState(["a"], new Map())).toBeUndefined());
});

describe("walking", () => {
  const shown = shownGraph(GRAPH, () => true);
  const places = layout({
    boxes: boxes(() => true),
    lines: GRAPH.edges.map(({ source, target }) => ({ source, target })),
    direction: "LR",
  });

  it("begins at the first", () => expect(neighbour(shown, places, "LR", undefined, "next")).toBe("a"));
  it("goes along edges", () => {
    expect(["b", "c"]).toContain(neighbour(shown, places, "LR", "a", "next"));
    expect(neighbour(shown, places, "LR", "d", "before")).toBe("c");
  });
  it("stops at the end", () => expect(neighbour(shown, places, "LR", "d", "next")).toBeUndefined());
});
