// What was chosen in the grid, the graph or the Gantt: a run or a task of it. Beside the view on wide screens, over it
// on narrow ones.
import { ActionIcon, Drawer, Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { instanceName, mapPathOf } from "~/api/mapPath";
import { ErrorCard } from "~/components/ErrorCard";
import { useActions } from "~/views/run/actions/useActions";
import { runQuery } from "~/views/run/queries";
import css from "./panel.module.css";
import { RunCard } from "./RunCard";
import { TaskCard } from "./TaskCard";

interface Props {
  dagId: string;
  runId: string | undefined;
  taskId: string | undefined;
  /** One instance of a mapped task: its indexes with dots between them. */
  map?: string | undefined;
  onClose: () => void;
}

export function ChosenPanel(props: Props) {
  const isNarrow = useMediaQuery("(max-width: 900px)");
  if (!props.runId) return null;
  const content = <Content {...props} runId={props.runId} />;
  if (isNarrow)
    return (
      <Drawer opened onClose={props.onClose} position="bottom" size="70%" withCloseButton={false} padding="sm">
        {content}
      </Drawer>
    );
  return (
    <aside className={css.panel} aria-label="What is chosen">
      {content}
    </aside>
  );
}

function Content({ dagId, runId, taskId, map, onClose }: Props & { runId: string }) {
  const run = { dagId, runId };
  const { data, error, refetch } = useQuery(runQuery(run));
  const actions = useActions();
  return (
    <>
      <div className={css.top}>
        <div className={css.where}>
          <Link to="/dags/$dagId/runs/$runId" params={{ dagId, runId }} className="clip">
            {runId}
          </Link>
          {taskId && <strong className="clip">{instanceName(taskId, mapPathOf(map))}</strong>}
        </div>
        <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label="Close">
          <IconX size={15} />
        </ActionIcon>
      </div>
      {error && !data && <ErrorCard error={error} onRetry={() => refetch()} />}
      {!data && !error && <Skeleton height={120} />}
      {data && !taskId && <RunCard page={data} actions={actions} />}
      {data && taskId && <TaskCard key={`${taskId} ${map}`} page={data} taskId={taskId} map={map} actions={actions} />}
      {actions.dialog}
    </>
  );
}
