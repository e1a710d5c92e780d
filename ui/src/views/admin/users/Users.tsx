// Users: who may come in, with which roles.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, body } from "~/api/client";
import { useMay } from "~/api/me";
import type { UserInfo, UserMade } from "~/api/schema";
import { type Column, DataTable } from "~/components/DataTable";
import { Tag } from "~/components/Tag";
import { When } from "~/components/When";
import { AdminPage } from "../frame/AdminPage";
import { NEW, useEdit } from "../frame/edit";
import { ShownOnce } from "../frame/ShownOnce";
import { UserEditor } from "./UserEditor";

const COLUMNS: Column<UserInfo>[] = [
  {
    id: "name",
    title: "Name",
    value: (user) => user.name,
    cell: (user) => <strong>{user.name}</strong>,
    filter: "text",
  },
  {
    id: "roles",
    title: "Roles",
    value: (user) => user.roles.join(", "),
    cell: (user) => user.roles.join(", ") || <span className="quiet">none: may do nothing</span>,
    filter: "text",
  },
  { id: "email", title: "Mail", secondary: true, value: (user) => user.email, cell: (user) => user.email },
  {
    id: "from",
    title: "Comes from",
    width: "110px",
    secondary: true,
    value: (user) => user.comes_from,
    cell: (user) => (user.comes_from === "oidc" ? "Provider" : "Password"),
  },
  {
    id: "seen",
    title: "Last seen",
    width: "110px",
    secondary: true,
    value: (user) => user.last_seen_at,
    cell: (user) =>
      user.last_seen_at ? <When at={user.last_seen_at} relative /> : <span className="quiet">never</span>,
  },
  {
    id: "active",
    title: "State",
    width: "90px",
    value: (user) => (user.is_active ? "active" : "off"),
    cell: (user) => <Tag tone={user.is_active ? "good" : "quiet"}>{user.is_active ? "Active" : "Off"}</Tag>,
  },
];

export default function Users() {
  const { edit, open, openNew, close } = useEdit();
  const [made, setMade] = useState<UserMade>();
  const mayCreate = useMay("user", "create");
  const users = useQuery({
    queryKey: ["users"],
    queryFn: ({ signal }) => body(api.GET("/api/tradewind/v1/users", { signal })),
  });
  const edited = users.data?.find((user) => user.name === edit);
  return (
    <AdminPage
      title="Users"
      about="Each has roles; what no role grants is denied."
      query={users}
      onNew={mayCreate ? openNew : undefined}
      newLabel="New user"
    >
      <DataTable
        label="Users"
        rows={users.data ?? []}
        columns={COLUMNS}
        rowKey={(user) => String(user.user_id)}
        onOpen={(user) => open(user.name)}
      />
      {(edited || edit === NEW) && <UserEditor key={edit} user={edited} onClose={close} onMade={setMade} />}
      <ShownOnce
        title={`The password of ${made?.user.name}`}
        secret={made?.password || undefined}
        onClose={() => setMade(undefined)}
      />
    </AdminPage>
  );
}
