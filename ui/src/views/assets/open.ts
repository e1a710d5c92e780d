// Where a node of the asset graph leads.
import { useNavigate } from "@tanstack/react-router";
import type { AssetNode } from "~/api/schema";
import { placeOfValue } from "./values";

export function useOpenNode(): (node: AssetNode) => void {
  const navigate = useNavigate();
  return ({ id, kind, label, group }) => {
    const value = placeOfValue(id);
    if (value) {
      const { key, ...params } = value;
      void navigate({
        to: "/dags/$dagId/runs/$runId/tasks/$taskId",
        params,
        search: { tab: "values", value: key },
      });
    } else if (kind === "asset") void navigate({ to: "/assets/$assetId", params: { assetId: label } });
    else if (kind === "dag") void navigate({ to: "/dags/$dagId", params: { dagId: label } });
    else if (kind === "task")
      void navigate({ to: "/dags/$dagId", params: { dagId: group ?? "" }, search: { tab: "graph", task: label } });
  };
}
