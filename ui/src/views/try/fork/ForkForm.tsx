// A field for each param of the run: empty keeps it, one value changes it, several make a run each.
import { Button, Checkbox, Group, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, body } from "~/api/client";
import { mapPathOf } from "~/api/mapPath";
import { ErrorCard } from "~/components/ErrorCard";
import type { Instance } from "../queries";
import css from "./fork.module.css";
import { type Plan, planOf } from "./params";

interface Props {
  of: Instance;
  /** Of the run that is forked. */
  params: Record<string, unknown>;
  onClose: () => void;
}

const MOST_RUNS = 1000;

export function ForkForm({ of, params, onClose }: Props) {
  const [typed, type] = useState<Record<string, string>>({});
  const [note, setNote] = useState("");
  const [withCheckpoints, setCheckpoints] = useState(true);
  const plan = planOf(params, typed);
  const fork = useFork(of, onClose);
  const isTooMany = plan.runs > MOST_RUNS;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        fork.mutate({ ...plan, note, withCheckpoints });
      }}
    >
      <Stack gap="sm">
        <Text size="sm" className="quiet">
          Everything before {of.taskId} keeps its values and is not run again; {of.taskId} and what follows is. Several
          values with commas between them make a run each.
        </Text>
        {Object.keys(params).length === 0 ? (
          <Text size="sm" className="quiet">
            This run has no params: the fork is the same once more.
          </Text>
        ) : (
          <div className={css.params}>
            {Object.entries(params).map(([name, value], at) => (
              <ParamLine
                key={name}
                name={name}
                value={value}
                typed={typed[name] ?? ""}
                error={plan.errors[name]}
                isFirst={at === 0}
                onType={(text) => type((before) => ({ ...before, [name]: text }))}
              />
            ))}
          </div>
        )}
        <Checkbox
          size="xs"
          label="Go on from the last checkpoints"
          checked={withCheckpoints}
          onChange={(event) => setCheckpoints(event.currentTarget.checked)}
        />
        <TextInput
          size="xs"
          label="Note"
          placeholder="Why these runs"
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {isTooMany && <p role="alert">At most {MOST_RUNS} runs can be made at once.</p>}
        {fork.error && <ErrorCard error={fork.error} />}
        <Group justify="space-between">
          <span className="quiet" aria-live="polite">
            {combinations(plan)}
          </span>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              Leave it
            </Button>
            <Button type="submit" loading={fork.isPending} disabled={isTooMany || Object.keys(plan.errors).length > 0}>
              {plan.runs === 1 ? "Fork the run" : `Fork ${plan.runs} runs`}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

/** `rate 3 × depth 2` */
const combinations = ({ sweep }: Plan): string =>
  Object.entries(sweep)
    .map(([name, values]) => `${name} ${values.length}`)
    .join(" × ");

interface LineProps {
  name: string;
  value: unknown;
  typed: string;
  error: string | undefined;
  isFirst: boolean;
  onType: (text: string) => void;
}

function ParamLine({ name, value, typed, error, isFirst, onType }: LineProps) {
  const present = typeof value === "string" ? value || '""' : JSON.stringify(value);
  return (
    <TextInput
      size="xs"
      label={name}
      placeholder={present}
      title={`Now: ${present}`}
      value={typed}
      error={error}
      spellCheck={false}
      data-autofocus={isFirst || undefined}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}

interface Wanted extends Plan {
  note: string;
  withCheckpoints: boolean;
}

function useFork(of: Instance, onClose: () => void) {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ params, sweep, note, withCheckpoints }: Wanted) =>
      body(
        api.POST("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/fork", {
          params: { path: { dag_id: of.dagId, run_id: of.runId } },
          body: {
            tasks: [[of.taskId, mapPathOf(of.map)]],
            params,
            sweep,
            note,
            with_checkpoints: withCheckpoints,
          },
        }),
      ),
    onSuccess: ({ forks }) => {
      const [first] = forks;
      onClose();
      if (!first) return;
      const { dag_id: dagId, run_id: runId } = first.run;
      const kept = `${first.kept} task ${first.kept === 1 ? "instance is" : "instances are"} taken over`;
      const message = forks.length === 1 ? `Forked: ${kept}.` : `${forks.length} runs are forked: in each, ${kept}.`;
      notifications.show({ message, color: "wind" });
      if (forks.length === 1) void navigate({ to: "/dags/$dagId/runs/$runId", params: { dagId, runId } });
      else void navigate({ to: "/dags/$dagId", params: { dagId }, search: { tab: "runs" } });
    },
  });
}
