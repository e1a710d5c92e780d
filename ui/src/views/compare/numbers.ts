// Differences between two runs, as text. Pure.
import type { Difference } from "~/api/schema";

/** `+12.3 %`, `−4 %`; nothing where a side is missing or nothing changed. */
export function changeText(change: number | null | undefined): string {
  if (change === null || change === undefined || !Number.isFinite(change) || change === 0) return "";
  const percent = Math.abs(change) * 100;
  const shown = percent >= 100 ? Math.round(percent).toString() : percent.toPrecision(percent < 1 ? 1 : 3);
  return `${change > 0 ? "+" : "−"}${Number(shown)} %`;
}

/** A value in one line. Numbers are rounded to what is worth reading. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
  if (typeof value === "string") return value;
  return JSON.stringify(value);
}

/** What differs first, the largest change first; what is the same after it, by name. */
export function ordered(differences: readonly Difference[]): Difference[] {
  const size = (one: Difference) => (one.is_same ? -1 : Math.abs(one.change ?? 0));
  return [...differences].sort(
    (one, other) =>
      Number(one.is_same) - Number(other.is_same) || size(other) - size(one) || one.name.localeCompare(other.name),
  );
}

export const differing = (differences: readonly { is_same: boolean }[]): number =>
  differences.filter((one) => !one.is_same).length;
