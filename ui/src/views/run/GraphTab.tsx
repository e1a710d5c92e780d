// The graph of this run, as its DAG was then.
import { Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ErrorCard } from "~/components/ErrorCard";
import { GraphTools } from "~/views/dag/graph/GraphTools";
import { GraphView } from "~/views/dag/graph/GraphView";
import { useDirection } from "~/views/dag/graph/useDirection";
import { useGroups } from "~/views/dag/graph/useGroups";
import { toggle, toggleAll } from "~/views/dag/grid/fold";
import { graphQuery } from "~/views/dag/queries";
import type { RunTabProps } from ".";

export default function GraphTab({ page, rows }: RunTabProps) {
  const search = useSearch({ from: "/shell/dags/$dagId/runs/$runId" });
  const navigate = useNavigate({ from: "/dags/$dagId/runs/$runId" });
  const put = (part: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const graph = useQuery(graphQuery(page.dag_id, page.run_id, undefined));
  const direction = useDirection(search.dir);
  const { isOpen, foldedByDefault } = useGroups(graph.data, search.group);
  if (graph.error && !graph.data) return <ErrorCard error={graph.error} onRetry={() => graph.refetch()} />;
  if (!graph.data) return <Loader size="sm" aria-label="Loading the graph" />;
  const params = { dagId: page.dag_id, runId: page.run_id };
  return (
    <>
      <GraphTools
        graph={graph.data}
        search={search.q ?? ""}
        onSearch={(q) => put({ q })}
        direction={direction}
        onDirection={(dir) => put({ dir })}
        foldedByDefault={foldedByDefault}
        onFoldAll={() => put({ group: toggleAll(search.group) })}
      />
      <GraphView
        graph={graph.data}
        rows={rows?.tasks ?? []}
        direction={direction}
        isOpen={isOpen}
        onFold={(id) => put({ group: toggle(search.group, id) })}
        chosen={search.task}
        onChoose={(task) => put({ task })}
        onOpen={(taskId) =>
          taskId.startsWith("asset:") ||
          void navigate({ to: "/dags/$dagId/runs/$runId/tasks/$taskId", params: { ...params, taskId } })
        }
        search={search.q ?? ""}
      />
    </>
  );
}
