// A secret that the server gave once: nobody can see it again after this is closed.
import { Alert, Button, CopyButton, Group, Modal, Stack } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import css from "./frame.module.css";

interface Props {
  title: string;
  /** Undefined: closed. */
  secret: string | undefined;
  onClose: () => void;
}

export function ShownOnce({ title, secret, onClose }: Props) {
  return (
    <Modal opened={secret !== undefined} onClose={onClose} title={title} closeOnClickOutside={false} size="lg">
      <Stack gap="md">
        <Alert color="yellow">Copy it now: only its hash is kept, and it is not shown again.</Alert>
        <code className={css.secret}>{secret}</code>
        <Group justify="flex-end">
          <CopyButton value={secret ?? ""}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
                onClick={copy}
              >
                {copied ? "Copied" : "Copy"}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>I have it</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
