// What two runs differ in, section by section, what matters most first.
import type { Comparison } from "~/api/schema";
import { Diff } from "~/components/Diff";
import css from "./compare.module.css";
import { DifferenceTable } from "./DifferenceTable";
import { MetricPlots } from "./MetricPlots";
import { ValueTable } from "./ValueTable";

export function Sections({ comparison }: { comparison: Comparison }) {
  const { params, conf, metrics, durations, states, values, environment, code, left, right } = comparison;
  return (
    <>
      <DifferenceTable
        title="Metrics"
        what="Metric"
        differences={metrics}
        empty="Neither run logged a metric: tradewind.log_metric(name, value, step)."
      />
      {metrics.length > 0 && <MetricPlots left={left} right={right} />}
      <DifferenceTable title="Params" what="Param" differences={params} empty="Neither run has params." />
      {conf.length > 0 && <DifferenceTable title="Conf" what="Key" differences={conf} empty="" />}
      <section className={css.section} aria-label="Code">
        <h2 className={css.title}>
          Code <span className="quiet">{code ? "" : "the same"}</span>
        </h2>
        {code && <Diff unified={code} />}
      </section>
      <ValueTable values={values} left={left} right={right} />
      <DifferenceTable
        title="Durations"
        what="Task"
        differences={durations}
        kind="seconds"
        empty="No task has run in both."
      />
      <DifferenceTable title="States" what="Task" differences={states} kind="state" empty="No tasks." />
      <DifferenceTable
        title="Environment"
        what="What"
        differences={environment}
        empty="Nothing is known of where they ran."
      />
    </>
  );
}
