// What the sidebar, the command palette and the `g …` keys lead to: one table.
import type { Icon } from "@tabler/icons-react";
import {
  IconAdjustments,
  IconAdjustmentsSearch,
  IconAlertTriangle,
  IconApi,
  IconArrowsDiff,
  IconBinaryTree2,
  IconBucket,
  IconChartHistogram,
  IconCpu,
  IconCube,
  IconDatabase,
  IconFlask,
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
  /** What one has to be allowed to read to see it; absent: nothing. */
  needs?: string;
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

export const ML_PLACES: Place[] = [
  { to: "/experiments", label: "Experiments", icon: IconFlask, key: "x", needs: "xcom" },
  { to: "/models", label: "Models", icon: IconCube, key: "m", needs: "xcom" },
  { to: "/sweeps", label: "Sweeps", icon: IconAdjustmentsSearch, key: "k", needs: "xcom" },
  { to: "/data", label: "Data", icon: IconChartHistogram, key: "b", needs: "xcom" },
  { to: "/costs", label: "Machine and costs", icon: IconCpu, key: "o", needs: "task" },
];

export const ADMIN_PLACES: Place[] = [
  { to: "/admin/pools", label: "Pools", icon: IconBucket, key: "p", needs: "pool" },
  { to: "/admin/variables", label: "Variables", icon: IconVariable, key: "v", needs: "variable" },
  { to: "/admin/connections", label: "Connections", icon: IconPlug, key: "n", needs: "connection" },
  { to: "/admin/import-errors", label: "Import errors", icon: IconAlertTriangle, key: "e", needs: "import_error" },
  { to: "/admin/jobs", label: "Processes", icon: IconServer2, key: "j", needs: "job" },
  { to: "/admin/audit", label: "Audit log", icon: IconHistory, key: "l", needs: "audit" },
  { to: "/admin/users", label: "Users", icon: IconUsers, key: "u", needs: "user" },
  { to: "/admin/roles", label: "Roles", icon: IconShield, needs: "role" },
  { to: "/admin/tokens", label: "API tokens", icon: IconApi, key: "t" },
  { to: "/admin/settings", label: "Settings", icon: IconAdjustments, key: "s", needs: "config" },
];
