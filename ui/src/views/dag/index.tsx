// The page of a DAG: its head, its tabs, and the tab that is open. Everything that can be chosen is in the URL.
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { ErrorCard } from "~/components/ErrorCard";
import { later } from "~/components/later";
import { DAG_TABS, type DagTab } from "~/router/tabs";
import { useShortcut } from "~/shell/shortcuts";
import { DagZone } from "~/time/zone";
import { LazyTriggerDialog } from "~/views/trigger/LazyTriggerDialog";
import { DagHead } from "./DagHead";
import { MissingDag } from "./MissingDag";
import { dagQuery } from "./queries";
import { TabLinks, type TabProps } from "./TabLinks";

const VIEWS: Record<DagTab, ComponentType<TabProps>> = {
  grid: later(() => import("./grid/GridTab")),
  graph: later(() => import("./graph/GraphTab")),
  gantt: later(() => import("./gantt/GanttTab")),
  calendar: later(() => import("./calendar/CalendarTab")),
  durations: later(() => import("./durations/DurationsTab")),
  runs: later(() => import("./runs/RunsTab")),
  code: later(() => import("./code/CodeTab")),
  assets: later(() => import("./details/AssetsTab")),
  backfills: later(() => import("./backfills/BackfillsTab")),
  details: later(() => import("./details/DetailsTab")),
};

export default function DagView() {
  const { dagId } = useParams({ from: "/shell/dags/$dagId" });
  const search = useSearch({ from: "/shell/dags/$dagId" });
  const navigate = useNavigate({ from: "/dags/$dagId" });
  const page = useQuery(dagQuery(dagId));
  const tab = search.tab ?? DAG_TABS[0];
  const View = VIEWS[tab];
  const setTrigger = (open: boolean) =>
    void navigate({ search: (before) => ({ ...before, trigger: open || undefined, like: undefined }) });
  const step = (by: number) => {
    const next = DAG_TABS[(DAG_TABS.indexOf(tab) + by + DAG_TABS.length) % DAG_TABS.length];
    void navigate({ search: (before) => ({ ...before, tab: next }), replace: true });
  };
  useShortcut("t", "Trigger a run", () => setTrigger(true));
  useShortcut("]", "Next tab", () => step(1));
  useShortcut("[", "Previous tab", () => step(-1));

  if (page.error && !page.data) return <MissingDag dagId={dagId} error={page.error} onRetry={() => page.refetch()} />;
  return (
    <DagZone value={page.data?.card.timezone}>
      <DagHead dagId={dagId} page={page.data} onTrigger={() => setTrigger(true)} />
      <TabLinks label={`Views of ${dagId}`} tabs={DAG_TABS} active={tab} />
      {page.error && <ErrorCard error={page.error} onRetry={() => page.refetch()} />}
      <View dagId={dagId} page={page.data} />
      <LazyTriggerDialog
        dagId={search.trigger ? dagId : undefined}
        like={search.like}
        onClose={() => setTrigger(false)}
      />
    </DagZone>
  );
}
