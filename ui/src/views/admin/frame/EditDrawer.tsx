// A form at the side of the page: save, delete, and what the server said against it.
import { Button, Drawer, Group, Stack } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { ErrorCard } from "~/components/ErrorCard";

interface Props {
  title: string;
  onClose: () => void;
  onSubmit: () => void;
  isSaving: boolean;
  error: unknown;
  /** Absent: it cannot be deleted. */
  onDelete?: () => void;
  saveLabel?: string;
  /** Absent: what is shown cannot be changed. */
  readOnly?: boolean;
  actions?: ReactNode;
  children: ReactNode;
}

export function EditDrawer(props: Props) {
  return (
    <Drawer opened onClose={props.onClose} position="right" size={500} title={props.title}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit();
        }}
      >
        <Stack gap="sm">
          {props.children}
          {props.error !== null && props.error !== undefined && <ErrorCard error={props.error} />}
          {!props.readOnly && (
            <Group mt="xs">
              {props.onDelete && (
                <Button variant="subtle" color="red" leftSection={<IconTrash size={14} />} onClick={props.onDelete}>
                  Delete
                </Button>
              )}
              <Group ml="auto" gap="xs">
                {props.actions}
                <Button variant="default" onClick={props.onClose}>
                  Cancel
                </Button>
                <Button type="submit" loading={props.isSaving}>
                  {props.saveLabel ?? "Save"}
                </Button>
              </Group>
            </Group>
          )}
        </Stack>
      </form>
    </Drawer>
  );
}
