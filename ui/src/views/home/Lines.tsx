// Lines of the first page's lists. A line is a link; a failed run leads to the task that failed first.
import { Progress } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { AskLine, LateLine, RunLine } from "~/api/schema";
import { Duration } from "~/components/Duration";
import { StateBadge } from "~/components/StateBadge";
import { When } from "~/components/When";
import css from "./home.module.css";

export function RunLines({ runs }: { runs: RunLine[] }) {
  return (
    <ul className={css.lines}>
      {runs.map((run) => (
        <li key={`${run.dag_id} ${run.run_id}`} className={css.line}>
          <StateBadge state={run.state} variant="icon" size={16} />
          <div className={css.words}>
            <div className={css.first}>
              <Link to="/dags/$dagId" params={{ dagId: run.dag_id }} className={css.name}>
                {run.dag_id}
              </Link>
              <Link
                to="/dags/$dagId/runs/$runId"
                params={{ dagId: run.dag_id, runId: run.run_id }}
                className={css.run}
                title={run.run_id}
              >
                {run.run_id}
              </Link>
            </div>
            {run.what && <What run={run} />}
            {run.state === "success" && (
              <div className={css.what}>{run.total === 1 ? "1 task" : `${run.total} tasks`}</div>
            )}
          </div>
          <div className={css.side}>
            {run.state === "running" ? <Duration start={run.started_at} /> : <When at={run.ended_at} relative />}
            {run.state === "running" && <Done done={run.done} total={run.total} />}
            {run.state === "success" && <Duration start={run.started_at} end={run.ended_at} />}
          </div>
        </li>
      ))}
    </ul>
  );
}

function What({ run }: { run: RunLine }) {
  if (!run.task_id) return <div className={css.what}>{run.what}</div>;
  return (
    <Link
      to="/dags/$dagId/runs/$runId/tasks/$taskId"
      params={{ dagId: run.dag_id, runId: run.run_id, taskId: run.task_id }}
      className={css.what}
      data-failed
    >
      {run.what.startsWith(run.task_id) ? run.what : `${run.task_id}: ${run.what}`}
    </Link>
  );
}

function Done({ done, total }: { done: number; total: number }) {
  return (
    <span className={css.done}>
      <Progress
        value={total > 0 ? (100 * done) / total : 0}
        size={4}
        w={54}
        color="var(--state-running)"
        aria-label={`${done} of ${total} tasks done`}
      />
      <span className="numbers">
        {done}/{total}
      </span>
    </span>
  );
}

export function LateLines({ lines }: { lines: LateLine[] }) {
  return (
    <ul className={css.lines}>
      {lines.map((line) => (
        <li key={`${line.dag_id} ${line.run_id} ${line.name}`} className={css.line}>
          <StateBadge state={line.is_missed ? "failed" : "up_for_retry"} variant="icon" size={16} />
          <div className={css.words}>
            <Link
              to={line.run_id ? "/dags/$dagId/runs/$runId" : "/dags/$dagId"}
              params={{ dagId: line.dag_id, runId: line.run_id ?? "" }}
              className={css.name}
            >
              {line.dag_id}
            </Link>
            <div className={css.what}>
              {line.name} {line.is_missed ? "was missed" : "will be missed, by the look of it"}
            </div>
          </div>
          <div className={css.side}>
            due <When at={line.due_at} relative />
          </div>
        </li>
      ))}
    </ul>
  );
}

export function AskLines({ asks }: { asks: AskLine[] }) {
  return (
    <ul className={css.lines}>
      {asks.map((ask) => (
        <li key={`${ask.dag_id} ${ask.run_id} ${ask.task_id} ${ask.map_path?.join(".")}`} className={css.line}>
          <StateBadge state="deferred" variant="icon" size={16} />
          <div className={css.words}>
            <Link to="/waiting" search={{ q: ask.dag_id }} className={css.name}>
              {ask.subject || ask.task_id}
            </Link>
            <div className={css.what}>
              {ask.dag_id} · {ask.task_id}
            </div>
          </div>
          <div className={css.side}>
            <When at={ask.asked_at} relative />
          </div>
        </li>
      ))}
    </ul>
  );
}
