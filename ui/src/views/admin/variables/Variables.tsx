// Variables: names and values that DAG files read. What sounds secret is never shown.
import { IconVariable } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { allPages } from "~/api/all_pages";
import { api, body } from "~/api/client";
import { useMay } from "~/api/me";
import type { VariableResponse } from "~/api/schema";
import { type Column, DataTable } from "~/components/DataTable";
import { EmptyState } from "~/components/EmptyState";
import { AdminPage } from "../frame/AdminPage";
import { NEW, useEdit } from "../frame/edit";
import { VariableEditor } from "./VariableEditor";

const COLUMNS: Column<VariableResponse>[] = [
  {
    id: "key",
    title: "Key",
    value: (one) => one.key,
    cell: (one) => <strong>{one.key}</strong>,
    filter: "text",
    width: "30%",
  },
  { id: "value", title: "Value", value: (one) => one.value, cell: (one) => <code title={one.value}>{one.value}</code> },
  {
    id: "description",
    title: "Description",
    secondary: true,
    value: (one) => one.description,
    cell: (one) => <span className="quiet">{one.description}</span>,
    filter: "text",
  },
];

export default function Variables() {
  const { edit, open, openNew, close } = useEdit();
  const mayCreate = useMay("variable", "create");
  const variables = useQuery({ queryKey: ["variables"], queryFn: ({ signal }) => load(signal) });
  const edited = variables.data?.find((one) => one.key === edit);
  return (
    <AdminPage
      title="Variables"
      about="Read in DAG files with Variable.get. Values are encrypted; those whose key sounds secret are not shown."
      query={variables}
      onNew={mayCreate ? openNew : undefined}
      newLabel="New variable"
    >
      {variables.data?.length === 0 ? (
        <EmptyState icon={IconVariable} title="No variables yet" command="tradewind variables set model_name resnet">
          What DAG files should not have written into them: addresses, switches, names.
        </EmptyState>
      ) : (
        <DataTable
          label="Variables"
          rows={variables.data ?? []}
          columns={COLUMNS}
          rowKey={(one) => one.key}
          onOpen={(one) => open(one.key)}
        />
      )}
      {(edited || edit === NEW) && <VariableEditor key={edit} variable={edited} onClose={close} />}
    </AdminPage>
  );
}

function load(signal: AbortSignal) {
  return allPages(async (offset, limit) => {
    const page = await body(api.GET("/api/v2/variables", { params: { query: { offset, limit } }, signal }));
    return { rows: page.variables, total: page.total_entries };
  });
}
