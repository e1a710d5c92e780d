// What the tasks of a run handed on, with a glance at each.
import { Loader, TextInput } from "@mantine/core";
import { IconPackage, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { instanceName, mapText } from "~/api/mapPath";
import type { ValueInfo } from "~/api/schema";
import { type Column, DataTable } from "~/components/DataTable";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { bytesText } from "~/time/format";
import page_ from "~/views/dag/dag.module.css";
import type { RunTabProps } from ".";
import { valuesQuery } from "./queries";
import css from "./run.module.css";

export default function ValuesTab({ page }: RunTabProps) {
  const run = { dagId: page.dag_id, runId: page.run_id };
  const { q = "" } = useSearch({ from: "/shell/dags/$dagId/runs/$runId" });
  const navigate = useNavigate({ from: "/dags/$dagId/runs/$runId" });
  const values = useQuery(valuesQuery(run));
  if (values.error && !values.data) return <ErrorCard error={values.error} onRetry={() => values.refetch()} />;
  if (!values.data) return <Loader size="sm" aria-label="Loading the values" />;
  if (values.data.total === 0)
    return (
      <EmptyState icon={IconPackage} title="No values yet">
        What a <code>@task</code> returns, DataFrames, arrays, plots and models among it, is kept and shown here.
      </EmptyState>
    );
  const rows = values.data.values.filter((one) =>
    `${one.task_id} ${one.key} ${one.type}`.toLowerCase().includes(q.toLowerCase()),
  );
  return (
    <>
      <div className={page_.tools}>
        <TextInput
          size="xs"
          w={220}
          aria-label="Find a value"
          placeholder="Find a value"
          leftSection={<IconSearch size={14} />}
          defaultValue={q}
          onChange={(event) => {
            const next = event.currentTarget.value || undefined;
            void navigate({ search: (before) => ({ ...before, q: next }), replace: true });
          }}
        />
        <span className={page_.grow} />
        <span className="quiet numbers">{values.data.total} values</span>
      </div>
      <DataTable
        label="Values of this run"
        rows={rows}
        columns={COLUMNS}
        rowKey={(value) => `${value.task_id} ${value.map_path.join(".")} ${value.key}`}
        onOpen={(value) =>
          void navigate({
            to: "/dags/$dagId/runs/$runId/tasks/$taskId",
            params: { ...run, taskId: value.task_id },
            search: { tab: "values", map: mapText(value.map_path), value: value.key },
          })
        }
      />
    </>
  );
}

const COLUMNS: Column<ValueInfo>[] = [
  {
    id: "task",
    title: "Task",
    value: (value) => instanceName(value.task_id, value.map_path),
    cell: (value) => (
      <Link
        to="/dags/$dagId/runs/$runId/tasks/$taskId"
        params={{ dagId: value.dag_id, runId: value.run_id, taskId: value.task_id }}
        search={{ tab: "values", map: mapText(value.map_path), value: value.key }}
      >
        {instanceName(value.task_id, value.map_path)}
      </Link>
    ),
  },
  { id: "key", title: "Key", width: "20%", value: (value) => value.key, cell: (value) => value.key },
  {
    id: "type",
    title: "Type",
    width: "24%",
    value: (value) => value.type,
    cell: (value) => (
      <span className="clip" title={value.type}>
        {value.type}
        {value.shape && <span className="quiet numbers"> {value.shape.join(" × ")}</span>}
      </span>
    ),
  },
  {
    id: "size",
    title: "Size",
    width: "80px",
    align: "right",
    value: (value) => value.size_bytes,
    cell: (value) => <span className="numbers">{bytesText(value.size_bytes)}</span>,
  },
  {
    id: "preview",
    title: "Preview",
    secondary: true,
    cell: (value) => <code className={css.preview}>{value.preview}</code>,
  },
];
