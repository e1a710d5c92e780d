// The values that stand behind an asset: of the task that updated it last, put between that task and the asset. Pure.
import type { AssetGraph, AssetNode, ValueInfo } from "~/api/schema";
import { shapeText, shortType } from "~/views/values/words";

export type Writer = { dagId: string; runId: string; taskId: string };
const MOST = 6;

export function withValues(
  graph: AssetGraph,
  asset: string,
  writer: Writer,
  values: readonly Pick<ValueInfo, "key" | "type" | "shape" | "length">[],
): AssetGraph {
  const task = `task:${writer.dagId}:${writer.taskId}`;
  if (values.length === 0 || !graph.edges.some((edge) => edge.source === task && edge.target === asset)) return graph;
  const nodes = values.slice(0, MOST).map(
    (value): AssetNode => ({
      id: ["value", writer.dagId, writer.runId, writer.taskId, value.key].join("\n"),
      kind: "value",
      label: value.key,
      uri: [shortType(value.type), shapeText(value)].filter(Boolean).join(" "),
    }),
  );
  return {
    nodes: [...graph.nodes, ...nodes],
    edges: [
      ...graph.edges.filter((edge) => edge.source !== task || edge.target !== asset),
      ...nodes.flatMap(({ id }) => [
        { source: task, target: id },
        { source: id, target: asset },
      ]),
    ],
  };
}

/** Where a value of the graph is shown; undefined: it is another node. */
export function placeOfValue(id: string): (Writer & { key: string }) | undefined {
  const [kind, dagId, runId, taskId, key] = id.split("\n");
  return kind === "value" && dagId && runId && taskId && key ? { dagId, runId, taskId, key } : undefined;
}
