// What a run was started with.
import { IconAdjustmentsOff } from "@tabler/icons-react";
import { EmptyState } from "~/components/EmptyState";
import { JsonTree } from "~/components/JsonTree";
import type { RunTabProps } from ".";
import css from "./run.module.css";

export default function ParamsTab({ page }: RunTabProps) {
  const hasParams = Object.keys(page.params).length > 0;
  const hasConf = Object.keys(page.conf).length > 0;
  if (!hasParams && !hasConf)
    return (
      <EmptyState icon={IconAdjustmentsOff} title="No params">
        A DAG with <code>params=</code> shows here what each run was given; <code>conf</code> comes from the trigger.
      </EmptyState>
    );
  return (
    <div className={css.pair}>
      {hasParams && (
        <section>
          <h2 className={css.heading}>Params</h2>
          <JsonTree open={2} value={page.params} />
        </section>
      )}
      {hasConf && (
        <section>
          <h2 className={css.heading}>Conf</h2>
          <JsonTree open={2} value={page.conf} />
        </section>
      )}
    </div>
  );
}
