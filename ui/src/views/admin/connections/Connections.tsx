// Connections: where hooks find other systems. Passwords go in and never come out.
import { IconPlug } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { allPages } from "~/api/all_pages";
import { api, body } from "~/api/client";
import { useMay } from "~/api/me";
import type { ConnectionResponse } from "~/api/schema";
import { type Column, DataTable } from "~/components/DataTable";
import { EmptyState } from "~/components/EmptyState";
import { AdminPage } from "../frame/AdminPage";
import { NEW, useEdit } from "../frame/edit";
import { ConnectionEditor } from "./ConnectionEditor";

const COLUMNS: Column<ConnectionResponse>[] = [
  {
    id: "connection_id",
    title: "Connection",
    value: (one) => one.connection_id,
    cell: (one) => <strong>{one.connection_id}</strong>,
    filter: "text",
  },
  {
    id: "type",
    title: "Type",
    width: "16%",
    value: (one) => one.conn_type,
    cell: (one) => one.conn_type,
    filter: "choice",
  },
  {
    id: "host",
    title: "Host",
    value: (one) => one.host,
    cell: (one) => <span className="mono">{[one.host, one.port].filter(Boolean).join(":")}</span>,
    filter: "text",
  },
  { id: "login", title: "Login", width: "14%", secondary: true, value: (one) => one.login, cell: (one) => one.login },
  {
    id: "description",
    title: "Description",
    secondary: true,
    value: (one) => one.description,
    cell: (one) => <span className="quiet">{one.description}</span>,
  },
];

export default function Connections() {
  const { edit, open, openNew, close } = useEdit();
  const mayCreate = useMay("connection", "create");
  const connections = useQuery({ queryKey: ["connections"], queryFn: ({ signal }) => load(signal) });
  const edited = connections.data?.find((one) => one.connection_id === edit);
  return (
    <AdminPage
      title="Connections"
      about="Addresses and credentials that hooks use by their id. Encrypted; passwords are never shown again."
      query={connections}
      onNew={mayCreate ? openNew : undefined}
      newLabel="New connection"
    >
      {connections.data?.length === 0 ? (
        <EmptyState
          icon={IconPlug}
          title="No connections yet"
          command="tradewind connections add warehouse --uri postgresql://reader@db.internal/warehouse"
        >
          A hook finds its system by a connection's id: conn_id="warehouse".
        </EmptyState>
      ) : (
        <DataTable
          label="Connections"
          rows={connections.data ?? []}
          columns={COLUMNS}
          rowKey={(one) => one.connection_id}
          onOpen={(one) => open(one.connection_id)}
        />
      )}
      {(edited || edit === NEW) && <ConnectionEditor key={edit} connection={edited} onClose={close} />}
    </AdminPage>
  );
}

function load(signal: AbortSignal) {
  return allPages(async (offset, limit) => {
    const page = await body(api.GET("/api/v2/connections", { params: { query: { offset, limit } }, signal }));
    return { rows: page.connections, total: page.total_entries };
  });
}
