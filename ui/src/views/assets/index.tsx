// Assets: a list to find one in, and the graph of what writes and reads them, over all DAGs.
import { Loader, SegmentedControl, TextInput } from "@mantine/core";
import { IconDatabase, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { AssetGraph, AssetNode } from "~/api/schema";
import { type Column, DataTable } from "~/components/DataTable";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { Page } from "~/components/Page";
import { When } from "~/components/When";
import { matching, neighbours } from "./around";
import { NodeLinks } from "./NodeLinks";
import { useOpenNode } from "./open";
import { graphQuery } from "./queries";

const AssetMap = lazy(() => import("./AssetMap"));

export default function AssetsView() {
  const search = useSearch({ from: "/shell/assets" });
  const navigate = useNavigate({ from: "/assets" });
  const found = useQuery(graphQuery);
  const open = useOpenNode();
  const tab = search.tab ?? "graph";
  const put = (next: { q?: string; tab?: "list" | "graph" }) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <Page
      title="Assets"
      actions={
        <>
          <TextInput
            size="xs"
            leftSection={<IconSearch size={14} aria-hidden />}
            placeholder="Search"
            aria-label="Search assets"
            value={search.q ?? ""}
            onChange={(event) => put({ q: event.currentTarget.value || undefined })}
          />
          <SegmentedControl
            size="xs"
            aria-label="Show as"
            data={[
              { value: "graph", label: "Graph" },
              { value: "list", label: "List" },
            ]}
            value={tab}
            onChange={(value) => put({ tab: value === "list" ? "list" : undefined })}
          />
        </>
      }
    >
      {found.error && <ErrorCard error={found.error} onRetry={() => found.refetch()} />}
      {found.isPending && <Loader size="sm" aria-label="Loading the assets" />}
      {found.data && found.data.nodes.length === 0 && <None />}
      {found.data && found.data.nodes.length > 0 && tab === "list" && (
        <List graph={found.data} text={search.q ?? ""} onOpen={open} />
      )}
      {found.data && found.data.nodes.length > 0 && tab === "graph" && (
        <Suspense fallback={<Loader size="sm" aria-label="Loading" />}>
          <AssetMap graph={matching(found.data, search.q ?? "")} onOpen={open} />
        </Suspense>
      )}
    </Page>
  );
}

function None() {
  return (
    <EmptyState icon={IconDatabase} title="No assets yet" command={'@asset(schedule="@daily")\ndef features(): ...'}>
      An asset is data that tasks write and that starts other DAGs. Name one as <code>outlets=[Asset("features")]</code>{" "}
      of a task, and give another DAG <code>schedule=[Asset("features")]</code>.
    </EmptyState>
  );
}

function List({ graph, text, onOpen }: { graph: AssetGraph; text: string; onOpen: (node: AssetNode) => void }) {
  const wanted = text.trim().toLowerCase();
  const rows = graph.nodes.filter(
    (node) => node.kind === "asset" && `${node.label} ${node.uri ?? ""}`.toLowerCase().includes(wanted),
  );
  const columns: Column<AssetNode>[] = [
    {
      id: "name",
      title: "Asset",
      value: (row) => row.label,
      cell: (row) => (
        <Link to="/assets/$assetId" params={{ assetId: row.label }}>
          {row.label}
        </Link>
      ),
    },
    { id: "uri", title: "URI", value: (row) => row.uri ?? "", cell: (row) => <code>{row.uri}</code>, secondary: true },
    {
      id: "updated",
      title: "Last updated",
      width: "130px",
      value: (row) => row.last_event_at ?? "",
      cell: (row) => <When at={row.last_event_at} relative />,
    },
    {
      id: "writers",
      title: "Written by",
      cell: (row) => <NodeLinks graph={graph} ids={neighbours(graph, row.id).before} />,
      secondary: true,
    },
    {
      id: "readers",
      title: "Read by",
      cell: (row) => <NodeLinks graph={graph} ids={neighbours(graph, row.id).after} />,
      secondary: true,
    },
  ];
  return <DataTable rows={rows} columns={columns} rowKey={(row) => row.id} label="Assets" onOpen={onOpen} />;
}
