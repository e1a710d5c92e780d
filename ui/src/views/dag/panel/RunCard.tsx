// A run in a few lines, and what can be done to it.
import { Button } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { RunPage } from "~/api/schema";
import { Duration } from "~/components/Duration";
import { StateBadge } from "~/components/StateBadge";
import { When } from "~/components/When";
import { RunButtons } from "~/views/run/actions/RunButtons";
import type { Actions } from "~/views/run/actions/useActions";
import { CountBar } from "~/views/run/CountBar";
import { FirstFailure } from "~/views/run/FirstFailure";
import { Facts } from "./Facts";
import css from "./panel.module.css";

export function RunCard({ page, actions }: { page: RunPage; actions: Actions }) {
  const run = { dagId: page.dag_id, runId: page.run_id };
  return (
    <div className={css.stack}>
      <div className={css.line}>
        <StateBadge state={page.state} />
        <RunButtons run={run} state={page.state} previousRunId={page.previous_run_id} actions={actions} />
      </div>
      <CountBar counts={page.counts} total={page.instance_total} />
      {page.first_failure && <FirstFailure run={run} failure={page.first_failure} compact />}
      {page.why && !page.first_failure && <div className="quiet">{page.why}</div>}
      <Facts
        facts={[
          ["Run after", <When key="a" at={page.run_after} />],
          ["Started", <When key="b" at={page.started_at} />],
          ["Took", <Duration key="c" start={page.started_at} end={page.ended_at} />],
          ["Type", page.run_type.replace("_", " ")],
          ["By", page.triggered_by],
          ["Version", String(page.version_number)],
          ["Note", page.note],
        ]}
      />
      <Button
        variant="default"
        rightSection={<IconArrowRight size={14} />}
        renderRoot={(props) => <Link to="/dags/$dagId/runs/$runId" params={run} {...props} />}
      >
        Open the run
      </Button>
    </div>
  );
}
