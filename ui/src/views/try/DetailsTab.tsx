// The plain facts of a task and of the try that is looked at.
import { Link } from "@tanstack/react-router";
import { When } from "~/components/When";
import { bytesText } from "~/time/format";
import { Facts } from "./Facts";
import type { TryTabProps } from "./index";
import css from "./try.module.css";

export default function DetailsTab({ of, page, shown }: TryTabProps) {
  return (
    <div className={css.columns}>
      <Facts
        title="Task"
        facts={[
          ["Operator", <code key="operator">{page.operator}</code>],
          ["Trigger rule", page.trigger_rule],
          [
            "Pool",
            <Link key="pool" to="/admin/$section" params={{ section: "pools" }}>
              {page.pool}
            </Link>,
          ],
          ["Retries", page.retries],
          ["Upstream", <Tasks key="upstream" of={of} ids={page.upstream} />],
          ["Downstream", <Tasks key="downstream" of={of} ids={page.downstream} />],
        ]}
      />
      {shown && (
        <Facts
          title={`Try ${shown.number}`}
          facts={[
            ["Id", <code key="id">{shown.try_id}</code>],
            ["Executor", shown.executor],
            ["Host", shown.host],
            ["Process", shown.pid],
            ["Queued", <When key="queued" at={shown.queued_at} />],
            ["Started", <When key="started" at={shown.started_at} />],
            ["Ended", <When key="ended" at={shown.ended_at} />],
            ["Slots", `${shown.pool_slots} of ${shown.pool}`],
            ["Memory at most", shown.max_rss_bytes === null ? null : bytesText(shown.max_rss_bytes)],
            ["Why", shown.why],
          ]}
        />
      )}
      {page.doc && (
        <section>
          <h2 className={css.heading}>Notes of its author</h2>
          <p className={css.doc}>{page.doc}</p>
        </section>
      )}
    </div>
  );
}

function Tasks({ of, ids }: { of: TryTabProps["of"]; ids: string[] }) {
  if (ids.length === 0) return <span className="quiet">none</span>;
  return ids.map((taskId, at) => (
    <span key={taskId}>
      {at > 0 && ", "}
      <Link to="/dags/$dagId/runs/$runId/tasks/$taskId" params={{ dagId: of.dagId, runId: of.runId, taskId }}>
        {taskId}
      </Link>
    </span>
  ));
}
