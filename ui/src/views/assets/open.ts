// Where a node of the asset graph leads.
import { useNavigate } from "@tanstack/react-router";
import type { AssetNode } from "~/api/schema";

export function useOpenNode(): (node: AssetNode) => void {
  const navigate = useNavigate();
  return ({ kind, label, group }) => {
    if (kind === "asset") void navigate({ to: "/assets/$assetId", params: { assetId: label } });
    else if (kind === "dag") void navigate({ to: "/dags/$dagId", params: { dagId: label } });
    else if (kind === "task")
      void navigate({ to: "/dags/$dagId", params: { dagId: group ?? "" }, search: { tab: "graph", task: label } });
  };
}
