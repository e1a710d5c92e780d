// When the tasks of this run waited and ran.
import { Loader } from "@mantine/core";
import { IconTimelineEvent } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { Gantt } from "~/views/dag/gantt/Gantt";
import type { RunTabProps } from ".";
import { timelineQuery } from "./queries";

export default function GanttTab({ page }: RunTabProps) {
  const run = { dagId: page.dag_id, runId: page.run_id };
  const { zoom } = useSearch({ from: "/shell/dags/$dagId/runs/$runId" });
  const navigate = useNavigate({ from: "/dags/$dagId/runs/$runId" });
  const timeline = useQuery(timelineQuery(run));
  if (timeline.error && !timeline.data) return <ErrorCard error={timeline.error} onRetry={() => timeline.refetch()} />;
  if (!timeline.data) return <Loader size="sm" aria-label="Loading the timeline" />;
  if (timeline.data.bars.length === 0)
    return (
      <EmptyState icon={IconTimelineEvent} title="Nothing has been queued yet">
        Each try becomes a bar here: how long it waited for a slot, and how long it ran.
      </EmptyState>
    );
  return (
    <Gantt
      run={run}
      timeline={timeline.data}
      endedAt={page.ended_at}
      zoom={zoom}
      onZoom={(next) => void navigate({ search: (before) => ({ ...before, zoom: next }), replace: true })}
    />
  );
}
