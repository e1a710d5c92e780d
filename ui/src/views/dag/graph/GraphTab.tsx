// The graph of the DAG: of the newest run, of a chosen run, or of a version without states.
import { Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ErrorCard } from "~/components/ErrorCard";
import { useLiveRun } from "~/views/run/useLiveRun";
import { toggle, toggleAll } from "../grid/fold";
import split from "../grid/grid.module.css";
import { ChosenPanel } from "../panel/ChosenPanel";
import { graphQuery } from "../queries";
import { RunChoice, useRecentRuns } from "../RunChoice";
import type { TabProps } from "../TabLinks";
import { GraphTools } from "./GraphTools";
import { GraphView } from "./GraphView";
import { useDirection } from "./useDirection";
import { useGroups } from "./useGroups";
import { VersionChoice } from "./VersionChoice";

export default function GraphTab({ dagId }: TabProps) {
  const search = useSearch({ from: "/shell/dags/$dagId" });
  const navigate = useNavigate({ from: "/dags/$dagId" });
  const put = (part: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const recent = useRecentRuns(dagId);
  const runId = search.version ? undefined : (search.run ?? recent.data?.[0]?.run_id);
  const isKnown = search.version !== undefined || search.run !== undefined || !recent.isPending;
  const graph = useQuery({ ...graphQuery(dagId, runId, search.version), enabled: isKnown });
  const direction = useDirection(search.dir);
  const { isOpen, foldedByDefault } = useGroups(graph.data, search.group);

  if (graph.error && !graph.data) return <ErrorCard error={graph.error} onRetry={() => graph.refetch()} />;
  const open = (id: string) => {
    if (!runId || id.startsWith("asset:")) return;
    void navigate({ to: "/dags/$dagId/runs/$runId/tasks/$taskId", params: { dagId, runId, taskId: id } });
  };
  const view = {
    direction,
    isOpen,
    onFold: (id: string) => put({ group: toggle(search.group, id) }),
    chosen: search.task,
    onChoose: (id: string | undefined) => put({ task: id }),
    onOpen: open,
    search: search.q ?? "",
  } as const;
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
      >
        <RunChoice
          dagId={dagId}
          value={runId}
          placeholder={search.version ? `Version ${search.version}` : "No run: the newest version"}
          onChange={(run) => put({ run, version: undefined })}
        />
        <VersionChoice
          dagId={dagId}
          value={search.version}
          onChange={(version) => put({ version, run: version ? undefined : search.run })}
        />
      </GraphTools>
      {!graph.data ? (
        <Loader size="sm" aria-label="Loading the graph" />
      ) : (
        <div className={split.split}>
          {runId ? (
            <LiveGraph key={runId} run={{ dagId, runId }} view={{ ...view, graph: graph.data }} />
          ) : (
            <GraphView {...view} graph={graph.data} rows={undefined} />
          )}
          {search.task && !search.task.startsWith("asset:") && (
            <ChosenPanel dagId={dagId} runId={runId} taskId={search.task} onClose={() => put({ task: undefined })} />
          )}
        </div>
      )}
    </>
  );
}

type View = Omit<React.ComponentProps<typeof GraphView>, "rows">;

export function LiveGraph({ run, view }: { run: { dagId: string; runId: string }; view: View }) {
  const { rows } = useLiveRun(run);
  return <GraphView {...view} rows={rows.data?.tasks ?? []} />;
}
