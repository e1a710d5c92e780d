// The first failure of a run, in front of everything: what went wrong, where, and what to try.
import { IconArrowRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { instanceName, mapText } from "~/api/mapPath";
import type { Failure } from "~/api/schema";
import type { RunId } from "./queries";
import css from "./run.module.css";

interface Props {
  run: RunId;
  failure: Failure;
  compact?: boolean;
}

export function FirstFailure({ run, failure, compact = false }: Props) {
  const { task_id: taskId, map_path, try_number, error_type, error, location, signal, exit_code, advice } = failure;
  return (
    <section className={css.failure} aria-label="First failure">
      <div className={css.failureTop}>
        <span>
          {!compact && <span className="quiet">First failure: </span>}
          <Link
            to="/dags/$dagId/runs/$runId/tasks/$taskId"
            params={{ ...run, taskId }}
            search={{ map: mapText(map_path), try: try_number, tab: "log" }}
            className={css.failureTask}
          >
            {instanceName(taskId, map_path)}
          </Link>
          <span className="quiet"> try {try_number}</span>
        </span>
        <Link
          to="/dags/$dagId/runs/$runId/tasks/$taskId"
          params={{ ...run, taskId }}
          search={{ map: mapText(map_path), try: try_number, tab: "log" }}
          className={css.failureLog}
        >
          To its log <IconArrowRight size={13} aria-hidden />
        </Link>
      </div>
      <pre className={css.failureError}>
        {error_type && <strong>{error_type}</strong>}
        {error_type && error ? ": " : ""}
        {error}
      </pre>
      <div className={css.failureWhere}>
        {location && <code>{location}</code>}
        {signal != null && <span>signal {signal}</span>}
        {exit_code != null && exit_code !== 0 && <span>exit code {exit_code}</span>}
      </div>
      {advice && <div>{advice}</div>}
    </section>
  );
}
