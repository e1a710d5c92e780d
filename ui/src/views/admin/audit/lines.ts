// A line of the audit log in words. Pure.
import type { AuditLine } from "~/api/schema";

export function objectOf(line: Pick<AuditLine, "dag_id" | "run_id" | "task_id">): string {
  return [line.dag_id, line.run_id, line.task_id].filter(Boolean).join(" · ");
}

const LONGEST = 160;

export function detailText(detail: Record<string, unknown>): string {
  const words = Object.entries(detail)
    .filter(([, value]) => value !== null && value !== "" && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}
