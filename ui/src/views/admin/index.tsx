// Administration: one section a path, loaded when it is opened.
import { Loader } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { type ComponentType, lazy, Suspense } from "react";
import { ADMIN_SECTIONS, type AdminSection } from "~/router/tabs";
import { NotFound } from "~/shell/NotFound";

const SECTIONS: Record<AdminSection, ComponentType> = {
  pools: lazy(() => import("./pools/Pools")),
  variables: lazy(() => import("./variables/Variables")),
  connections: lazy(() => import("./connections/Connections")),
  users: lazy(() => import("./users/Users")),
  roles: lazy(() => import("./roles/Roles")),
  tokens: lazy(() => import("./tokens/Tokens")),
  audit: lazy(() => import("./audit/Audit")),
  settings: lazy(() => import("./settings/Settings")),
  "import-errors": lazy(() => import("./import_errors/ImportErrors")),
  jobs: lazy(() => import("./jobs/Jobs")),
};

export default function AdminView() {
  const { section } = useParams({ from: "/shell/admin/$section" });
  const known = ADMIN_SECTIONS.find((one) => one === section);
  if (!known) return <NotFound />;
  const Section = SECTIONS[known];
  return (
    <Suspense fallback={<Loader size="sm" aria-label="Loading" />}>
      <Section />
    </Suspense>
  );
}
