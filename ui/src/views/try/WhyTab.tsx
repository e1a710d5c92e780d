// Why a task waits: for what, since when, who holds the slots; and of what ran, how its time was spent.
import { IconHourglass } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { instanceName, mapText } from "~/api/mapPath";
import type { Holder, Stage, TaskPage } from "~/api/schema";
import { Duration } from "~/components/Duration";
import { ErrorCard } from "~/components/ErrorCard";
import { When } from "~/components/When";
import { durationText } from "~/time/format";
import type { TryTabProps } from "./index";
import { whyQuery } from "./queries";
import css from "./try.module.css";

export default function WhyTab({ of, page, shown }: TryTabProps) {
  const why = useQuery(whyQuery(of));
  if (why.error) return <ErrorCard error={why.error} onRetry={() => why.refetch()} />;
  if (!why.data) return null;
  const { text, since, holders, kind } = why.data;
  const isOver = kind === "ended";
  const stages = shown?.stages.length ? shown.stages : why.data.stages;
  return (
    <div className={css.why}>
      <p className={css.reason}>
        {kind !== "ended" && kind !== "live" && <IconHourglass size={18} aria-hidden />}
        <span>{isOver ? endOf(page, text) : text || page.row.why || `It is ${page.row.state}.`}</span>
        {since && (
          <span className="quiet">
            {isOver ? (
              <When at={since} relative />
            ) : (
              <>
                for <Duration start={since} />
              </>
            )}
          </span>
        )}
      </p>
      {holders.length > 0 && <Holders holders={holders} />}
      {stages.length > 0 && <Stages stages={stages} />}
    </div>
  );
}

const ENDS: Record<string, string> = {
  success: "It succeeded.",
  failed: "It failed.",
  skipped: "It was skipped.",
  upstream_failed: "What it needs has failed.",
  removed: "It was removed.",
};

function endOf(page: TaskPage, text: string): string {
  const why = page.row.why || (text === page.row.state ? "" : text);
  return [ENDS[page.row.state] ?? "", why].filter(Boolean).join(" ");
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

const STAGES: Record<string, { hue: string; words: string }> = {
  upstream: { hue: "none", words: "Waiting for its upstream" },
  slot: { hue: "scheduled", words: "Waiting for a slot" },
  retry: { hue: "retry", words: "Retry delay, then a slot" },
  deferred: { hue: "deferred", words: "Deferred: its trigger waited" },
  rescheduled: { hue: "deferred", words: "Rescheduled: until its next look" },
  importing: { hue: "upstream", words: "Importing its DAG file" },
  queued: { hue: "queued", words: "Its process starts" },
  running: { hue: "running", words: "Running" },
  finishing: { hue: "success", words: "Keeping its values" },
};
const stageOf = (name: string) => STAGES[name] ?? { hue: "none", words: name };

/** One bar, each stage as wide as it took; below it the same as a table. */
function Stages({ stages }: { stages: Stage[] }) {
  const total = stages.reduce((sum, stage) => sum + stage.seconds, 0);
  return (
    <section>
      <h2 className={css.heading}>How its time was spent</h2>
      <div className={css.stages} aria-hidden>
        {stages.map((stage, at) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: stages are known by their place
            key={at}
            title={`${stageOf(stage.name).words}: ${durationText(stage.seconds)}`}
            data-hue={stageOf(stage.name).hue}
            style={{ flexGrow: Math.max(stage.seconds / (total || 1), 0.004) }}
          />
        ))}
      </div>
      <table className={css.stageTable}>
        <tbody>
          {stages.map((stage, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: stages are known by their place
            <tr key={at}>
              <th scope="row">
                <span className={css.dot} data-hue={stageOf(stage.name).hue} aria-hidden />
                {stageOf(stage.name).words}
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
