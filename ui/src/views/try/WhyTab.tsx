// Why a task waits: for what, since when, who holds the slots; and of what ran, how its time was spent.
import { IconHourglass } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { instanceName, mapText } from "~/api/mapPath";
import type { Holder, Stage } from "~/api/schema";
import { Duration } from "~/components/Duration";
import { ErrorCard } from "~/components/ErrorCard";
import { durationText } from "~/time/format";
import type { TryTabProps } from "./index";
import { whyQuery } from "./queries";
import css from "./try.module.css";

export default function WhyTab({ of, page, shown }: TryTabProps) {
  const why = useQuery(whyQuery(of));
  if (why.error) return <ErrorCard error={why.error} onRetry={() => why.refetch()} />;
  if (!why.data) return null;
  const { text, since, holders, kind } = why.data;
  const stages = shown?.stages.length ? shown.stages : why.data.stages;
  return (
    <div className={css.why}>
      <p className={css.reason}>
        {kind !== "ended" && kind !== "live" && <IconHourglass size={18} aria-hidden />}
        <span>{text || page.row.why || `It is ${page.row.state}.`}</span>
        {since && (
          <span className="quiet">
            for <Duration start={since} />
          </span>
        )}
      </p>
      {holders.length > 0 && <Holders holders={holders} />}
      {stages.length > 0 && <Stages stages={stages} />}
    </div>
  );
}

function Holders({ holders }: { holders: Holder[] }) {
  return (
    <section>
      <h2 className={css.heading}>Who holds the slots</h2>
      <ul className={css.holders}>
        {holders.map((one) => (
          <li key={`${one.dag_id} ${one.run_id} ${one.task_id} ${one.map_path.join(".")}`}>
            <Link
              to="/dags/$dagId/runs/$runId/tasks/$taskId"
              params={{ dagId: one.dag_id, runId: one.run_id, taskId: one.task_id }}
              search={{ map: mapText(one.map_path) }}
            >
              {one.dag_id} · {instanceName(one.task_id, one.map_path)}
            </Link>
            <span className="quiet"> {one.run_id}</span>
            <span className="numbers">
              {one.slots} {one.slots === 1 ? "slot" : "slots"}
            </span>
            <Duration start={one.since} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const STAGE_STATES: Record<string, string> = {
  waiting: "none",
  queued: "queued",
  importing: "scheduled",
  running: "running",
  finishing: "success",
};

/** One bar, each stage as wide as it took; below it the same as a table. */
function Stages({ stages }: { stages: Stage[] }) {
  const total = stages.reduce((sum, stage) => sum + stage.seconds, 0);
  return (
    <section>
      <h2 className={css.heading}>How its time was spent</h2>
      <div className={css.stages} aria-hidden>
        {stages.map((stage) => (
          <span
            key={stage.name}
            data-hue={STAGE_STATES[stage.name] ?? "none"}
            style={{ flexGrow: Math.max(stage.seconds / (total || 1), 0.004) }}
          />
        ))}
      </div>
      <table className={css.stageTable}>
        <tbody>
          {stages.map((stage) => (
            <tr key={stage.name}>
              <th scope="row">
                <span className={css.dot} data-hue={STAGE_STATES[stage.name] ?? "none"} aria-hidden />
                {stage.name}
              </th>
              <td className="numbers">{durationText(stage.seconds)}</td>
              <td className="numbers quiet">{total > 0 ? `${Math.round((100 * stage.seconds) / total)} %` : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
