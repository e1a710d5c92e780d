// Backfills of the DAG: how far each is, and what can be done to it; a new one with a preview of its dates.
import { Button, Group, Loader } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconCalendarPlus, IconPlayerPause, IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { asProblem } from "~/api/problem";
import { confirm } from "~/components/confirm";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { StateBadge } from "~/components/StateBadge";
import { When } from "~/components/When";
import { CountBar } from "~/views/run/CountBar";
import page from "../dag.module.css";
import { dagRuns } from "../runs/queries";
import type { TabProps } from "../TabLinks";
import css from "./backfills.module.css";
import { NewBackfillDialog } from "./NewBackfillDialog";
import { type Backfill, backfillsOf, steer } from "./queries";

const backfillKey = (dagId: string) => ["dag", dagId, "backfills"];

export default function BackfillsTab({ dagId, page: dag }: TabProps) {
  const [isNew, setNew] = useState(false);
  const backfills = useQuery({
    queryKey: backfillKey(dagId),
    queryFn: ({ signal }) => backfillsOf(dagId, signal),
  });
  if (backfills.error && !backfills.data)
    return <ErrorCard error={backfills.error} onRetry={() => backfills.refetch()} />;
  const button = (
    <Button leftSection={<IconCalendarPlus size={14} />} onClick={() => setNew(true)} disabled={!dag?.card.may_trigger}>
      New backfill
    </Button>
  );
  return (
    <>
      {backfills.data && backfills.data.length > 0 && (
        <div className={page.tools}>
          <span className={page.grow} />
          {button}
        </div>
      )}
      {backfills.isPending && <Loader size="sm" aria-label="Loading" />}
      {backfills.data?.length === 0 && (
        <EmptyState icon={IconCalendarPlus} title="No backfill yet" action={button}>
          A backfill runs the DAG for past dates of its schedule: after a change of its code, or when it is new.
        </EmptyState>
      )}
      {backfills.data?.map((backfill) => (
        <Card key={backfill.id} backfill={backfill} />
      ))}
      {isNew && <NewBackfillDialog dagId={dagId} onClose={() => setNew(false)} />}
    </>
  );
}

function Card({ backfill }: { backfill: Backfill }) {
  const isOver = backfill.completed_at !== null;
  const runs = useBackfillRuns(backfill);
  return (
    <section className={css.card} aria-label={`Backfill ${backfill.id}`}>
      <div className={css.top}>
        <div>
          <strong>
            {backfill.from_date.slice(0, 10)} to {backfill.to_date.slice(0, 10)}
          </strong>
          <div className="quiet">
            Backfill {backfill.id} · <When at={backfill.created_at} relative /> · at most {backfill.max_active_runs}{" "}
            runs at once
          </div>
        </div>
        {isOver ? (
          <span className="quiet">
            Done <When at={backfill.completed_at} relative />
          </span>
        ) : (
          <Buttons backfill={backfill} />
        )}
      </div>
      {runs.data && (
        <>
          <CountBar counts={runs.data.counts} total={runs.data.total} />
          <div className={css.runs}>
            {runs.data.runs.slice(0, 60).map((run) => (
              <Link
                key={run.dag_run_id}
                to="/dags/$dagId/runs/$runId"
                params={{ dagId: backfill.dag_id, runId: run.dag_run_id }}
                title={run.dag_run_id}
              >
                <StateBadge state={run.state} variant="icon" />
              </Link>
            ))}
          </div>
        </>
      )}
    </section>
  );
}

/** Its runs are those of type backfill within its dates. */
function useBackfillRuns(backfill: Backfill) {
  return useQuery({
    queryKey: ["dag", backfill.dag_id, "backfill-runs", backfill.id],
    queryFn: async ({ signal }) => {
      const found = await dagRuns(
        backfill.dag_id,
        {
          run_type: ["backfill"],
          logical_date_gte: backfill.from_date,
          logical_date_lte: backfill.to_date,
          order_by: ["logical_date"],
          limit: 100,
        },
        signal,
      );
      const counts: Record<string, number> = {};
      for (const run of found.dag_runs) counts[run.state] = (counts[run.state] ?? 0) + 1;
      return { runs: found.dag_runs, counts, total: found.dag_runs.length };
    },
  });
}

function Buttons({ backfill }: { backfill: Backfill }) {
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: (how: "pause" | "unpause" | "cancel") => steer(backfill.id, how),
    onSuccess: () => queries.invalidateQueries({ queryKey: backfillKey(backfill.dag_id) }),
    onError: (error) =>
      notifications.show({ message: asProblem(error).detail || asProblem(error).title, color: "red" }),
  });
  const cancel = async () => {
    const sure = await confirm({
      title: "Cancel this backfill?",
      body: "No more of its runs begin; those that run go on to their end.",
      action: "Cancel the backfill",
      danger: true,
    });
    if (sure) act.mutate("cancel");
  };
  return (
    <Group gap={6}>
      <Button
        variant="default"
        loading={act.isPending}
        leftSection={backfill.is_paused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
        onClick={() => act.mutate(backfill.is_paused ? "unpause" : "pause")}
      >
        {backfill.is_paused ? "Go on" : "Pause"}
      </Button>
      <Button variant="default" leftSection={<IconPlayerStop size={14} />} onClick={() => void cancel()}>
        Cancel
      </Button>
    </Group>
  );
}
