// What the sidebar, the command palette and the `g …` keys lead to: one table.
import type { Icon } from "@tabler/icons-react";
import {
  IconActivity,
  IconAdjustments,
  IconAlertTriangle,
  IconApi,
  IconArrowsDiff,
  IconBinaryTree2,
  IconBucket,
  IconDatabase,
  IconHandStop,
  IconHistory,
  IconHome,
  IconPlug,
  IconServer2,
  IconShield,
  IconUsers,
  IconVariable,
} from "@tabler/icons-react";

export interface Place {
  to: string;
  label: string;
  icon: Icon;
  /** Second key after `g`. */
  key?: string;
  /** Exact path only: otherwise every deeper path lights it up. */
  exact?: boolean;
}

export const PLACES: Place[] = [
  { to: "/", label: "Home", icon: IconHome, key: "h", exact: true },
  { to: "/dags", label: "DAGs", icon: IconBinaryTree2, key: "d" },
  { to: "/waiting", label: "Questions", icon: IconHandStop, key: "w" },
  { to: "/assets", label: "Assets", icon: IconDatabase, key: "a" },
  { to: "/compare", label: "Compare runs", icon: IconArrowsDiff, key: "c" },
];

export const ADMIN_PLACES: Place[] = [
  { to: "/admin/pools", label: "Pools", icon: IconBucket, key: "p" },
  { to: "/admin/variables", label: "Variables", icon: IconVariable, key: "v" },
  { to: "/admin/connections", label: "Connections", icon: IconPlug, key: "n" },
  { to: "/admin/import-errors", label: "Import errors", icon: IconAlertTriangle, key: "e" },
  { to: "/admin/jobs", label: "Processes", icon: IconServer2, key: "j" },
  { to: "/admin/audit", label: "Audit log", icon: IconHistory, key: "l" },
  { to: "/admin/users", label: "Users", icon: IconUsers, key: "u" },
  { to: "/admin/roles", label: "Roles", icon: IconShield },
  { to: "/admin/tokens", label: "API tokens", icon: IconApi, key: "t" },
  { to: "/admin/settings", label: "Settings", icon: IconAdjustments, key: "s" },
];

export const HEALTH_ICON = IconActivity;
