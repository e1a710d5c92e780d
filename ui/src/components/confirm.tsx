// "Are you sure?", with what it will touch: `await confirm({...})` from any handler gives true or false.
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { type ReactNode, useState, useSyncExternalStore } from "react";

export interface Question {
  title: string;
  /** What will happen: a preview of what is touched, best of all. */
  body: ReactNode;
  /** The verb on the button: "Delete 3 runs", never "OK". */
  action: string;
  danger?: boolean;
  /** Has to be typed first, for what can't be undone. */
  typed?: string;
}

/** Drawers and popovers ask too: they are at 200 and 300. */
const ABOVE_DRAWERS = 350;

interface Asked extends Question {
  answer: (yes: boolean) => void;
}

let asked: Asked | undefined;
let watcher: (() => void) | undefined;

function put(next: Asked | undefined): void {
  asked = next;
  watcher?.();
}

/** Resolves false when the dialog is left, or another question takes its place. */
export function confirm(question: Question): Promise<boolean> {
  asked?.answer(false);
  return new Promise((resolve) => put({ ...question, answer: resolve }));
}

export function ConfirmHost() {
  const question = useSyncExternalStore(
    (change) => {
      watcher = change;
      return () => {
        watcher = undefined;
      };
    },
    () => asked,
  );
  const close = (yes: boolean) => {
    question?.answer(yes);
    put(undefined);
  };
  return (
    <Modal
      opened={question !== undefined}
      onClose={() => close(false)}
      title={question?.title}
      size="lg"
      zIndex={ABOVE_DRAWERS}
    >
      {question && <Body question={question} onClose={close} />}
    </Modal>
  );
}

function Body({ question, onClose }: { question: Question; onClose: (yes: boolean) => void }) {
  const [typed, setTyped] = useState("");
  return (
    <Stack gap="md">
      <div>{question.body}</div>
      {question.typed && (
        <TextInput
          label={`Type ${question.typed} to go on`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={() => onClose(false)}>
          Cancel
        </Button>
        <Button
          color={question.danger ? "red" : undefined}
          disabled={question.typed !== undefined && typed !== question.typed}
          onClick={() => onClose(true)}
          data-autofocus
        >
          {question.action}
        </Button>
      </Group>
    </Stack>
  );
}
