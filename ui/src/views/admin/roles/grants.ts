// A role's grants as the editor shows them: a line for each object, with the actions that are granted. Pure.
import type { GrantInfo } from "~/api/schema";

export const ACTIONS = ["read", "create", "edit", "delete"] as const;
export type Action = (typeof ACTIONS)[number];

export interface Resource {
  name: string;
  label: string;
  /** May be limited to some DAGs. */
  ofDags: boolean;
}

const resource = (name: string, label: string, ofDags = false): Resource => ({ name, label, ofDags });

export const RESOURCES: Resource[] = [
  resource("dag", "DAGs", true),
  resource("code", "Code", true),
  resource("run", "Runs", true),
  resource("task", "Tasks", true),
  resource("log", "Logs", true),
  resource("xcom", "Values and metrics", true),
  resource("human", "Questions to people", true),
  resource("backfill", "Backfills", true),
  resource("import_error", "Import errors", true),
  resource("asset", "Assets"),
  resource("model", "Models"),
  resource("pool", "Pools"),
  resource("variable", "Variables"),
  resource("connection", "Connections"),
  resource("job", "Processes"),
  resource("config", "Settings"),
  resource("audit", "Audit log"),
  resource("user", "Users"),
  resource("role", "Roles"),
  resource("token", "Others' tokens"),
];

/** The granted actions of each object for one pattern of DAGs. What does not belong to DAGs is under `*`. */
export interface GrantTable {
  dags: string;
  granted: Record<string, Action[]>;
}

export function tablesOf(grants: readonly GrantInfo[]): GrantTable[] {
  const tables = new Map<string, GrantTable>();
  for (const { resource: name, action, dags = "*" } of grants) {
    const isLimited = RESOURCES.find((one) => one.name === name)?.ofDags ?? false;
    const pattern = isLimited ? dags : "*";
    const table = tables.get(pattern) ?? { dags: pattern, granted: {} };
    const known = ACTIONS.find((one) => one === action);
    if (known) table.granted[name] = [...new Set([...(table.granted[name] ?? []), known])];
    tables.set(pattern, table);
  }
  return [...tables.values()];
}

export function grantsOf(tables: readonly GrantTable[]): GrantInfo[] {
  const found = tables.flatMap(({ dags, granted }) =>
    Object.entries(granted).flatMap(([name, actions]) => {
      const isLimited = RESOURCES.find((one) => one.name === name)?.ofDags ?? false;
      if (!isLimited && dags !== "*") return [];
      return actions.map((action) => ({ resource: name, action, dags }));
    }),
  );
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

export function toggled(table: GrantTable, name: string, action: Action): GrantTable {
  const before = table.granted[name] ?? [];
  const after = before.includes(action) ? before.filter((one) => one !== action) : [...before, action];
  return { ...table, granted: { ...table.granted, [name]: after } };
}

/** A role in a few words, for lists: "reads everything, edits runs, tasks". */
export function summary(grants: readonly GrantInfo[]): string {
  const words = ACTIONS.map((action) => {
    const names = [...new Set(grants.filter((one) => one.action === action).map((one) => one.resource))];
    if (names.length === 0) return "";
    const all = names.length >= RESOURCES.length;
    return `${action} ${all ? "everything" : names.length > 4 ? `${names.length} kinds` : names.join(", ")}`;
  });
  return words.filter(Boolean).join("; ") || "nothing";
}
