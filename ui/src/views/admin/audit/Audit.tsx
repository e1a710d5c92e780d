// The audit log: who did what, newest first; each line holds a hash of the one before it.
import { Alert, Group, TextInput } from "@mantine/core";
import { IconHistory, IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { api, body } from "~/api/client";
import type { AuditLine } from "~/api/schema";
import { type Column, DataTable } from "~/components/DataTable";
import { EmptyState } from "~/components/EmptyState";
import { filtersOf, useTableState, withFilter } from "~/components/table_state";
import { When } from "~/components/When";
import { AdminPage } from "../frame/AdminPage";
import { useEdit } from "../frame/edit";
import { AuditDetail } from "./AuditDetail";
import { detailText, objectOf } from "./lines";

const PAGE = 100;
const FILTERS = [
  { id: "who", label: "Who" },
  { id: "action", label: "Action" },
  { id: "dag_id", label: "DAG" },
] as const;

const COLUMNS: Column<AuditLine>[] = [
  { id: "at", title: "When", width: "128px", cell: (line) => <When at={line.at} /> },
  { id: "by", title: "Who", width: "14%", cell: (line) => line.who },
  { id: "what", title: "What", width: "18%", cell: (line) => <strong>{line.action.replaceAll("_", " ")}</strong> },
  { id: "object", title: "Of", secondary: true, cell: (line) => <span title={objectOf(line)}>{objectOf(line)}</span> },
  {
    id: "detail",
    title: "Detail",
    secondary: true,
    cell: (line) => <span className="quiet">{detailText(line.detail)}</span>,
  },
];

export default function Audit() {
  const { f } = useSearch({ from: "/shell/admin/$section" });
  const { edit, open, close } = useEdit();
  const wanted = Object.fromEntries(filtersOf(f));
  const audit = useInfiniteQuery({
    queryKey: ["audit", wanted],
    queryFn: ({ signal, pageParam }) => {
      const query = { ...wanted, limit: PAGE, ...(pageParam ? { after: pageParam } : {}) };
      return body(api.GET("/api/tradewind/v1/audit", { params: { query }, signal }));
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
  const first = audit.data?.pages[0];
  const lines = audit.data?.pages.flatMap((page) => page.lines) ?? [];
  const shown = lines.find((line) => String(line.number) === edit);
  return (
    <AdminPage title="Audit log" about="Every change that somebody made, and every sign-in." query={audit}>
      {first && <Chain isWhole={first.chain_is_whole} why={first.chain_why} />}
      <Wanted values={f} />
      {lines.length === 0 ? (
        <EmptyState icon={IconHistory} title="Nothing was done that fits" />
      ) : (
        // Filters of the URL are the server's here.
        <DataTable
          label="Audit log"
          rows={lines}
          columns={COLUMNS}
          rowKey={(line) => String(line.number)}
          sortedByServer
          onOpen={(line) => open(String(line.number))}
          onEnd={() => audit.hasNextPage && !audit.isFetchingNextPage && void audit.fetchNextPage()}
        />
      )}
      {shown && <AuditDetail line={shown} onClose={close} />}
    </AdminPage>
  );
}

function Wanted({ values }: { values: string[] | undefined }) {
  const table = useTableState();
  const held = filtersOf(values);
  return (
    <Group gap={8} mb={12}>
      {FILTERS.map(({ id, label }) => (
        <TextInput
          key={id}
          size="xs"
          placeholder={label}
          aria-label={label}
          defaultValue={held.get(id) ?? ""}
          onBlur={(event) => table.change({ f: withFilter(values, id, event.currentTarget.value.trim()) })}
          onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
        />
      ))}
    </Group>
  );
}

function Chain({ isWhole, why }: { isWhole: boolean; why: string }) {
  if (isWhole) {
    return (
      <Group gap={6} mb={10} className="quiet">
        <IconShieldCheck size={15} aria-hidden /> The chain of hashes is whole: no line was changed or removed.
      </Group>
    );
  }
  return (
    <Alert color="red" icon={<IconShieldX size={16} />} mb={12} role="alert">
      The chain of hashes is broken: {why} <code>tradewind audit verify</code> goes through all of it.
    </Alert>
  );
}
