// Sweeps: searches for good params, one line each.
import { Loader } from "@mantine/core";
import { IconAdjustmentsSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type Column, DataTable } from "~/components/DataTable";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { Page } from "~/components/Page";
import { When } from "~/components/When";
import { type SweepEnded, type SweepStarted, sweepsQuery } from "../queries";
import { numberText } from "../text";
import { sweepText } from "./name";

interface Row {
  begun: SweepStarted;
  ended: SweepEnded | undefined;
}

const COLUMNS: Column<Row>[] = [
  {
    id: "name",
    title: "Sweep",
    filter: "text",
    value: ({ begun }) => begun.name,
    cell: ({ begun }) => (
      <Link to="/sweeps/$sweep" params={{ sweep: begun.name }} title={begun.name}>
        {begun.dag_id || begun.name}
        {begun.dag_id && <span className="quiet"> {sweepText(begun)}</span>}
      </Link>
    ),
  },
  {
    id: "objective",
    title: "Objective",
    cell: ({ begun }) => `${begun.said.direction} ${begun.said.objective}`,
    secondary: true,
  },
  {
    id: "trials",
    title: "Trials",
    width: "130px",
    align: "right",
    value: ({ begun, ended }) => ended?.said.trials ?? begun.said.n_trials,
    cell: ({ begun, ended }) =>
      ended ? `${ended.said.complete} of ${ended.said.trials}` : `of ${begun.said.n_trials}`,
  },
  {
    id: "best",
    title: "Best",
    width: "110px",
    align: "right",
    value: ({ ended }) => ended?.said.best_value ?? null,
    cell: ({ ended }) => <strong className="numbers">{ended ? numberText(ended.said.best_value) : "running"}</strong>,
  },
  {
    id: "at",
    title: "Started",
    width: "120px",
    value: ({ begun }) => begun.at,
    cell: ({ begun }) => <When at={begun.at} relative />,
  },
];

export default function SweepsView() {
  const found = useQuery(sweepsQuery);
  const navigate = useNavigate();
  const rows = found.data?.begun.map(
    (begun): Row => ({
      begun,
      ended: found.data.ended.find((one) => one.name === begun.name && one.entry_id > begun.entry_id),
    }),
  );
  return (
    <Page title="Sweeps">
      {found.error && <ErrorCard error={found.error} onRetry={() => found.refetch()} />}
      {found.isPending && <Loader size="sm" aria-label="Loading the sweeps" />}
      {rows?.length === 0 && (
        <EmptyState
          icon={IconAdjustmentsSearch}
          title="No sweeps yet"
          command='ml.sweep(train, space={"depth": ml.int(2, 9)}, objective="f1", n_trials=30)'
        >
          A sweep searches for good params: each trial is a task of its own, asked for as results arrive, and ended
          early where it leads nowhere.
        </EmptyState>
      )}
      {rows && rows.length > 0 && (
        <DataTable
          rows={rows}
          columns={COLUMNS}
          rowKey={(row) => row.begun.name}
          label="Sweeps"
          onOpen={(row) => void navigate({ to: "/sweeps/$sweep", params: { sweep: row.begun.name } })}
        />
      )}
    </Page>
  );
}
