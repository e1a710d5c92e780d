// The note on a run: read, written, changed in place.
import { ActionIcon, Button, Group, Textarea, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconNote, IconPencil } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "~/api/problem";
import { Markdown } from "~/components/Markdown";
import { noteRun, type RunId, runQuery } from "./queries";
import css from "./run.module.css";

export function Note({ run, note, mayEdit }: { run: RunId; note: string; mayEdit: boolean }) {
  const [draft, write] = useState<string | undefined>();
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (text: string) => noteRun(run, text),
    onSuccess: (_, text) => {
      queries.setQueryData(runQuery(run).queryKey, (page) => page && { ...page, note: text });
      write(undefined);
    },
    onError: (error) => notifications.show({ message: asProblem(error).title, color: "red" }),
  });
  if (draft === undefined)
    return note ? (
      <div className={css.note}>
        <Markdown text={note} />
        {mayEdit && (
          <Tooltip label="Change the note">
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label="Change the note"
              onClick={() => write(note)}
            >
              <IconPencil size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    ) : mayEdit ? (
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        fw={500}
        leftSection={<IconNote size={14} />}
        onClick={() => write("")}
      >
        Add a note
      </Button>
    ) : null;
  return (
    <div>
      <Textarea
        aria-label="Note"
        autosize
        minRows={2}
        maxRows={10}
        data-autofocus
        autoFocus
        value={draft}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") write(undefined);
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save.mutate(draft);
        }}
      />
      <Group gap={6} mt={6}>
        <Button loading={save.isPending} onClick={() => save.mutate(draft)}>
          Save
        </Button>
        <Button variant="default" onClick={() => write(undefined)}>
          Leave it
        </Button>
      </Group>
    </div>
  );
}
