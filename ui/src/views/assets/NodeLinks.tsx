// The DAGs and tasks next to an asset, as links.
import { Link } from "@tanstack/react-router";
import type { AssetGraph } from "~/api/schema";

export function NodeLinks({ graph, ids }: { graph: AssetGraph; ids: readonly string[] }) {
  if (ids.length === 0) return <span className="quiet">–</span>;
  const nodes = graph.nodes.filter((node) => ids.includes(node.id));
  return nodes.map((node, at) => (
    <span key={node.id}>
      {at > 0 && ", "}
      {node.kind === "asset" || node.kind === "alias" ? (
        <Link to="/assets/$assetId" params={{ assetId: node.label }}>
          {node.label}
        </Link>
      ) : (
        <Link
          to="/dags/$dagId"
          params={{ dagId: node.kind === "dag" ? node.label : (node.group ?? "") }}
          search={node.kind === "task" ? { tab: "graph", task: node.label } : {}}
        >
          {node.kind === "task" ? `${node.group} · ${node.label}` : node.label}
        </Link>
      )}
    </span>
  ));
}
