// Clear or mark, with a preview of what it will touch: every change of an option asks the server anew (`dry_run`).
import { Button, Checkbox, Group, Modal, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { instanceName } from "~/api/mapPath";
import { asProblem } from "~/api/problem";
import type { TouchedList } from "~/api/schema";
import { ErrorCard } from "~/components/ErrorCard";
import { clearTasks, markTasks, type RunId } from "../queries";
import { touchedText } from "./preview";
import { TouchedPreview } from "./TouchedPreview";

export type Doing = "clear" | "success" | "failed" | "skipped";
export type Target = [taskId: string, mapPath: number[]];

export interface Wanted {
  run: RunId;
  doing: Doing;
  /** None: the whole run. */
  tasks: Target[];
}

interface Reach {
  upstream: boolean;
  downstream: boolean;
  past: boolean;
  future: boolean;
}

interface Choice extends Reach {
  doing: Doing;
  onlyFailed: boolean;
  newestCode: boolean;
  why: string;
}

export function ActionDialog({ wanted, onClose }: { wanted: Wanted | undefined; onClose: () => void }) {
  return (
    <Modal opened={wanted !== undefined} onClose={onClose} title={wanted && titleOf(wanted)} size="lg">
      {wanted && <Body wanted={wanted} onClose={onClose} />}
    </Modal>
  );
}

function titleOf({ doing, tasks }: Wanted): string {
  const [first] = tasks;
  const what = !first ? "the whole run" : tasks.length > 1 ? `${tasks.length} tasks` : instanceName(first[0], first[1]);
  const again = tasks.length > 1 ? "them" : "it";
  return doing === "clear" ? `Clear ${what}: run ${again} again` : `Mark ${what}`;
}

function Body({ wanted, onClose }: { wanted: Wanted; onClose: () => void }) {
  const [choice, setChoice] = useState<Choice>({
    doing: wanted.doing,
    upstream: false,
    downstream: wanted.doing === "clear",
    past: false,
    future: false,
    onlyFailed: false,
    newestCode: false,
    why: "",
  });
  const put = (part: Partial<Choice>) => setChoice((before) => ({ ...before, ...part }));
  const { why: _, ...asked } = choice;
  const preview = useQuery({
    queryKey: ["preview", wanted, asked],
    queryFn: () => send(wanted, choice, true),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
  const act = useAct(wanted, choice, onClose);
  const touched = preview.data?.touched ?? [];
  return (
    <Stack gap="sm">
      <Options wanted={wanted} choice={choice} put={put} />
      {preview.error ? <ErrorCard error={preview.error} /> : <TouchedPreview list={preview.data} />}
      {act.error && <ErrorCard error={act.error} />}
      <TextInput
        label="Why (kept in the history)"
        value={choice.why}
        onChange={(event) => put({ why: event.currentTarget.value })}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
        <Button
          data-autofocus
          loading={act.isPending}
          disabled={!preview.data || (touched.length === 0 && wanted.tasks.length > 0)}
          color={choice.doing === "failed" ? "red" : undefined}
          onClick={() => act.mutate()}
        >
          {verb(choice.doing)} {touched.length > 0 ? touchedText(touched) : "the run"}
        </Button>
      </Group>
    </Stack>
  );
}

const verb = (doing: Doing): string => (doing === "clear" ? "Clear" : `Mark as ${doing}:`);

function useAct(wanted: Wanted, choice: Choice, onClose: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => send(wanted, choice, false),
    onSuccess: ({ touched }) => {
      notifications.show({ message: `${verb(choice.doing)} ${touchedText(touched)}: asked for`, color: "teal" });
      for (const kind of ["run", "rows", "grid"])
        void queries.invalidateQueries({ queryKey: [kind, wanted.run.dagId] });
      onClose();
    },
    onError: (error) => notifications.show({ message: asProblem(error).title, color: "red" }),
  });
}

function send({ run, tasks }: Wanted, choice: Choice, dryRun: boolean): Promise<TouchedList> {
  const { upstream, downstream, past, future, why } = choice;
  const reach = tasks.length > 0 ? { upstream, downstream, past, future } : {};
  if (choice.doing !== "clear") return markTasks(run, { state: choice.doing, tasks, ...reach, why, dry_run: dryRun });
  const { onlyFailed, newestCode } = choice;
  return clearTasks(run, {
    tasks,
    ...reach,
    only_failed: onlyFailed,
    with_newest_code: newestCode,
    why,
    dry_run: dryRun,
  });
}

const REACHES: [keyof Reach, string][] = [
  ["upstream", "Upstream"],
  ["downstream", "Downstream"],
  ["past", "Past runs"],
  ["future", "Later runs"],
];

function Options({ wanted, choice, put }: { wanted: Wanted; choice: Choice; put: (part: Partial<Choice>) => void }) {
  const states = wanted.tasks.length > 0 ? ["success", "failed", "skipped"] : ["success", "failed"];
  return (
    <Stack gap="xs">
      {choice.doing !== "clear" && (
        <SegmentedControl
          aria-label="State"
          value={choice.doing}
          onChange={(doing) => put({ doing: doing as Doing })}
          data={states.map((state) => ({ value: state, label: state[0]?.toUpperCase() + state.slice(1) }))}
        />
      )}
      {wanted.tasks.length > 0 && (
        <Group gap="md">
          {REACHES.map(([name, label]) => (
            <Checkbox
              key={name}
              size="xs"
              label={label}
              checked={choice[name]}
              onChange={(event) => put({ [name]: event.currentTarget.checked })}
            />
          ))}
        </Group>
      )}
      {choice.doing === "clear" && (
        <Group gap="md">
          <Checkbox
            size="xs"
            label="Only failed ones"
            checked={choice.onlyFailed}
            onChange={(event) => put({ onlyFailed: event.currentTarget.checked })}
          />
          <Checkbox
            size="xs"
            label="With the newest code"
            checked={choice.newestCode}
            onChange={(event) => put({ newestCode: event.currentTarget.checked })}
          />
        </Group>
      )}
    </Stack>
  );
}
