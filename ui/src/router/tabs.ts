// The tabs of views with tabs, in the order shown; the first is what a URL without `tab` means.
export const DAG_TABS = [
  "grid",
  "graph",
  "gantt",
  "calendar",
  "durations",
  "runs",
  "code",
  "assets",
  "backfills",
  "details",
] as const;
export type DagTab = (typeof DAG_TABS)[number];

export const RUN_TABS = ["tasks", "graph", "gantt", "values", "params", "events", "details"] as const;
export type RunTab = (typeof RUN_TABS)[number];

export const TASK_TABS = [
  "log",
  "why",
  "values",
  "logged",
  "rendered",
  "metrics",
  "resources",
  "history",
  "details",
] as const;
export type TaskTab = (typeof TASK_TABS)[number];

export const ADMIN_SECTIONS = [
  "pools",
  "variables",
  "connections",
  "users",
  "roles",
  "tokens",
  "audit",
  "settings",
  "import-errors",
  "jobs",
] as const;
export type AdminSection = (typeof ADMIN_SECTIONS)[number];
