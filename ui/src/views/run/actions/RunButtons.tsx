// What can be done to a run: cancel while it runs, run it again, clear, mark, compare, delete.
import { ActionIcon, Button, Group, Menu, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import {
  IconArrowsDiff,
  IconDots,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
  IconRepeat,
  IconTrash,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { api } from "~/api/client";
import { asProblem } from "~/api/problem";
import { confirm } from "~/components/confirm";
import { StateBadge } from "~/components/StateBadge";
import { cancelRun, type RunId } from "../queries";
import { useReproduce } from "../reproduce/useReproduce";
import type { Actions } from "./useActions";

interface Props {
  run: RunId;
  state: string;
  previousRunId?: string | null;
  actions: Actions;
}

export function RunButtons({ run, state, previousRunId, actions }: Props) {
  const live = state === "running" || state === "queued";
  return (
    <Group gap={6} wrap="nowrap">
      {live ? (
        <Button variant="default" leftSection={<IconPlayerStop size={14} />} onClick={() => void askToCancel(run)}>
          Cancel
        </Button>
      ) : (
        <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={() => actions.begin(run, "clear")}>
          Clear
        </Button>
      )}
      <More run={run} live={live} previousRunId={previousRunId} actions={actions} />
    </Group>
  );
}

function More({ run, live, previousRunId, actions }: Omit<Props, "state"> & { live: boolean }) {
  const remove = useRemove(run);
  const reproduce = useReproduce(run);
  const { dagId, runId } = run;
  return (
    <Menu position="bottom-end" shadow="md" width={270}>
      <Menu.Target>
        <Tooltip label="More">
          <ActionIcon variant="default" size={30} aria-label="More actions on this run">
            <IconDots size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconRefresh size={14} />} onClick={() => actions.begin(run, "clear")}>
          Clear: run its tasks again
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPlayerPlay size={14} />}
          renderRoot={(props) => (
            <Link to="/dags/$dagId" params={{ dagId }} search={{ trigger: true, like: runId }} {...props} />
          )}
        >
          Trigger another with its params
        </Menu.Item>
        {!live && (
          <Menu.Item leftSection={<IconRepeat size={14} />} onClick={() => reproduce.mutate()}>
            Reproduce: once more as it was
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconArrowsDiff size={14} />}
          renderRoot={(props) => (
            <Link to="/compare" search={{ dag: dagId, left: previousRunId ?? undefined, right: runId }} {...props} />
          )}
        >
          Compare with another run
        </Menu.Item>
        <Menu.Divider />
        {(["success", "failed"] as const).map((doing) => (
          <Menu.Item
            key={doing}
            leftSection={<StateBadge state={doing} variant="icon" />}
            onClick={() => actions.begin(run, doing)}
          >
            Mark as {doing}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={() => void remove()}>
          Delete the run
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

async function askToCancel(run: RunId): Promise<void> {
  const sure = await confirm({
    title: "Cancel this run?",
    body: "Tasks that run are stopped; what has not begun will not. The run ends as failed, and can be cleared later.",
    action: "Cancel the run",
    danger: true,
  });
  if (!sure) return;
  await cancelRun(run).then(
    () => notifications.show({ message: "Cancelling" }),
    (error) => notifications.show({ message: asProblem(error).detail || asProblem(error).title, color: "red" }),
  );
}

function useRemove({ dagId, runId }: RunId): () => Promise<void> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    const sure = await confirm({
      title: "Delete this run?",
      body: `Its tasks' history, logs and values that only it uses go with ${runId}.`,
      action: "Delete the run",
      danger: true,
    });
    if (!sure) return;
    try {
      const path = { dag_id: dagId, dag_run_id: runId };
      await api.DELETE("/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}", { params: { path } });
    } catch (error) {
      const problem = asProblem(error);
      notifications.show({ message: problem.detail || problem.title, color: "red" });
      return;
    }
    queries.removeQueries({ queryKey: ["run", dagId, runId] });
    await queries.invalidateQueries({ queryKey: ["grid", dagId] });
    await navigate({ to: "/dags/$dagId", params: { dagId } });
  };
}
