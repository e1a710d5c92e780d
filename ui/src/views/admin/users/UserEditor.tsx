// A user's form. Without a password the server makes one and says it once.
import { MultiSelect, PasswordInput, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import { useMay, useMe } from "~/api/me";
import type { UserInfo, UserMade } from "~/api/schema";
import { confirm } from "~/components/confirm";
import { EditDrawer } from "../frame/EditDrawer";
import { useChange } from "../frame/useChange";

interface Props {
  user: UserInfo | undefined;
  onClose: () => void;
  onMade: (made: UserMade) => void;
}

interface Values {
  name: string;
  email: string;
  roles: string[];
  password: string;
  is_active: boolean;
}

export function UserEditor({ user, onClose, onMade }: Props) {
  const me = useMe();
  const mayEdit = useMay("user", user ? "edit" : "create");
  const mayDelete = useMay("user", "delete") && user?.name !== me?.name;
  const roles = useQuery({
    queryKey: ["roles"],
    queryFn: ({ signal }) => body(api.GET("/api/tradewind/v1/roles", { signal })),
  });
  const form = useForm<Values>({
    initialValues: {
      name: user?.name ?? "",
      email: user?.email ?? "",
      roles: user?.roles ?? ["viewer"],
      password: "",
      is_active: user?.is_active ?? true,
    },
    validate: { name: (value) => (value.trim() ? null : "A user needs a name") },
  });
  const save = useChange({
    send: async (values: Values) => (user ? void (await patch(user.user_id, values)) : onMade(await create(values))),
    stale: ["users"],
    said: (values) => `User ${values.name} is saved.`,
    onDone: onClose,
  });
  const remove = useChange({
    send: (one: UserInfo) => body(api.DELETE("/api/tradewind/v1/users/{user_id}", at(one.user_id))),
    stale: ["users"],
    said: (one) => `User ${one.name} is deleted.`,
    onDone: onClose,
  });
  const askDelete = async (one: UserInfo) => {
    const text = "Their sessions and tokens end at once. What they did stays in the audit log.";
    if (await confirm({ title: `Delete user ${one.name}?`, body: text, action: "Delete user", danger: true }))
      remove.mutate(one);
  };
  const isLocal = user === undefined || user.comes_from === "local";
  return (
    <EditDrawer
      title={user ? `User ${user.name}` : "New user"}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      isSaving={save.isPending}
      error={save.error ?? remove.error}
      onDelete={user && mayDelete ? () => void askDelete(user) : undefined}
      readOnly={!mayEdit}
    >
      <TextInput
        data-autofocus
        label="Name"
        size="xs"
        autoComplete="off"
        disabled={user !== undefined}
        {...form.getInputProps("name")}
      />
      <TextInput label="Mail" size="xs" type="email" autoComplete="off" {...form.getInputProps("email")} />
      <MultiSelect
        label="Roles"
        description={isLocal ? undefined : "The provider's groups may set them anew when they sign in"}
        size="xs"
        data={roles.data?.map((role) => role.name) ?? form.values.roles}
        {...form.getInputProps("roles")}
      />
      {isLocal && (
        <PasswordInput
          label={user ? "New password" : "Password"}
          description={
            user ? "Empty: it stays as it is. A new one ends their sessions." : "Empty: one is made, and shown once"
          }
          size="xs"
          autoComplete="new-password"
          {...form.getInputProps("password")}
        />
      )}
      {user && <Switch label="May sign in" size="xs" {...form.getInputProps("is_active", { type: "checkbox" })} />}
    </EditDrawer>
  );
}

const at = (id: number) => ({ params: { path: { user_id: String(id) } } });

function create({ name, email, roles, password }: Values) {
  return body(api.POST("/api/tradewind/v1/users", { body: { name: name.trim(), email, roles, password } }));
}

function patch(id: number, { email, roles, password, is_active }: Values) {
  return body(
    api.PATCH("/api/tradewind/v1/users/{user_id}", {
      ...at(id),
      body: { email, roles, is_active, password: password || null },
    }),
  );
}
