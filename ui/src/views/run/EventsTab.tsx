// What was done to a run and by whom: Airflow's event log of it.
import { Loader, Table } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { MoreButton } from "~/components/MoreButton";
import { When } from "~/components/When";
import type { RunTabProps } from ".";

const PAGE = 100;

export default function EventsTab({ page }: RunTabProps) {
  const { dag_id, run_id } = page;
  const events = useInfiniteQuery({
    queryKey: ["run", dag_id, run_id, "events"],
    queryFn: ({ pageParam, signal }) => {
      const query = { dag_id, run_id, order_by: ["-when"], limit: PAGE, offset: pageParam };
      return body(api.GET("/api/v2/eventLogs", { params: { query }, signal }));
    },
    initialPageParam: 0,
    getNextPageParam: (last, all) => (all.length * PAGE < last.total_entries ? all.length * PAGE : undefined),
  });
  const lines = events.data?.pages.flatMap((one) => one.event_logs) ?? [];
  if (events.error) return <ErrorCard error={events.error} onRetry={() => events.refetch()} />;
  if (events.isPending) return <Loader size="sm" aria-label="Loading" />;
  if (lines.length === 0)
    return (
      <EmptyState icon={IconHistory} title="Nothing happened yet">
        Each change of state, and what people did to this run, is written here.
      </EmptyState>
    );
  return (
    <>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>When</Table.Th>
            <Table.Th>Event</Table.Th>
            <Table.Th>Task</Table.Th>
            <Table.Th>Who</Table.Th>
            <Table.Th>Detail</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={line.event_log_id}>
              <Table.Td>
                <When at={line.when} />
              </Table.Td>
              <Table.Td>{line.event}</Table.Td>
              <Table.Td>
                {line.task_id}
                {line.map_index !== null && line.map_index >= 0 ? ` [${line.map_index}]` : ""}
              </Table.Td>
              <Table.Td>{line.owner}</Table.Td>
              <Table.Td className="quiet">{line.extra}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <MoreButton query={events} />
    </>
  );
}
