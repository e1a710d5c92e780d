import { describe, expect, it } from "vitest";
import type { AssetGraph } from "~/api/schema";
import { around, matching, neighbours } from "./around";

const graph: AssetGraph = {
  nodes: ["raw", "clean", "model", "report", "other"].map((id) => ({ id, kind: "asset", label: id })),
  edges: [
    { source: "raw", target: "clean" },
    { source: "clean", target: "model" },
    { source: "clean", target: "report" },
    { source: "model", target: "raw" },
  ],
};
const ids = (found: AssetGraph) => found.nodes.map((node) => node.id);

describe("around", () => {
  it("goes both ways, and through circles once", () => {
    expect(ids(around(graph, "report"))).toEqual(["raw", "clean", "model", "report"]);
    expect(around(graph, "other")).toEqual({ nodes: [graph.nodes[4]], edges: [] });
  });
});

describe("matching", () => {
  it("keeps the neighbours of what is found", () => {
    expect(ids(matching(graph, " RAW "))).toEqual(["raw", "clean", "model"]);
    expect(matching(graph, "")).toBe(graph);
  });
});

it("tells who is before and after", () => {
  expect(neighbours(graph, "clean")).toEqual({ before: ["raw"], after: ["model", "report"] });
});
