// The first page: what runs, what failed, what is late, what waits for a person, what comes next.
import { Loader } from "@mantine/core";
import { IconRocket } from "@tabler/icons-react";
import { useHome } from "~/api/home";
import type { Home } from "~/api/schema";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { Page } from "~/components/Page";
import { Counts } from "./Counts";
import { HealthLine } from "./HealthLine";
import css from "./home.module.css";
import { AskLines, LateLines, RunLines } from "./Lines";
import { NextHour } from "./NextHour";
import { Section } from "./Section";

export default function HomeView() {
  const home = useHome();
  return (
    <Page title="Home">
      {home.isError && !home.data && <ErrorCard error={home.error} onRetry={home.refetch} />}
      {home.isPending && <Loader size="sm" aria-label="Loading" />}
      {home.data && (home.data.counts.dags === 0 ? <FirstSteps /> : <Sections home={home.data} />)}
    </Page>
  );
}

function FirstSteps() {
  return (
    <EmptyState
      icon={IconRocket}
      title="No DAGs yet"
      command="tradewind init my-project && cd my-project && tradewind standalone"
    >
      Put a Python file with a DAG into the DAG folder: it appears here within a second or two. Airflow's DAG files work
      as they are. This makes a project with an example:
    </EmptyState>
  );
}

function Sections({ home }: { home: Home }) {
  return (
    <>
      <HealthLine parts={home.health} importErrors={home.counts.import_errors ?? 0} />
      <Counts counts={home.counts} late={home.late.length} waiting={home.waiting.length} />
      <div className={css.columns}>
        <div className={css.column}>
          <Section title="Failed in the last day" count={home.failed.length} none="Nothing failed.">
            <RunLines runs={home.failed} />
          </Section>
          <Section title="Running now" count={home.running.length} none="Nothing runs.">
            <RunLines runs={home.running} />
          </Section>
          {home.succeeded.length > 0 && (
            <Section title="Succeeded lately" count={home.succeeded.length} none="">
              <RunLines runs={home.succeeded} />
            </Section>
          )}
        </div>
        <div className={css.column}>
          {home.waiting.length > 0 && (
            <Section title="Waiting for a person" count={home.waiting.length} none="">
              <AskLines asks={home.waiting} />
            </Section>
          )}
          <Section title="Late" count={home.late.length} none="Nothing is late.">
            <LateLines lines={home.late} />
          </Section>
          <Section title="The next hour" count={home.next_hour.length} none="No run is due within the hour.">
            <NextHour lines={home.next_hour} />
          </Section>
        </div>
      </div>
    </>
  );
}
