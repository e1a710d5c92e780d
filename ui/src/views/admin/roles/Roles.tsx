// Roles: what each grants. The built-in ones stay as they are; own ones may be limited to some DAGs.
import { useQuery } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import { useMay } from "~/api/me";
import type { RoleInfo } from "~/api/schema";
import { type Column, DataTable } from "~/components/DataTable";
import { Tag } from "~/components/Tag";
import { AdminPage } from "../frame/AdminPage";
import { NEW, useEdit } from "../frame/edit";
import { summary } from "./grants";
import { RoleEditor } from "./RoleEditor";

const COLUMNS: Column<RoleInfo>[] = [
  {
    id: "name",
    title: "Role",
    width: "24%",
    value: (role) => role.name,
    cell: (role) => (
      <>
        <strong>{role.name}</strong> {role.is_built_in && <Tag>built in</Tag>}
      </>
    ),
  },
  { id: "grants", title: "May", cell: (role) => <span className="quiet">{summary(role.grants)}</span> },
  {
    id: "users",
    title: "Users",
    width: "80px",
    align: "right",
    value: (role) => role.users ?? 0,
    cell: (role) => <span className="numbers">{role.users ?? 0}</span>,
  },
];

export default function Roles() {
  const { edit, open, openNew, close } = useEdit();
  const mayCreate = useMay("role", "create");
  const roles = useQuery({
    queryKey: ["roles"],
    queryFn: ({ signal }) => body(api.GET("/api/tradewind/v1/roles", { signal })),
  });
  const edited = roles.data?.find((role) => role.name === edit);
  return (
    <AdminPage
      title="Roles"
      about="What a role grants. A user may do what any of their roles grants, and nothing else."
      query={roles}
      onNew={mayCreate ? openNew : undefined}
      newLabel="New role"
    >
      <DataTable
        label="Roles"
        rows={roles.data ?? []}
        columns={COLUMNS}
        rowKey={(role) => role.name}
        onOpen={(role) => open(role.name)}
      />
      {(edited || edit === NEW) && <RoleEditor key={edit} role={edited} onClose={close} />}
    </AdminPage>
  );
}
