// Administration: one section a path, loaded when it is opened.
import { useParams } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { later } from "~/components/later";
import { ADMIN_SECTIONS, type AdminSection } from "~/router/tabs";
import { NotFound } from "~/shell/NotFound";

const SECTIONS: Record<AdminSection, ComponentType> = {
  pools: later(() => import("./pools/Pools")),
  variables: later(() => import("./variables/Variables")),
  connections: later(() => import("./connections/Connections")),
  users: later(() => import("./users/Users")),
  roles: later(() => import("./roles/Roles")),
  tokens: later(() => import("./tokens/Tokens")),
  audit: later(() => import("./audit/Audit")),
  settings: later(() => import("./settings/Settings")),
  "import-errors": later(() => import("./import_errors/ImportErrors")),
  jobs: later(() => import("./jobs/Jobs")),
};

export default function AdminView() {
  const { section } = useParams({ from: "/shell/admin/$section" });
  const known = ADMIN_SECTIONS.find((one) => one === section);
  if (!known) return <NotFound />;
  const Section = SECTIONS[known];
  return <Section />;
}
