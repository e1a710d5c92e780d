// A new run that starts from this task, with the values of everything before it, and other params where wanted.
import { Button, Checkbox, Group, JsonInput, Modal, Stack, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconGitFork } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, body } from "~/api/client";
import { mapPathOf } from "~/api/mapPath";
import { useMay } from "~/api/me";
import { ErrorCard } from "~/components/ErrorCard";
import type { Instance } from "../queries";
import { paramsOf } from "./params";

export function ForkButton({ of }: { of: Instance }) {
  const [isOpen, open] = useState(false);
  if (!useMay("run", "create")) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconGitFork size={14} aria-hidden />} onClick={() => open(true)}>
        Fork from here
      </Button>
      <Modal opened={isOpen} onClose={() => open(false)} title={`Fork: a new run from ${of.taskId} on`}>
        <Form of={of} onClose={() => open(false)} />
      </Modal>
    </>
  );
}

function Form({ of, onClose }: { of: Instance; onClose: () => void }) {
  const [text, setText] = useState("");
  const [note, setNote] = useState("");
  const [withCheckpoints, setCheckpoints] = useState(true);
  const { params, error } = paramsOf(text);
  const navigate = useNavigate();
  const fork = useMutation({
    mutationFn: () =>
      body(
        api.POST("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/fork", {
          params: { path: { dag_id: of.dagId, run_id: of.runId } },
          body: { tasks: [[of.taskId, mapPathOf(of.map)]], params, note, with_checkpoints: withCheckpoints },
        }),
      ),
    onSuccess: ({ forks: [made] }) => {
      onClose();
      if (!made) return;
      notifications.show({ message: `Forked: ${made.kept} task instances are taken over.`, color: "wind" });
      const { dag_id: dagId, run_id: runId } = made.run;
      void navigate({ to: "/dags/$dagId/runs/$runId", params: { dagId, runId } });
    },
  });
  return (
    <Stack gap="sm">
      <p className="quiet">
        Everything before {of.taskId} keeps its values and is not run again; {of.taskId} and what follows is.
      </p>
      <JsonInput
        label="Params to change"
        description="Those that are not named stay as they are."
        placeholder={'{"rate": 0.2}'}
        value={text}
        onChange={setText}
        error={error}
        autosize
        minRows={3}
      />
      <Checkbox
        label="Go on from the last checkpoints"
        checked={withCheckpoints}
        onChange={(event) => setCheckpoints(event.currentTarget.checked)}
      />
      <TextInput label="Note" value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      {fork.error && <ErrorCard error={fork.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
        <Button loading={fork.isPending} disabled={error !== undefined} onClick={() => fork.mutate()}>
          Fork the run
        </Button>
      </Group>
    </Stack>
  );
}
