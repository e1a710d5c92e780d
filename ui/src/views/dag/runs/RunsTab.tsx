// The runs of the DAG as a table: filter, sort, choose two to compare.
import { Button, Checkbox, Loader, Select } from "@mantine/core";
import { IconArrowsDiff, IconListDetails } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { type Column, DataTable } from "~/components/DataTable";
import { Duration } from "~/components/Duration";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { StateBadge } from "~/components/StateBadge";
import { When } from "~/components/When";
import { stateLook } from "~/theme/states";
import page from "../dag.module.css";
import type { TabProps } from "../TabLinks";
import { type DagRunLine, dagRuns } from "./queries";

const PAGE = 100;
const STATES = ["queued", "running", "success", "failed"];
const TYPES = ["manual", "scheduled", "backfill", "asset_triggered"];

export default function RunsTab({ dagId }: TabProps) {
  const search = useSearch({ from: "/shell/dags/$dagId" });
  const navigate = useNavigate({ from: "/dags/$dagId" });
  const put = (part: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const { state, type } = search;
  const wanted = { ...(state && { state: [state] }), ...(type && { run_type: [type] }) };
  const runs = useInfiniteQuery({
    queryKey: ["dag", dagId, "runs", { state, type }],
    queryFn: ({ pageParam, signal }) =>
      dagRuns(dagId, { ...wanted, order_by: ["-run_after"], limit: PAGE, offset: pageParam }, signal),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (all.length * PAGE < (last.total_entries ?? 0) ? all.length * PAGE : undefined),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => runs.data?.pages.flatMap((one) => one.dag_runs) ?? [], [runs.data]);
  const [pair, setPair] = useState<string[]>([]);
  const columns = useMemo(() => columnsOf(dagId, pair, setPair), [dagId, pair]);
  if (runs.error && !runs.data) return <ErrorCard error={runs.error} onRetry={() => runs.refetch()} />;
  const [left, right] = [...pair].sort((one, other) => order(rows, other) - order(rows, one));
  return (
    <>
      <div className={page.tools}>
        <Select
          size="xs"
          w={140}
          clearable
          aria-label="State"
          placeholder="Any state"
          value={state ?? null}
          data={STATES.map((value) => ({ value, label: stateLook(value).label }))}
          onChange={(value) => put({ state: value ?? undefined })}
        />
        <Select
          size="xs"
          w={150}
          clearable
          aria-label="Type"
          placeholder="Any type"
          value={type ?? null}
          data={TYPES.map((value) => ({ value, label: value.replace("_", " ") }))}
          onChange={(value) => put({ type: value ?? undefined })}
        />
        <span className={page.grow} />
        {runs.data && <span className="quiet numbers">{runs.data.pages[0]?.total_entries ?? 0} runs</span>}
        <Button
          variant="default"
          leftSection={<IconArrowsDiff size={14} />}
          disabled={pair.length !== 2}
          onClick={() => void navigate({ to: "/compare", search: { dag: dagId, left, right } })}
        >
          Compare {pair.length === 2 ? "the two" : "two"}
        </Button>
      </div>
      {runs.isPending ? (
        <Loader size="sm" aria-label="Loading" />
      ) : rows.length === 0 && !state && !type ? (
        <EmptyState icon={IconListDetails} title="No run yet" command={`tradewind dags trigger ${dagId}`}>
          Press <kbd>t</kbd> to trigger one, or unpause the DAG and let its schedule do it.
        </EmptyState>
      ) : (
        <DataTable
          label={`Runs of ${dagId}`}
          rows={rows}
          columns={columns}
          rowKey={(run) => run.dag_run_id}
          onOpen={(run) => void navigate({ to: "/dags/$dagId/runs/$runId", params: { dagId, runId: run.dag_run_id } })}
          onEnd={() => {
            if (runs.hasNextPage && !runs.isFetchingNextPage) void runs.fetchNextPage();
          }}
        />
      )}
    </>
  );
}

const order = (rows: readonly DagRunLine[], id: string): number => rows.findIndex((run) => run.dag_run_id === id);

function columnsOf(dagId: string, pair: readonly string[], setPair: (pair: string[]) => void): Column<DagRunLine>[] {
  return [
    {
      id: "compare",
      title: "Pick",
      width: "48px",
      secondary: true,
      cell: (run) => (
        <Checkbox
          size="xs"
          aria-label={`Compare ${run.dag_run_id}`}
          checked={pair.includes(run.dag_run_id)}
          onChange={(event) =>
            setPair(
              event.currentTarget.checked
                ? [...pair, run.dag_run_id].slice(-2)
                : pair.filter((one) => one !== run.dag_run_id),
            )
          }
        />
      ),
    },
    {
      id: "run",
      title: "Run",
      width: "35%",
      value: (run) => run.dag_run_id,
      filter: "text",
      cell: (run) => (
        <Link
          to="/dags/$dagId/runs/$runId"
          params={{ dagId, runId: run.dag_run_id }}
          title={run.dag_run_id}
          className={page.runId}
        >
          {run.dag_run_id}
        </Link>
      ),
    },
    {
      id: "state",
      title: "State",
      width: "108px",
      value: (run) => run.state,
      cell: (run) => <StateBadge state={run.state} />,
    },
    {
      id: "type",
      title: "Type",
      width: "124px",
      secondary: true,
      value: (run) => run.run_type,
      cell: (run) => run.run_type.replace("_", " "),
    },
    {
      id: "after",
      title: "Run after",
      width: "122px",
      secondary: true,
      value: (run) => run.run_after,
      cell: (run) => <When at={run.run_after} />,
    },
    {
      id: "started",
      title: "Started",
      width: "122px",
      secondary: true,
      value: (run) => run.start_date ?? "",
      cell: (run) => <When at={run.start_date} />,
    },
    {
      id: "took",
      title: "Took",
      width: "82px",
      align: "right",
      value: (run) =>
        run.start_date && run.end_date ? Date.parse(run.end_date) - Date.parse(run.start_date) : undefined,
      cell: (run) => <Duration start={run.start_date} end={run.end_date} />,
    },
    { id: "note", title: "Note", secondary: true, value: (run) => run.note ?? "", cell: (run) => run.note ?? "" },
  ];
}
