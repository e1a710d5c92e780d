// A task of a run in a few lines: its state, or its instances where it is mapped; what can be done to it.
import { Button, Group, Progress } from "@mantine/core";
import { IconArrowRight, IconFileText } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body } from "~/api/client";
import { mapPathOf, mapText } from "~/api/mapPath";
import type { RunPage, TaskRow } from "~/api/schema";
import { Duration } from "~/components/Duration";
import { ReusedMark } from "~/components/ReusedMark";
import { StateBadge } from "~/components/StateBadge";
import { When } from "~/components/When";
import type { Actions } from "~/views/run/actions/useActions";
import { CountBar } from "~/views/run/CountBar";
import { Facts } from "./Facts";
import css from "./panel.module.css";

const MOST_INSTANCES = 100;

interface Props {
  page: RunPage;
  taskId: string;
  /** One instance of it. */
  map: string | undefined;
  actions: Actions;
}

export function TaskCard({ page, taskId, map, actions }: Props) {
  const run = { dagId: page.dag_id, runId: page.run_id };
  const node = page.nodes.find((one) => one.id === taskId);
  const isGroup = node?.is_group ?? false;
  const rows = useQuery({
    queryKey: ["run", run.dagId, run.runId, "tasks-of", taskId, map],
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks", {
          params: {
            path: { dag_id: run.dagId, run_id: run.runId },
            query: { task_id: taskId, map, limit: MOST_INSTANCES },
          },
          signal,
        }),
      ),
    enabled: !isGroup,
  });
  const tasks = isGroup ? tasksBelow(page, taskId) : [taskId];
  const found = rows.data?.tasks ?? [];
  const [only] = found;
  return (
    <div className={css.stack}>
      <Group gap={6}>
        {(["clear", "success"] as const).map((doing) => (
          <Button
            key={doing}
            variant="default"
            disabled={!page.may_edit}
            onClick={() =>
              actions.begin(
                run,
                doing,
                tasks.map((id) => [id, mapPathOf(map)]),
              )
            }
          >
            {doing === "clear" ? "Clear" : "Mark as…"}
          </Button>
        ))}
      </Group>
      {node?.operator && <div className="quiet">{node.operator}</div>}
      {!isGroup && found.length === 1 && only && (map || only.map_path.length === 0) ? (
        <OneTask run={run} row={only} />
      ) : (
        <Instances run={run} rows={found} total={rows.data?.total ?? 0} />
      )}
      {isGroup && <div className="quiet">A group of {tasks.length} tasks.</div>}
    </div>
  );
}

function tasksBelow(page: RunPage, groupId: string): string[] {
  const at = page.nodes.findIndex((node) => node.id === groupId);
  const below = page.nodes.slice(at + 1, at + 1 + (page.nodes[at]?.children ?? 0));
  return below.filter((node) => !node.is_group).map((node) => node.id);
}

interface RunParams {
  dagId: string;
  runId: string;
}

function OneTask({ run, row }: { run: RunParams; row: TaskRow }) {
  return (
    <>
      <div className={css.line}>
        <StateBadge state={row.state} />
        <ReusedMark why={row.why} />
        <span className="quiet numbers">
          try {row.try_number ?? 0}
          {row.tries ? ` of ${row.tries}` : ""}
        </span>
      </div>
      {row.progress?.total ? (
        <Progress value={(100 * row.progress.done) / row.progress.total} size="sm" aria-label="Progress" />
      ) : null}
      {row.log_hint && <pre className={css.hint}>{row.log_hint}</pre>}
      {row.why && <div className="quiet">{row.why}</div>}
      <Facts
        facts={[
          ["Index", row.label],
          ["Queued", <When key="q" at={row.queued_at} />],
          ["Started", <When key="s" at={row.started_at} />],
          ["Took", <Duration key="d" start={row.started_at} end={row.ended_at} />],
          ...Object.entries(row.metrics ?? {}).map(([name, value]): [string, string] => [name, value.toPrecision(5)]),
        ]}
      />
      <Button
        variant="default"
        leftSection={<IconFileText size={14} />}
        rightSection={<IconArrowRight size={14} />}
        renderRoot={(props) => (
          <Link
            to="/dags/$dagId/runs/$runId/tasks/$taskId"
            params={{ ...run, taskId: row.task_id }}
            search={{ map: mapText(row.map_path) }}
            {...props}
          />
        )}
      >
        Log, values, why
      </Button>
    </>
  );
}

function Instances({ run, rows, total }: { run: RunParams; rows: TaskRow[]; total: number }) {
  if (rows.length === 0) return null;
  const counts: Record<string, number> = {};
  for (const row of rows) counts[row.state] = (counts[row.state] ?? 0) + 1;
  return (
    <>
      <CountBar counts={counts} total={rows.length} />
      <div className={css.instances}>
        {rows.map((row) => (
          <Link
            key={row.map_path.join(".")}
            to="/dags/$dagId/runs/$runId/tasks/$taskId"
            params={{ ...run, taskId: row.task_id }}
            search={{ map: mapText(row.map_path) }}
            className={css.instance}
          >
            <StateBadge state={row.state} variant="icon" />
            <span className="clip">{row.label || `[${row.map_path.join(", ")}]`}</span>
            <Duration start={row.started_at} end={row.ended_at} />
          </Link>
        ))}
      </div>
      {total > rows.length && <div className="quiet">and {total - rows.length} more: see the run's tasks</div>}
    </>
  );
}
