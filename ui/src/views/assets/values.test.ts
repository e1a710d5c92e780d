import { expect, it } from "vitest";
import { placeOfValue, withValues } from "./values";

const graph = {
  nodes: [
    { id: "task:d:make", kind: "task", label: "make" },
    { id: "asset:rows", kind: "asset", label: "rows" },
  ],
  edges: [{ source: "task:d:make", target: "asset:rows" }],
};
const writer = { dagId: "d", runId: "a run", taskId: "make" };
const value = { key: "return_value", type: "pandas.DataFrame", shape: [3, 2] as [number, number], length: null };

it("puts values between the task that wrote them and the asset", () => {
  const found = withValues(graph, "asset:rows", writer, [value]);
  const node = found.nodes[2];
  expect(node).toMatchObject({ kind: "value", label: "return_value", uri: "DataFrame 3 × 2" });
  expect(found.edges).toEqual([
    { source: "task:d:make", target: node?.id },
    { source: node?.id, target: "asset:rows" },
  ]);
  expect(placeOfValue(node?.id ?? "")).toEqual({ ...writer, key: "return_value" });
});

it("leaves the graph alone where nothing was handed on, or by a task that is gone", () => {
  expect(withValues(graph, "asset:rows", writer, [])).toBe(graph);
  expect(withValues(graph, "asset:rows", { ...writer, taskId: "gone" }, [value])).toBe(graph);
  expect(placeOfValue("asset:rows")).toBeUndefined();
});
