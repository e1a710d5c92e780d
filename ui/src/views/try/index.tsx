// The page of a task instance: its head and tries, why it failed in front of everything, and its tabs.
import { Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { type ComponentType, useMemo } from "react";
import { mapPathOf } from "~/api/mapPath";
import type { TaskPage, TryInfo } from "~/api/schema";
import { ErrorCard } from "~/components/ErrorCard";
import { later } from "~/components/later";
import { TASK_TABS, type TaskTab } from "~/router/tabs";
import { useShortcut } from "~/shell/shortcuts";
import { DagZone } from "~/time/zone";
import { dagQuery } from "~/views/dag/queries";
import { TabLinks } from "~/views/dag/TabLinks";
import { useActions } from "~/views/run/actions/useActions";
import { CrashView } from "./CrashView";
import { debugCommand } from "./debug";
import { type Asked, askedFor, type Instance, taskQuery } from "./queries";
import { TryHead } from "./TryHead";
import { placeOf, triedAs } from "./tries";

export interface TryTabProps {
  of: Instance;
  page: TaskPage;
  /** The try that is looked at; undefined: there has been none yet. */
  shown: TryInfo | undefined;
  asked: Asked;
}

const Log = later(() => import("./log/LogTab"));
const LogOfTry = ({ of, shown, asked }: TryTabProps) => (
  <Log key={`${of.map} ${shown?.try_id}`} of={{ ...of, asked }} isWaiting={!shown || shown.ended_at === null} />
);

const VIEWS: Record<TaskTab, ComponentType<TryTabProps>> = {
  log: LogOfTry,
  why: later(() => import("./WhyTab")),
  values: later(() => import("./ValuesTab")),
  logged: later(() => import("./logged/LoggedTab")),
  rendered: later(() => import("./RenderedTab")),
  metrics: later(() => import("./MetricsTab")),
  resources: later(() => import("./ResourcesTab")),
  history: later(() => import("./HistoryTab")),
  details: later(() => import("./DetailsTab")),
};

export default function TryView() {
  const { dagId, runId, taskId } = useParams({ from: "/shell/dags/$dagId/runs/$runId/tasks/$taskId" });
  const { map } = useSearch({ from: "/shell/dags/$dagId/runs/$runId/tasks/$taskId" });
  return <Content key={`${dagId} ${runId} ${taskId} ${map}`} of={{ dagId, runId, taskId, map }} />;
}

function Content({ of }: { of: Instance }) {
  const search = useSearch({ from: "/shell/dags/$dagId/runs/$runId/tasks/$taskId" });
  const navigate = useNavigate({ from: "/dags/$dagId/runs/$runId/tasks/$taskId" });
  const page = useQuery(taskQuery(of));
  const dag = useQuery(dagQuery(of.dagId));
  const actions = useActions();
  const target: [string, number[]] = [of.taskId, mapPathOf(of.map)];
  const run = { dagId: of.dagId, runId: of.runId };
  const tries = page.data?.tries ?? [];
  const shown = triedAs(tries, search);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same object while the same try is meant
  const asked = useMemo(() => askedFor(shown, tries), [shown?.try_id, tries.length]);
  // A task that waits has no log: why it waits is what one came for.
  const tab = search.tab ?? (page.data && !shown ? "why" : TASK_TABS[0]);
  const View = VIEWS[tab];
  const step = (by: number) => {
    const next = TASK_TABS[(TASK_TABS.indexOf(tab) + by + TASK_TABS.length) % TASK_TABS.length];
    void navigate({ search: (before) => ({ ...before, tab: next }), replace: true });
  };
  const turn = (by: number) => {
    const next = shown && tries[tries.indexOf(shown) + by];
    if (next)
      void navigate({ search: (before) => ({ ...before, ...placeOf(next, tries), line: undefined }), replace: true });
  };
  useShortcut("]", "Next tab", () => step(1));
  useShortcut("[", "Previous tab", () => step(-1));
  useShortcut(".", "Next try", () => turn(1));
  useShortcut(",", "Previous try", () => turn(-1));
  useShortcut("x", "Clear: run it again", () => actions.begin(run, "clear", [target]));

  if (page.error && !page.data) return <ErrorCard error={page.error} onRetry={() => page.refetch()} />;
  if (!page.data) return <Loader size="sm" aria-label="Loading the task" />;
  return (
    <DagZone value={dag.data?.card.timezone}>
      <TryHead of={of} page={page.data} shown={shown} onAct={(doing) => actions.begin(run, doing, [target])} />
      {shown?.crash && (
        <CrashView crash={shown.crash} isOpen={tab === "log" || tab === "why"} debug={debugCommand(of, shown.number)} />
      )}
      <TabLinks label={`Views of ${of.taskId}`} tabs={TASK_TABS} active={tab} />
      <View of={of} page={page.data} shown={shown} asked={asked} />
      {actions.dialog}
    </DagZone>
  );
}
