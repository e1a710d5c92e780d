// One line of the audit log, whole.
import { Drawer, Table } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { AuditLine } from "~/api/schema";
import { JsonTree } from "~/components/JsonTree";
import { When } from "~/components/When";

export function AuditDetail({ line, onClose }: { line: AuditLine; onClose: () => void }) {
  return (
    <Drawer opened onClose={onClose} position="right" size={480} title={`Line ${line.number}`}>
      <Table variant="vertical" mb="md">
        <Table.Tbody>
          <Table.Tr>
            <Table.Th>When</Table.Th>
            <Table.Td>
              <When at={line.at} />
            </Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th>Who</Table.Th>
            <Table.Td>{line.who}</Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th>What</Table.Th>
            <Table.Td>{line.action}</Table.Td>
          </Table.Tr>
          {line.dag_id && (
            <Table.Tr>
              <Table.Th>DAG</Table.Th>
              <Table.Td>
                <Link to="/dags/$dagId" params={{ dagId: line.dag_id }}>
                  {line.dag_id}
                </Link>
              </Table.Td>
            </Table.Tr>
          )}
          {line.dag_id && line.run_id && (
            <Table.Tr>
              <Table.Th>Run</Table.Th>
              <Table.Td>
                <Link to="/dags/$dagId/runs/$runId" params={{ dagId: line.dag_id, runId: line.run_id }}>
                  {line.run_id}
                </Link>
              </Table.Td>
            </Table.Tr>
          )}
          {line.task_id && (
            <Table.Tr>
              <Table.Th>Task</Table.Th>
              <Table.Td>{line.task_id}</Table.Td>
            </Table.Tr>
          )}
        </Table.Tbody>
      </Table>
      <JsonTree value={line.detail} open={2} />
    </Drawer>
  );
}
