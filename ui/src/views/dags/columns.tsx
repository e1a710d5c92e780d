// What is shown of each DAG.
import { ActionIcon, Switch } from "@mantine/core";
import { IconAlertTriangle, IconPlayerPlay } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { DagCard } from "~/api/schema";
import type { Column } from "~/components/DataTable";
import { RunBars } from "~/components/RunBars";
import { StateBadge } from "~/components/StateBadge";
import { Tag } from "~/components/Tag";
import { When } from "~/components/When";
import { hasSchedule, scheduleText } from "~/views/dag/schedule";
import css from "./dags.module.css";
import { useSetPaused } from "./queries";

const TAGS_SHOWN = 3;

export function useColumns(onTrigger: (dagId: string) => void): Column<DagCard>[] {
  const { mutate } = useSetPaused();
  return useMemo(
    () => [
      {
        id: "paused",
        title: "",
        width: "52px",
        cell: (card) => <Pause card={card} onChange={(isPaused) => mutate({ dagId: card.dag_id, isPaused })} />,
      },
      { id: "dag_id", title: "DAG", value: (card) => card.dag_id, cell: (card) => <Name card={card} /> },
      {
        id: "runs",
        title: "Last runs",
        width: "var(--runs-width)",
        cell: (card) => <RunBars dagId={card.dag_id} runs={card.last_runs} />,
      },
      { id: "now", title: "Now", width: "96px", secondary: true, cell: (card) => <Now card={card} /> },
      { id: "schedule", title: "Schedule", width: "17%", secondary: true, cell: (card) => <Schedule card={card} /> },
      {
        id: "next_run",
        title: "Next run",
        width: "118px",
        secondary: true,
        value: (card) => card.next_run_after,
        cell: (card) => <Next card={card} />,
      },
      {
        id: "owners",
        title: "Owner",
        width: "11%",
        secondary: true,
        cell: (card) => <span className="quiet">{card.owners.join(", ")}</span>,
      },
      {
        id: "trigger",
        title: "",
        width: "54px",
        align: "right",
        cell: (card) =>
          card.may_trigger ? (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Trigger ${card.dag_id}`}
              title="Trigger a run"
              onClick={() => onTrigger(card.dag_id)}
            >
              <IconPlayerPlay size={16} stroke={1.7} />
            </ActionIcon>
          ) : null,
      },
    ],
    [mutate, onTrigger],
  );
}

function Pause({ card, onChange }: { card: DagCard; onChange: (isPaused: boolean) => void }) {
  return (
    <Switch
      size="xs"
      checked={!card.is_paused}
      disabled={!card.may_edit}
      onChange={(event) => onChange(!event.currentTarget.checked)}
      aria-label={`${card.dag_id} is active`}
      title={card.is_paused ? "Paused: nothing of it starts" : "Active"}
    />
  );
}

function Name({ card }: { card: DagCard }) {
  return (
    <div className={css.name}>
      <div className={css.first}>
        <Link
          to="/dags/$dagId"
          params={{ dagId: card.dag_id }}
          className={css.link}
          data-paused={card.is_paused || undefined}
          title={card.dag_id}
        >
          {card.dag_id}
        </Link>
        {card.has_import_error && (
          <Link
            to="/admin/$section"
            params={{ section: "import-errors" }}
            className={css.broken}
            title="Its file cannot be imported: this is how it was before"
          >
            <IconAlertTriangle size={13} aria-hidden /> broken
          </Link>
        )}
        {card.is_retired && <Tag>file gone</Tag>}
        {card.tags.slice(0, TAGS_SHOWN).map((tag) => (
          <Link key={tag} to="/dags" search={{ tags: [tag] }} className={css.tag} title={tag}>
            {tag}
          </Link>
        ))}
        {card.tags.length > TAGS_SHOWN && (
          <span className={`${css.tag} ${css.more}`} title={card.tags.slice(TAGS_SHOWN).join(", ")}>
            +{card.tags.length - TAGS_SHOWN}
          </span>
        )}
      </div>
      {card.description && <div className={css.description}>{card.description}</div>}
    </div>
  );
}

function Now({ card }: { card: DagCard }) {
  return (
    <span className={css.now}>
      {card.running > 0 && (
        <span title={`${card.running} running`}>
          <StateBadge state="running" variant="icon" /> {card.running}
        </span>
      )}
      {card.queued > 0 && (
        <span title={`${card.queued} queued`}>
          <StateBadge state="queued" variant="icon" /> {card.queued}
        </span>
      )}
    </span>
  );
}

function Schedule({ card }: { card: DagCard }) {
  return (
    <span className={hasSchedule(card) ? undefined : "quiet"} title={`${card.schedule} (${card.timezone})`}>
      {scheduleText(card)}
    </span>
  );
}

function Next({ card }: { card: DagCard }) {
  if (card.held_why && !card.is_paused)
    return (
      <span title={card.held_why} className="quiet">
        {card.held_why}
      </span>
    );
  if (card.is_paused || !card.next_run_after) return <span className="quiet">–</span>;
  return <When at={card.next_run_after} relative />;
}
