// A variable's form. A value that is not shown stays as it is unless it is written anew.
import { Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { api, body } from "~/api/client";
import { useMay } from "~/api/me";
import type { VariableResponse } from "~/api/schema";
import { confirm } from "~/components/confirm";
import { EditDrawer } from "../frame/EditDrawer";
import { useChange } from "../frame/useChange";

interface Values {
  key: string;
  value: string;
  description: string;
}

const MASK = "***";

export function VariableEditor({ variable, onClose }: { variable: VariableResponse | undefined; onClose: () => void }) {
  const mayEdit = useMay("variable", variable ? "edit" : "create");
  const mayDelete = useMay("variable", "delete");
  const isHidden = variable?.value === MASK;
  const form = useForm<Values>({
    initialValues: {
      key: variable?.key ?? "",
      value: isHidden ? "" : (variable?.value ?? ""),
      description: variable?.description ?? "",
    },
    validate: { key: (value) => (value.trim() ? null : "A variable needs a key") },
  });
  const save = useChange({
    send: (values: Values) =>
      variable ? patch(values, isHidden) : body(api.POST("/api/v2/variables", { body: values })),
    stale: ["variables"],
    said: (values) => `Variable ${values.key} is saved.`,
    onDone: onClose,
  });
  const remove = useChange({
    send: (key: string) => body(api.DELETE("/api/v2/variables/{variable_key}", at(key))),
    stale: ["variables"],
    said: (key) => `Variable ${key} is deleted.`,
    onDone: onClose,
  });
  const askDelete = async (key: string) => {
    const text = "DAG files that read it without a default will fail.";
    if (await confirm({ title: `Delete variable ${key}?`, body: text, action: "Delete variable", danger: true }))
      remove.mutate(key);
  };
  return (
    <EditDrawer
      title={variable ? `Variable ${variable.key}` : "New variable"}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      isSaving={save.isPending}
      error={save.error ?? remove.error}
      onDelete={variable && mayDelete ? () => void askDelete(variable.key) : undefined}
      readOnly={!mayEdit}
    >
      <TextInput
        label="Key"
        size="xs"
        data-autofocus
        disabled={variable !== undefined}
        {...form.getInputProps("key")}
      />
      <Textarea
        label="Value"
        description={isHidden ? "It is secret: leave this empty to keep it as it is" : "Text, or JSON"}
        placeholder={isHidden ? "unchanged" : undefined}
        size="xs"
        autosize
        minRows={3}
        maxRows={20}
        spellCheck={false}
        {...form.getInputProps("value")}
      />
      <TextInput label="Description" size="xs" {...form.getInputProps("description")} />
    </EditDrawer>
  );
}

const at = (key: string) => ({ params: { path: { variable_key: key } } });

function patch({ key, value, description }: Values, isHidden: boolean) {
  const sent = isHidden && value === "" ? { key, value: MASK, description } : { key, value, description };
  return body(api.PATCH("/api/v2/variables/{variable_key}", { ...at(key), body: sent }));
}
