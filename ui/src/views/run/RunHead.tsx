// What a run is and how it goes, at first sight; its first failure in front of everything else.
import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { RunPage } from "~/api/schema";
import { Duration } from "~/components/Duration";
import { StateBadge } from "~/components/StateBadge";
import { useTabName } from "~/components/tabName";
import { When } from "~/components/When";
import { RunButtons } from "./actions/RunButtons";
import type { Actions } from "./actions/useActions";
import { CountBar } from "./CountBar";
import { FirstFailure } from "./FirstFailure";
import { Note } from "./Note";
import css from "./run.module.css";

export function RunHead({ page, actions }: { page: RunPage; actions: Actions }) {
  const run = { dagId: page.dag_id, runId: page.run_id };
  useTabName(`${page.run_id} · ${page.dag_id}`);
  const isLive = page.state === "running" || page.state === "queued";
  const note = <Note run={run} note={page.note} mayEdit={page.may_edit} />;
  return (
    <header className={css.head}>
      <div className={css.titleLine}>
        <h1 className={css.title}>
          <Link to="/dags/$dagId" params={{ dagId: page.dag_id }} className="quiet">
            {page.dag_id}
          </Link>
          <span className="quiet" aria-hidden>
            /
          </span>
          <span>{page.run_id}</span>
          <StateBadge state={page.state} />
        </h1>
        <Group gap={6} wrap="nowrap">
          <Neighbour run={run} to={page.previous_run_id} label="Previous run (p)" icon={IconChevronLeft} />
          <Neighbour run={run} to={page.next_run_id} label="Next run (n)" icon={IconChevronRight} />
          <RunButtons run={run} state={page.state} previousRunId={page.previous_run_id} actions={actions} />
        </Group>
      </div>
      <div className={css.facts}>
        <span>
          <b>Started</b> <When at={page.started_at} />
        </span>
        <span>
          <b>{isLive ? "For" : "Took"}</b> <Duration start={page.started_at} end={page.ended_at} />
        </span>
        {isLive && page.predicted_end && (
          <span>
            <b>Ends about</b> <When at={page.predicted_end} relative />
          </span>
        )}
        {page.logical_date && (
          <span>
            <b>Logical date</b> <When at={page.logical_date} />
          </span>
        )}
        <span>
          <b>Type</b> {page.run_type.replace("_", " ")}
        </span>
        {page.triggered_by && (
          <span>
            <b>By</b> {page.triggered_by}
          </span>
        )}
        <span>
          <b>Version</b>{" "}
          <Link
            to="/dags/$dagId"
            params={{ dagId: page.dag_id }}
            search={{ tab: "code", version: page.version_number }}
          >
            {page.version_number}
          </Link>
          {!page.version_is_newest && <span className="quiet"> (there is a newer one)</span>}
        </span>
        {!page.note && note}
        {page.backfill_id !== null && (
          <span>
            <b>Backfill</b>{" "}
            <Link to="/dags/$dagId" params={{ dagId: page.dag_id }} search={{ tab: "backfills" }}>
              {page.backfill_id}
            </Link>
          </span>
        )}
      </div>
      {page.first_failure && <FirstFailure run={run} failure={page.first_failure} />}
      {page.why && !(page.first_failure && page.state === "failed") && page.state !== "success" && (
        <div className="quiet">{page.why}</div>
      )}
      <CountBar counts={page.counts} total={page.instance_total} />
      {page.note && note}
    </header>
  );
}

interface NeighbourProps {
  run: { dagId: string; runId: string };
  to: string | null;
  label: string;
  icon: typeof IconChevronLeft;
}

function Neighbour({ run, to, label, icon: Picture }: NeighbourProps) {
  if (!to)
    return (
      <ActionIcon variant="default" size={30} disabled aria-label={label}>
        <Picture size={16} />
      </ActionIcon>
    );
  return (
    <Tooltip label={`${label}: ${to}`}>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={label}
        renderRoot={(props) => (
          <Link
            to="/dags/$dagId/runs/$runId"
            params={{ dagId: run.dagId, runId: to }}
            search={(before) => ({ tab: before.tab }) as never}
            {...props}
          />
        )}
      >
        <Picture size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
