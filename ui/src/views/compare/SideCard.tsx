// One of the two runs, in a line.
import { Link } from "@tanstack/react-router";
import type { Comparison } from "~/api/schema";
import { Duration } from "~/components/Duration";
import { StateBadge } from "~/components/StateBadge";
import { When } from "~/components/When";
import css from "./compare.module.css";

export function SideCard({ name, side }: { name: string; side: Comparison["left"] }) {
  const run = { dagId: side.dag_id, runId: side.run_id };
  return (
    <section className={css.side} aria-label={`${name} run`}>
      <div className={css.sideTop}>
        <Link to="/dags/$dagId/runs/$runId" params={run} className="clip">
          {side.run_id}
        </Link>
        <StateBadge state={side.state} />
      </div>
      <div className="quiet">
        {side.dag_id} · version {side.version_number} · <When at={side.started_at} /> ·{" "}
        <Duration start={side.started_at} end={side.ended_at} />
      </div>
    </section>
  );
}
