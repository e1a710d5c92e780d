// Data: drift of monitors over time, checks, profiles of frames that tasks handed on.
import { Loader, SegmentedControl } from "@mantine/core";
import { IconChartHistogram } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { Page } from "~/components/Page";
import { checksQuery, driftsQuery, performanceQuery, profilesQuery } from "../queries";
import { Checks } from "./Checks";
import { Monitors } from "./Monitors";
import { Profiles } from "./Profiles";

const TABS = [
  { value: "drift", label: "Drift" },
  { value: "checks", label: "Checks" },
  { value: "profiles", label: "Profiles" },
] as const;

export default function DataQualityView() {
  const search = useSearch({ from: "/shell/data" });
  const navigate = useNavigate({ from: "/data" });
  const tab = search.tab ?? "drift";
  return (
    <Page
      title="Data"
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Show"
          data={[...TABS]}
          value={tab}
          onChange={(next) =>
            void navigate({ search: { tab: TABS.find((one) => one.value === next)?.value }, replace: true })
          }
        />
      }
    >
      {tab === "drift" && <DriftTab />}
      {tab === "checks" && <ChecksTab />}
      {tab === "profiles" && <ProfilesTab />}
    </Page>
  );
}

function DriftTab() {
  const drifts = useQuery(driftsQuery());
  const performance = useQuery(performanceQuery);
  const error = drifts.error ?? performance.error;
  if (error) return <ErrorCard error={error} onRetry={() => drifts.refetch()} />;
  if (!drifts.data || !performance.data) return <Loader size="sm" aria-label="Loading the monitors" />;
  if (drifts.data.length + performance.data.length === 0)
    return (
      <Nothing title="No monitors yet" command={'ml.drift(ml.reference("daily"), frame, monitor="daily")'}>
        A drift report compares today's data with a reference, column by column. What drifts can start a retraining:{" "}
        <code>schedule=ml.OnDrift("daily")</code>.
      </Nothing>
    );
  return <Monitors drifts={drifts.data} performance={performance.data} />;
}

function ChecksTab() {
  const found = useQuery(checksQuery);
  if (found.error) return <ErrorCard error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <Loader size="sm" aria-label="Loading the checks" />;
  if (found.data.length === 0)
    return (
      <Nothing title="No checks yet" command="data >> ml.contract(schema) >> train">
        A contract holds frames to a pandera schema, and blocks, warns, sets bad rows aside or branches.
      </Nothing>
    );
  return <Checks checks={found.data} />;
}

function ProfilesTab() {
  const found = useQuery(profilesQuery);
  if (found.error) return <ErrorCard error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <Loader size="sm" aria-label="Loading the profiles" />;
  if (found.data.length === 0)
    return (
      <Nothing title="No profiles yet" command="@task(aids=[ml.profiled()])">
        The profile of a frame has its counts, nulls, quantiles and histograms.
      </Nothing>
    );
  return <Profiles profiles={found.data} />;
}

function Nothing({ title, command, children }: { title: string; command: string; children: React.ReactNode }) {
  return (
    <EmptyState icon={IconChartHistogram} title={title} command={command}>
      {children}
    </EmptyState>
  );
}
