// A connection's form. `***` in what is sent keeps what is there.
import { Autocomplete, Group, NumberInput, PasswordInput, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { api, body } from "~/api/client";
import { useMay } from "~/api/me";
import type { ConnectionBody, ConnectionResponse } from "~/api/schema";
import { confirm } from "~/components/confirm";
import { EditDrawer } from "../frame/EditDrawer";
import { useChange } from "../frame/useChange";
import { bodyOf, TYPES, type Values, valuesOf, wrongExtra } from "./connection_form";
import { TestButton } from "./TestButton";

interface Props {
  connection: ConnectionResponse | undefined;
  onClose: () => void;
}

export function ConnectionEditor({ connection, onClose }: Props) {
  const mayEdit = useMay("connection", connection ? "edit" : "create");
  const mayDelete = useMay("connection", "delete");
  const form = useForm<Values>({
    initialValues: valuesOf(connection),
    validate: {
      connection_id: (value) => (/^[\w.-]{1,200}$/.test(value) ? null : "Letters, digits and _ . - (at most 200)"),
      conn_type: (value) => (value.trim() ? null : "Which kind of system"),
      extra: wrongExtra,
    },
  });
  const save = useChange({
    send: (sent: ConnectionBody) => (connection ? patch(sent) : body(api.POST("/api/v2/connections", { body: sent }))),
    stale: ["connections"],
    said: (sent) => `Connection ${sent.connection_id} is saved.`,
    onDone: onClose,
  });
  const remove = useChange({
    send: (id: string) => body(api.DELETE("/api/v2/connections/{connection_id}", at(id))),
    stale: ["connections"],
    said: (id) => `Connection ${id} is deleted.`,
    onDone: onClose,
  });
  const askDelete = async (id: string) => {
    const text = "Tasks that use it will fail, and its password cannot be had back.";
    if (await confirm({ title: `Delete connection ${id}?`, body: text, action: "Delete connection", danger: true }))
      remove.mutate(id);
  };
  const checked = () => (form.validate().hasErrors ? undefined : bodyOf(form.values, connection));
  return (
    <EditDrawer
      title={connection ? `Connection ${connection.connection_id}` : "New connection"}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => save.mutate(bodyOf(values, connection)))}
      isSaving={save.isPending}
      error={save.error ?? remove.error}
      onDelete={connection && mayDelete ? () => void askDelete(connection.connection_id) : undefined}
      readOnly={!mayEdit}
      actions={mayEdit && <TestButton connection={checked} />}
    >
      <TextInput
        label="Id"
        size="xs"
        data-autofocus
        disabled={connection !== undefined}
        {...form.getInputProps("connection_id")}
      />
      <Autocomplete label="Type" size="xs" data={TYPES} {...form.getInputProps("conn_type")} />
      <Group grow align="flex-start" gap="xs">
        <TextInput label="Host" size="xs" {...form.getInputProps("host")} />
        <NumberInput label="Port" size="xs" min={0} max={65535} hideControls {...form.getInputProps("port")} />
      </Group>
      <Group grow align="flex-start" gap="xs">
        <TextInput label="Login" size="xs" autoComplete="off" {...form.getInputProps("login")} />
        <PasswordInput
          label="Password"
          size="xs"
          autoComplete="new-password"
          placeholder={connection?.password ? "unchanged" : undefined}
          {...form.getInputProps("password")}
        />
      </Group>
      <TextInput label="Schema" size="xs" description="Of a database: its name" {...form.getInputProps("schema")} />
      <Textarea
        label="Extra"
        description="A JSON object; values shown as *** stay as they are"
        size="xs"
        autosize
        minRows={3}
        maxRows={16}
        spellCheck={false}
        {...form.getInputProps("extra")}
      />
      <TextInput label="Description" size="xs" {...form.getInputProps("description")} />
    </EditDrawer>
  );
}

const at = (id: string) => ({ params: { path: { connection_id: id } } });

function patch(sent: ConnectionBody) {
  return body(api.PATCH("/api/v2/connections/{connection_id}", { ...at(sent.connection_id), body: sent }));
}
