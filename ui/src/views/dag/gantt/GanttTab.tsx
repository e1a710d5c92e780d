// The Gantt of one run of the DAG: the newest, or the one that was chosen.
import { Loader } from "@mantine/core";
import { IconTimelineEvent } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { timelineQuery } from "~/views/run/queries";
import page from "../dag.module.css";
import { RunChoice, useRecentRuns } from "../RunChoice";
import type { TabProps } from "../TabLinks";
import { Gantt } from "./Gantt";

export default function GanttTab({ dagId }: TabProps) {
  const { run, zoom } = useSearch({ from: "/shell/dags/$dagId" });
  const navigate = useNavigate({ from: "/dags/$dagId" });
  const recent = useRecentRuns(dagId);
  const runId = run ?? recent.data?.[0]?.run_id;
  const shown = recent.data?.find((one) => one.run_id === runId);
  const timeline = useQuery({ ...timelineQuery({ dagId, runId: runId ?? "" }), enabled: runId !== undefined });
  if (recent.data?.length === 0 && !run)
    return (
      <EmptyState icon={IconTimelineEvent} title="No run yet">
        A run's tries become bars here. Press <kbd>t</kbd> to trigger one.
      </EmptyState>
    );
  return (
    <>
      <div className={page.tools}>
        <RunChoice
          dagId={dagId}
          value={runId}
          placeholder="The newest run"
          onChange={(next) => void navigate({ search: (before) => ({ ...before, run: next, zoom: undefined }) })}
        />
      </div>
      {timeline.error && <ErrorCard error={timeline.error} onRetry={() => timeline.refetch()} />}
      {runId && timeline.data ? (
        <Gantt
          run={{ dagId, runId }}
          timeline={timeline.data}
          endedAt={shown ? shown.ended_at : null}
          zoom={zoom}
          onZoom={(next) => void navigate({ search: (before) => ({ ...before, zoom: next }), replace: true })}
        />
      ) : (
        !timeline.error && <Loader size="sm" aria-label="Loading the timeline" />
      )}
    </>
  );
}
