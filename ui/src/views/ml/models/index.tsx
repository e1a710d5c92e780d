// Registered models: who is champion, what the last gate said, where they are deployed.
import { Loader } from "@mantine/core";
import { IconCube } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type Column, DataTable } from "~/components/DataTable";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { Page } from "~/components/Page";
import { When } from "~/components/When";
import { type ModelRow, modelsQuery } from "../queries";
import { Aliases, Decision } from "./marks";

const COLUMNS: Column<ModelRow>[] = [
  {
    id: "name",
    title: "Model",
    value: (row) => row.name,
    cell: (row) => (
      <Link to="/models/$model" params={{ model: row.name }}>
        {row.name}
      </Link>
    ),
  },
  {
    id: "aliases",
    title: "Aliases",
    value: (row) => row.aliases.champion ?? "",
    cell: (row) => <Aliases aliases={row.aliases} />,
  },
  {
    id: "versions",
    title: "Versions",
    align: "right",
    width: "90px",
    value: (row) => row.versions,
    cell: (row) => row.versions,
  },
  {
    id: "gate",
    title: "Last gate",
    value: (row) => row.gate?.said.decision ?? "",
    cell: (row) => row.gate && <Decision decision={row.gate.said.decision} reason={row.gate.said.reason} />,
    secondary: true,
  },
  {
    id: "deployed",
    title: "Deployed",
    value: (row) => row.deployed?.at ?? "",
    cell: (row) =>
      row.deployed && `${row.deployed.said.version} · ${row.deployed.said.target} · ${row.deployed.said.state}`,
    secondary: true,
  },
  {
    id: "newest",
    title: "Newest",
    width: "130px",
    value: (row) => row.newest?.at ?? "",
    cell: (row) => <When at={row.newest?.at} relative />,
  },
];

export default function ModelsView() {
  const found = useQuery(modelsQuery);
  const navigate = useNavigate();
  return (
    <Page title="Models">
      {found.error && <ErrorCard error={found.error} onRetry={() => found.refetch()} />}
      {found.isPending && <Loader size="sm" aria-label="Loading the models" />}
      {found.data?.length === 0 && (
        <EmptyState icon={IconCube} title="No models yet" command={'ml.register(model, "churn")'}>
          A task that calls <code>ml.register</code> puts its model into the registry, with the data, code and params it
          was made of. Gates compare its versions, and the champion is served.
        </EmptyState>
      )}
      {found.data && found.data.length > 0 && (
        <DataTable
          rows={found.data}
          columns={COLUMNS}
          rowKey={(row) => row.name}
          label="Models"
          onOpen={(row) => void navigate({ to: "/models/$model", params: { model: row.name } })}
        />
      )}
    </Page>
  );
}
