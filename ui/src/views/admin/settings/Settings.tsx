// Settings as they are in force, where each comes from, and which versions are at work.
import { Group, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api, body } from "~/api/client";
import { useMe } from "~/api/me";
import type { SettingLine } from "~/api/schema";
import { type Column, DataTable } from "~/components/DataTable";
import { Tag } from "~/components/Tag";
import { AdminPage } from "../frame/AdminPage";
import css from "./settings.module.css";

const COLUMNS: Column<SettingLine>[] = [
  {
    id: "name",
    title: "Setting",
    width: "46%",
    value: (line) => line.name,
    cell: (line) => (
      <div className={css.name}>
        <code>{line.name}</code>
        <div className={css.about} title={line.about}>
          {line.about}
        </div>
      </div>
    ),
  },
  {
    id: "value",
    title: "Value",
    value: (line) => line.value,
    cell: (line) => <code title={line.value}>{line.value}</code>,
  },
  {
    id: "origin",
    title: "From",
    width: "130px",
    secondary: true,
    value: (line) => line.origin,
    filter: "choice",
    cell: (line) => (
      <Tag tone={line.origin === "default" ? "quiet" : "accent"} title={line.origin}>
        {line.origin}
      </Tag>
    ),
  },
];

export default function Settings() {
  const { q } = useSearch({ from: "/shell/admin/$section" });
  const navigate = useNavigate();
  const me = useMe();
  const settings = useQuery({
    queryKey: ["settings"],
    queryFn: ({ signal }) => body(api.GET("/api/tradewind/v1/settings", { signal })),
  });
  const wanted = (q ?? "").toLowerCase();
  const rows = (settings.data ?? []).filter((line) => `${line.name} ${line.about}`.toLowerCase().includes(wanted));
  return (
    <AdminPage
      title="Settings and versions"
      about={`Tradewind ${me?.version ?? ""}. Settings are read at start, from tradewind.toml, the environment and flags.`}
      query={settings}
    >
      <Group mb={12}>
        <TextInput
          size="xs"
          placeholder="Search"
          aria-label="Search settings"
          leftSection={<IconSearch size={14} />}
          value={q ?? ""}
          onChange={(event) => {
            const text = event.currentTarget.value;
            void navigate({ to: ".", search: (old) => ({ ...old, q: text || undefined }), replace: true });
          }}
        />
      </Group>
      <DataTable label="Settings" rows={rows} columns={COLUMNS} rowKey={(line) => line.name} rowHeight={46} />
    </AdminPage>
  );
}
