// A DAG in four lines: what it is called, whether it runs, when it runs next, what it is for.
import { Badge, Button, Group, Skeleton, Switch, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconAlertTriangle, IconClock, IconPlayerPlay, IconTag, IconUser } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body } from "~/api/client";
import { asProblem } from "~/api/problem";
import type { DagCard, DagPage } from "~/api/schema";
import { useTabName } from "~/components/tabName";
import { When } from "~/components/When";
import css from "./dag.module.css";
import { dagQuery } from "./queries";
import { scheduleText } from "./schedule";

interface Props {
  dagId: string;
  page: DagPage | undefined;
  onTrigger: () => void;
}

export function DagHead({ dagId, page, onTrigger }: Props) {
  const card = page?.card;
  useTabName(dagId);
  return (
    <header className={css.head}>
      <div className={css.titleLine}>
        <h1 className={css.title}>
          <Link to="/dags" className="quiet">
            DAGs
          </Link>
          <span className="quiet" aria-hidden>
            /
          </span>
          {dagId}
        </h1>
        <Group gap={10} wrap="nowrap">
          {card && <PauseSwitch card={card} />}
          <Tooltip label={card?.may_trigger === false ? "Your roles don't allow it" : "Trigger a run (t)"}>
            <Button
              leftSection={<IconPlayerPlay size={14} />}
              onClick={onTrigger}
              disabled={card?.may_trigger === false || card?.is_retired}
            >
              Trigger
            </Button>
          </Tooltip>
        </Group>
      </div>
      {card ? <Facts card={card} /> : <Skeleton height={18} width={340} mt={6} />}
    </header>
  );
}

function Facts({ card }: { card: DagCard }) {
  return (
    <div className={css.facts}>
      {card.is_retired && <Badge color="gray">Retired: its file is gone</Badge>}
      {card.has_import_error && (
        <Link to="/admin/$section" params={{ section: "import-errors" }} className={css.problem}>
          <IconAlertTriangle size={14} aria-hidden /> its file does not import now
        </Link>
      )}
      <span className={css.fact}>
        <IconClock size={14} aria-hidden />
        {scheduleText(card)}
        {card.next_run_after && !card.is_paused && (
          <>
            <span className="quiet">next</span> <When at={card.next_run_after} relative />
          </>
        )}
        {card.held_why && <span className="quiet">· {card.held_why}</span>}
      </span>
      {card.owners.length > 0 && (
        <span className={css.fact}>
          <IconUser size={14} aria-hidden /> {card.owners.join(", ")}
        </span>
      )}
      {card.tags.map((tag) => (
        <Link key={tag} to="/dags" search={{ tags: [tag] }} className={css.tag}>
          <IconTag size={12} aria-hidden /> {tag}
        </Link>
      ))}
      {card.description && <span className={css.description}>{card.description}</span>}
    </div>
  );
}

function PauseSwitch({ card }: { card: DagCard }) {
  const queries = useQueryClient();
  const { queryKey } = dagQuery(card.dag_id);
  const pause = useMutation({
    mutationFn: (is_paused: boolean) =>
      body(
        api.PATCH("/api/tradewind/v1/dags/{dag_id}", {
          params: { path: { dag_id: card.dag_id } },
          body: { is_paused },
        }),
      ),
    onMutate: (is_paused) => {
      queries.setQueryData(queryKey, (page) => page && { ...page, card: { ...page.card, is_paused } });
    },
    onError: (error) => notifications.show({ message: asProblem(error).title, color: "red" }),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  return (
    <Switch
      size="xs"
      label={card.is_paused ? "Paused" : "Active"}
      aria-label="Whether its schedule runs"
      checked={!card.is_paused}
      disabled={!card.may_edit}
      onChange={(event) => pause.mutate(!event.currentTarget.checked)}
    />
  );
}
