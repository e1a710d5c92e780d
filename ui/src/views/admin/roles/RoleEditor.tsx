// A role's form: tables of objects and actions, one for each pattern of DAGs.
import { Button, Checkbox, Group, Table, TextInput } from "@mantine/core";
import { useState } from "react";
import { api, body } from "~/api/client";
import { useMay } from "~/api/me";
import type { RoleInfo } from "~/api/schema";
import { confirm } from "~/components/confirm";
import { EditDrawer } from "../frame/EditDrawer";
import { useChange } from "../frame/useChange";
import { ACTIONS, type GrantTable, grantsOf, RESOURCES, tablesOf, toggled } from "./grants";

interface Props {
  role: RoleInfo | undefined;
  onClose: () => void;
}

interface Keyed extends GrantTable {
  key: number;
}

const START: GrantTable = { dags: "*", granted: { dag: ["read"], run: ["read"], task: ["read"], log: ["read"] } };

export function RoleEditor({ role, onClose }: Props) {
  const mayEdit = useMay("role", role ? "edit" : "create") && !role?.is_built_in;
  const mayDelete = useMay("role", "delete") && role !== undefined && !role.is_built_in;
  const [name, setName] = useState(role?.name ?? "");
  const [wrong, setWrong] = useState<string>();
  const [tables, setTables] = useState<Keyed[]>(() =>
    (role ? tablesOf(role.grants) : [START]).map((table, key) => ({ ...table, key })),
  );
  const save = useChange({
    send: () =>
      body(
        api.PUT("/api/tradewind/v1/roles/{name}", {
          params: { path: { name: name.trim() } },
          body: { grants: grantsOf(tables) },
        }),
      ),
    stale: ["roles"],
    said: () => `Role ${name} is saved.`,
    onDone: onClose,
  });
  const remove = useChange({
    send: () => body(api.DELETE("/api/tradewind/v1/roles/{name}", { params: { path: { name } } })),
    stale: ["roles"],
    said: () => `Role ${name} is deleted.`,
    onDone: onClose,
  });
  const put = (key: number, next: GrantTable) =>
    setTables((before) => before.map((table) => (table.key === key ? { ...next, key } : table)));
  const submit = () => {
    if (!name.trim()) setWrong("A role needs a name");
    else save.mutate(undefined);
  };
  const askDelete = async () => {
    const text = "Users who have it lose what it grants.";
    if (await confirm({ title: `Delete role ${name}?`, body: text, action: "Delete role", danger: true }))
      remove.mutate(undefined);
  };
  return (
    <EditDrawer
      title={role ? `Role ${role.name}` : "New role"}
      onClose={onClose}
      onSubmit={submit}
      isSaving={save.isPending}
      error={save.error ?? remove.error}
      onDelete={mayDelete ? () => void askDelete() : undefined}
      readOnly={!mayEdit}
    >
      <TextInput
        data-autofocus
        label="Name"
        size="xs"
        disabled={role !== undefined}
        value={name}
        error={wrong}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {tables.map((table) => (
        <Grants key={table.key} table={table} readOnly={!mayEdit} onChange={(next) => put(table.key, next)} />
      ))}
      {mayEdit && (
        <Group>
          <Button
            variant="subtle"
            onClick={() => setTables((before) => [...before, { dags: "team_*", granted: {}, key: before.length }])}
          >
            Other rights for other DAGs
          </Button>
        </Group>
      )}
    </EditDrawer>
  );
}

interface GrantsProps {
  table: GrantTable;
  readOnly: boolean;
  onChange: (table: GrantTable) => void;
}

function Grants({ table, readOnly, onChange }: GrantsProps) {
  const shown = RESOURCES.filter((one) => one.ofDags || table.dags === "*");
  return (
    <>
      <TextInput
        label="DAGs"
        description="A DAG's id, or a pattern with *"
        size="xs"
        disabled={readOnly}
        value={table.dags}
        onChange={(event) => onChange({ ...table, dags: event.currentTarget.value })}
      />
      <Table verticalSpacing={3}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>May</Table.Th>
            {ACTIONS.map((action) => (
              <Table.Th key={action} ta="center">
                {action}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((one) => (
            <Table.Tr key={one.name}>
              <Table.Td>{one.label}</Table.Td>
              {ACTIONS.map((action) => (
                <Table.Td key={action}>
                  <Checkbox
                    size="xs"
                    mx="auto"
                    w="fit-content"
                    aria-label={`${action} ${one.label}`}
                    disabled={readOnly}
                    checked={table.granted[one.name]?.includes(action) ?? false}
                    onChange={() => onChange(toggled(table, one.name, action))}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
