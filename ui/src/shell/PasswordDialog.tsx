// One's own password. The server ends all other sessions when it changes.
import { Button, Group, Modal, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import { ErrorCard } from "~/components/ErrorCard";

const SHORTEST = 8;

export function PasswordDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Change password">
      {opened && <PasswordForm onDone={onClose} />}
    </Modal>
  );
}

function PasswordForm({ onDone }: { onDone: () => void }) {
  const form = useForm({
    initialValues: { old: "", new: "", again: "" },
    validate: {
      old: (value) => (value ? null : "The password you have now"),
      new: (value) => (value.length < SHORTEST ? `At least ${SHORTEST} characters` : null),
      again: (value, all) => (value === all.new ? null : "This is not the same"),
    },
  });
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (sent: { old: string; new: string }) => body(api.POST("/api/tradewind/v1/me/password", { body: sent })),
    onSuccess: () => {
      notifications.show({ message: "Your password is changed; other sessions have ended.", color: "wind" });
      void queries.invalidateQueries({ queryKey: ["me"] });
      onDone();
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate({ old: values.old, new: values.new }))}>
      <Stack gap="sm">
        <PasswordInput label="Password now" autoComplete="current-password" {...form.getInputProps("old")} />
        <PasswordInput label="New password" autoComplete="new-password" {...form.getInputProps("new")} />
        <PasswordInput label="New password again" autoComplete="new-password" {...form.getInputProps("again")} />
        {save.isError && <ErrorCard error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Change password
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
