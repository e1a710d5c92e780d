// Everything else that is known of a run.
import { When } from "~/components/When";
import { Facts } from "~/views/dag/panel/Facts";
import type { RunTabProps } from ".";
import { RunEnvironment } from "./environment/RunEnvironment";
import css from "./run.module.css";

export default function DetailsTab({ page }: RunTabProps) {
  return (
    <div className={css.details}>
      <Facts
        facts={[
          ["Run id", <code key="id">{page.run_id}</code>],
          ["Type", page.run_type.replace("_", " ")],
          ["Triggered by", page.triggered_by],
          ["Logical date", <When key="l" at={page.logical_date} />],
          ["Data interval start", <When key="s" at={page.data_interval_start} />],
          ["Data interval end", <When key="e" at={page.data_interval_end} />],
          ["Run after", <When key="a" at={page.run_after} />],
          ["Queued", <When key="q" at={page.queued_at} />],
          ["Started", <When key="t" at={page.started_at} />],
          ["Ended", <When key="n" at={page.ended_at} />],
          ["Version", `${page.version_number}${page.version_is_newest ? " (the newest)" : ""}`],
          ["Bundle version", page.bundle_version],
          ["Why", page.why],
        ]}
      />
      <RunEnvironment run={{ dagId: page.dag_id, runId: page.run_id }} />
    </div>
  );
}
