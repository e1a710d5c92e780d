// The processes of the service: which live, where, and when they were last heard of.
import { IconServer2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { allPages } from "~/api/all_pages";
import { api, body } from "~/api/client";
import type { JobResponse } from "~/api/schema";
import { type Column, DataTable } from "~/components/DataTable";
import { EmptyState } from "~/components/EmptyState";
import { Tag } from "~/components/Tag";
import { When } from "~/components/When";
import { AdminPage } from "../frame/AdminPage";

const KINDS: Record<string, string> = {
  SchedulerJob: "Scheduler",
  TriggererJob: "Triggerer",
  DagProcessorJob: "DAG processor",
  ApiServerJob: "API server",
};

const STATES: Record<string, string> = { running: "Running", success: "Ended", failed: "Gone" };

const COLUMNS: Column<JobResponse>[] = [
  {
    id: "kind",
    title: "Process",
    value: (job) => job.job_type,
    cell: (job) => <strong>{KINDS[job.job_type ?? ""] ?? job.job_type}</strong>,
    filter: "choice",
  },
  { id: "host", title: "Machine", value: (job) => job.hostname, cell: (job) => job.hostname, filter: "choice" },
  {
    id: "start",
    title: "Since",
    width: "130px",
    value: (job) => job.start_date,
    cell: (job) => <When at={job.start_date} />,
  },
  {
    id: "heartbeat",
    title: "Last heard of",
    width: "120px",
    value: (job) => job.latest_heartbeat,
    cell: (job) => <When at={job.latest_heartbeat} relative />,
  },
  {
    id: "state",
    title: "State",
    width: "100px",
    value: (job) => job.state,
    cell: (job) => (
      <Tag tone={job.state === "running" ? "good" : job.state === "failed" ? "bad" : "quiet"}>
        {STATES[job.state ?? ""] ?? job.state}
      </Tag>
    ),
  },
];

export default function Jobs() {
  const jobs = useQuery({
    queryKey: ["jobs"],
    queryFn: ({ signal }) => load(signal),
    // Heartbeats are no news of the live stream.
    refetchInterval: 10_000,
  });
  return (
    <AdminPage title="Processes" about="Schedulers, DAG processors and triggerers, the newest first." query={jobs}>
      {jobs.data?.length === 0 ? (
        <EmptyState icon={IconServer2} title="No process has been started yet" command="tradewind standalone" />
      ) : (
        <DataTable label="Processes" rows={jobs.data ?? []} columns={COLUMNS} rowKey={(job) => String(job.id)} />
      )}
    </AdminPage>
  );
}

function load(signal: AbortSignal) {
  return allPages(async (offset, limit) => {
    const query = { offset, limit, order_by: ["-start_date"] };
    const page = await body(api.GET("/api/v2/jobs", { params: { query }, signal }));
    return { rows: page.jobs, total: page.total_entries };
  });
}
