// The page of a run: what state it is in and why, then its tasks, graph, timeline, values and params.
import { Loader } from "@mantine/core";
import { IconRouteOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { asProblem } from "~/api/problem";
import type { RunPage, TaskRows } from "~/api/schema";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { later } from "~/components/later";
import { RUN_TABS, type RunTab } from "~/router/tabs";
import { useShortcut } from "~/shell/shortcuts";
import { DagZone } from "~/time/zone";
import { dagQuery } from "~/views/dag/queries";
import { TabLinks } from "~/views/dag/TabLinks";
import { type Actions, useActions } from "./actions/useActions";
import { Plots } from "./Plots";
import { RunHead } from "./RunHead";
import { RunTree } from "./tree/RunTree";
import { useLiveRun } from "./useLiveRun";

export interface RunTabProps {
  page: RunPage;
  rows: TaskRows | undefined;
  actions: Actions;
}

/** Of a run with more values than this, nobody looks for plots unasked. */
const MOST_INSTANCES_WITH_PLOTS = 500;

const TASKS = ({ page, rows, actions }: RunTabProps) =>
  rows ? (
    <>
      <RunTree page={page} rows={rows} actions={actions} />
      {rows.total <= MOST_INSTANCES_WITH_PLOTS && <Plots run={{ dagId: page.dag_id, runId: page.run_id }} />}
    </>
  ) : (
    <Loader size="sm" aria-label="Loading the tasks" />
  );

const VIEWS: Record<RunTab, ComponentType<RunTabProps>> = {
  tasks: TASKS,
  graph: later(() => import("./GraphTab")),
  gantt: later(() => import("./GanttTab")),
  values: later(() => import("./ValuesTab")),
  params: later(() => import("./ParamsTab")),
  events: later(() => import("./EventsTab")),
  details: later(() => import("./DetailsTab")),
};

export default function RunView() {
  const { dagId, runId } = useParams({ from: "/shell/dags/$dagId/runs/$runId" });
  // Another run is another page: its scroll, folding and keys begin anew.
  return <RunContent key={`${dagId} ${runId}`} dagId={dagId} runId={runId} />;
}

function RunContent({ dagId, runId }: { dagId: string; runId: string }) {
  const search = useSearch({ from: "/shell/dags/$dagId/runs/$runId" });
  const navigate = useNavigate({ from: "/dags/$dagId/runs/$runId" });
  const { page, rows } = useLiveRun({ dagId, runId });
  const dag = useQuery(dagQuery(dagId));
  const actions = useActions();
  const tab = search.tab ?? RUN_TABS[0];
  const View = VIEWS[tab];
  const go = (to: string | null | undefined) =>
    to && void navigate({ to: "/dags/$dagId/runs/$runId", params: { dagId, runId: to }, search: { tab: search.tab } });
  const step = (by: number) => {
    const next = RUN_TABS[(RUN_TABS.indexOf(tab) + by + RUN_TABS.length) % RUN_TABS.length];
    void navigate({ search: (before) => ({ ...before, tab: next }), replace: true });
  };
  useShortcut("]", "Next tab", () => step(1));
  useShortcut("[", "Previous tab", () => step(-1));
  useShortcut("p", "Previous run", () => go(page.data?.previous_run_id));
  useShortcut("n", "Next run", () => go(page.data?.next_run_id));
  useShortcut("x", "Clear the run", () => actions.begin({ dagId, runId }, "clear"));
  useShortcut("t", "Trigger another with its params", () => {
    void navigate({ to: "/dags/$dagId", params: { dagId }, search: { trigger: true, like: runId } });
  });

  if (page.error && asProblem(page.error).status === 404) return <Gone dagId={dagId} runId={runId} />;
  if (page.error && !page.data) return <ErrorCard error={page.error} onRetry={() => page.refetch()} />;
  if (!page.data) return <Loader size="sm" aria-label="Loading the run" />;
  return (
    <DagZone value={dag.data?.card.timezone}>
      <RunHead page={page.data} actions={actions} />
      <TabLinks label={`Views of ${runId}`} tabs={RUN_TABS} active={tab} />
      {rows.error && !rows.data && <ErrorCard error={rows.error} onRetry={() => rows.refetch()} />}
      <View page={page.data} rows={rows.data} actions={actions} />
      {actions.dialog}
    </DagZone>
  );
}

/** Also where a run is deleted while it is looked at: the stream's next event asks for it, and it is not there. */
function Gone({ dagId, runId }: { dagId: string; runId: string }) {
  return (
    <EmptyState
      icon={IconRouteOff}
      title="This run is gone"
      action={
        <Link to="/dags/$dagId" params={{ dagId }}>
          To the runs of {dagId}
        </Link>
      }
    >
      {runId} was deleted, or never was. Its history stays in the audit log.
    </EmptyState>
  );
}
