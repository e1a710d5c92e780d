// The password in use was made by somebody else: it opens nothing before its owner has chosen another.
import { Alert, Button, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import { ErrorCard } from "~/components/ErrorCard";

const SHORTEST = 8;

interface Props {
  name: string;
  /** What they have just signed in with; empty where the page was loaded anew since. */
  old: string;
  back: string;
}

export function ChoosePassword({ name, old, back }: Props) {
  const form = useForm({
    initialValues: { old, new: "", again: "" },
    validate: {
      old: (value) => (value ? null : "The password you signed in with"),
      new: (value) => (value.length < SHORTEST ? `At least ${SHORTEST} characters` : null),
      again: (value, all) => (value === all.new ? null : "This is not the same"),
    },
  });
  const save = useMutation({
    mutationFn: (sent: { old: string; new: string }) => body(api.POST("/api/tradewind/v1/me/password", { body: sent })),
    onSuccess: () => window.location.assign(back),
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate({ old: values.old, new: values.new }))} noValidate>
      <Stack gap="sm">
        <Alert color="wind" p="xs">
          Welcome, {name}. Your password was made for you: choose one of your own to go on.
        </Alert>
        <input type="text" value={name} autoComplete="username" readOnly hidden />
        {!old && <PasswordInput label="Password now" autoComplete="current-password" {...form.getInputProps("old")} />}
        <PasswordInput label="New password" autoComplete="new-password" autoFocus {...form.getInputProps("new")} />
        <PasswordInput label="New password again" autoComplete="new-password" {...form.getInputProps("again")} />
        {save.isError && <ErrorCard error={save.error} />}
        <Button type="submit" size="sm" fullWidth loading={save.isPending || save.isSuccess}>
          Go on
        </Button>
      </Stack>
    </form>
  );
}
