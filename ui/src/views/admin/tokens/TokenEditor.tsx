// A new token of one's own: what it is for, how long, and for which rights.
import { Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { api, body } from "~/api/client";
import { useMe } from "~/api/me";
import type { TokenMade } from "~/api/schema";
import { EditDrawer } from "../frame/EditDrawer";
import { useChange } from "../frame/useChange";
import { endOf, type Scope, scopesOf } from "./token_state";

const ENDS = [
  { value: "7", label: "In a week" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
  { value: "0", label: "Never" },
];

const SCOPES: { value: Scope; label: string }[] = [
  { value: "read", label: "To read what I may read" },
  { value: "trigger", label: "To trigger runs and follow them" },
  { value: "all", label: "All that I may" },
];

interface Values {
  label: string;
  days: string;
  scope: Scope;
  dags: string;
}

export function TokenEditor({ onClose, onMade }: { onClose: () => void; onMade: (made: TokenMade) => void }) {
  const me = useMe();
  const form = useForm<Values>({
    initialValues: { label: "", days: "90", scope: "read", dags: "" },
    validate: { label: (value) => (value.trim() ? null : "What it is for") },
  });
  const save = useChange({
    send: ({ label, days, scope, dags }: Values) =>
      body(
        api.POST("/api/tradewind/v1/me/tokens", {
          body: {
            label: label.trim(),
            expires_at: endOf(Number(days), new Date()),
            scopes: scopesOf(scope, me?.grants ?? [], dags),
          },
        }),
      ),
    stale: ["tokens"],
    onDone: (made) => {
      onClose();
      onMade(made);
    },
  });
  return (
    <EditDrawer
      title="New token"
      onClose={onClose}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      isSaving={save.isPending}
      error={save.error}
      saveLabel="Make token"
    >
      <TextInput
        data-autofocus
        label="What it is for"
        placeholder="CI of the recommender"
        size="xs"
        {...form.getInputProps("label")}
      />
      <Select label="Ends" size="xs" data={ENDS} allowDeselect={false} {...form.getInputProps("days")} />
      <Select label="Good for" size="xs" data={SCOPES} allowDeselect={false} {...form.getInputProps("scope")} />
      {form.values.scope === "trigger" && (
        <TextInput
          label="DAGs"
          description="An id or a pattern; empty: all"
          size="xs"
          {...form.getInputProps("dags")}
        />
      )}
    </EditDrawer>
  );
}
