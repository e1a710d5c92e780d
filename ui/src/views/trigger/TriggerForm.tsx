// The trigger form itself: params by section, then what any run may be given.
import { Accordion, Button, Group, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { api, body } from "~/api/client";
import type { TriggerForm as FormData, TriggerBody } from "~/api/schema";
import { ErrorCard } from "~/components/ErrorCard";
import { JsonInput, ParamInput } from "./ParamInput";
import { initialOf, readForm, readJson, sectionsOf, withZone } from "./schema";

interface Props {
  form: FormData;
  given: { params: Record<string, unknown>; conf: Record<string, unknown> };
  onDone: () => void;
}

interface Rest {
  logical_date: string;
  run_id: string;
  note: string;
  conf: string;
}

export function TriggerForm({ form, given, onDone }: Props) {
  const [held, setHeld] = useState<Record<string, unknown>>(() =>
    Object.fromEntries(form.fields.map((field) => [field.name, initialOf(field, given.params[field.name])])),
  );
  const [rest, setRest] = useState<Rest>(() => ({
    logical_date: "",
    run_id: "",
    note: "",
    conf: Object.keys(given.conf).length > 0 ? JSON.stringify(given.conf, null, 2) : "",
  }));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const trigger = useTrigger(form.dag_id, onDone);
  const box = useFirstError(errors);
  const submit = () => {
    const read = readAll(form, held, rest);
    setErrors(read.errors);
    if (Object.keys(read.errors).length === 0) trigger.mutate(read.body);
  };
  return (
    <form
      ref={box}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
      }}
      noValidate
    >
      <Stack gap="md">
        {form.fields.length === 0 && (
          <Text size="sm" c="dimmed">
            This DAG has no params. Declare some with <code>params=</code>, and they are asked for here.
          </Text>
        )}
        {sectionsOf(form.fields).map((section) => (
          <Stack key={section.title} gap="sm" component="section">
            {section.title && (
              <Title order={3} size="sm">
                {section.title}
              </Title>
            )}
            {section.fields.map((field) => (
              <ParamInput
                key={field.name}
                field={field}
                value={held[field.name]}
                error={errors[field.name]}
                onChange={(value) => setHeld((before) => ({ ...before, [field.name]: value }))}
              />
            ))}
          </Stack>
        ))}
        <RestFields rest={rest} errors={errors} onChange={(patch) => setRest((before) => ({ ...before, ...patch }))} />
        {trigger.isError && <ErrorCard error={trigger.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={trigger.isPending}>
            Trigger
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The keyboard is in the first field at first. What is wrong comes into view, with the keyboard in it: it may be far
 * above the button. */
function useFirstError(errors: Record<string, string>) {
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // On a phone its keyboard would cover the form.
    if (window.matchMedia("(pointer: fine)").matches) box.current?.querySelector<HTMLElement>(CONTROL)?.focus();
  }, []);
  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    const wrong = box.current?.querySelector<HTMLElement>(WRONG);
    wrong?.scrollIntoView({ block: "center" });
    wrong?.focus({ preventScroll: true });
  }, [errors]);
  return box;
}

const CONTROL = "input, textarea";
const WRONG = "input[aria-invalid=true], textarea[aria-invalid=true]";

interface RestProps {
  rest: Rest;
  errors: Record<string, string>;
  onChange: (patch: Partial<Rest>) => void;
}

function RestFields({ rest, errors, onChange }: RestProps) {
  const [isOpen, open] = useState(rest.conf !== "");
  return (
    <>
      <Textarea
        label="Note"
        size="xs"
        autosize
        minRows={1}
        maxRows={6}
        placeholder="Why this run"
        value={rest.note}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
      />
      <Accordion
        variant="contained"
        value={isOpen || errors[":conf"] ? "more" : null}
        onChange={(value) => open(value === "more")}
        chevronPosition="left"
      >
        <Accordion.Item value="more">
          <Accordion.Control>
            <Text size="sm">Logical date, run id, conf</Text>
          </Accordion.Control>
          <Accordion.Panel>
            <Stack gap="sm">
              <TextInput
                label="Logical date"
                description="In your own time zone. Empty: now"
                type="datetime-local"
                size="xs"
                value={rest.logical_date}
                onChange={(event) => onChange({ logical_date: event.currentTarget.value })}
              />
              <TextInput
                label="Run id"
                description="Empty: made from the date"
                size="xs"
                value={rest.run_id}
                onChange={(event) => onChange({ run_id: event.currentTarget.value })}
              />
              <JsonInput
                label="Conf"
                description="A JSON object, which tasks read as dag_run.conf"
                value={rest.conf}
                error={errors[":conf"]}
                onChange={(conf) => onChange({ conf })}
              />
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </>
  );
}

function readAll(form: FormData, held: Record<string, unknown>, rest: Rest) {
  const { params, errors } = readForm(form.fields, held);
  const conf = rest.conf.trim() ? readJson(rest.conf) : { value: {} };
  if ("error" in conf) errors[":conf"] = conf.error;
  else if (typeof conf.value !== "object" || conf.value === null || Array.isArray(conf.value)) {
    errors[":conf"] = "A JSON object: { … }";
  }
  const body: TriggerBody = {
    params,
    conf: "value" in conf ? (conf.value as Record<string, unknown>) : {},
    logical_date: rest.logical_date ? withZone(rest.logical_date) : null,
    run_id: rest.run_id.trim() || null,
    note: rest.note.trim(),
  };
  return { body, errors };
}

function useTrigger(dagId: string, onDone: () => void) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (sent: TriggerBody) =>
      body(api.POST("/api/tradewind/v1/dags/{dag_id}/trigger", { params: { path: { dag_id: dagId } }, body: sent })),
    onSuccess: (made) => {
      for (const queryKey of [["home"], ["dags"], ["dag", dagId]]) void queries.invalidateQueries({ queryKey });
      if (made.is_waiting_for) {
        notifications.show({ title: "The run waits", message: made.is_waiting_for, color: "yellow" });
      }
      onDone();
      void navigate({ to: "/dags/$dagId/runs/$runId", params: { dagId, runId: made.run_id } });
    },
  });
}
