// Values in few words.
import type { ValueInfo } from "~/api/schema";

/** `DataFrame` of `pandas.core.frame.DataFrame`. */
export function shortType(type: string): string {
  return type.slice(type.lastIndexOf(".") + 1) || type;
}

/** `569 × 31` of tables and arrays, `12 items` of lists. */
export function shapeText(info: Pick<ValueInfo, "shape" | "length">): string {
  if (info.shape && info.shape.length > 0) return info.shape.join(" × ");
  return info.length === null ? "" : `${info.length.toLocaleString("en")} ${info.length === 1 ? "item" : "items"}`;
}

/** A cell of a table: numbers short, nothing as a dash. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** What floats have and JSON lacks: the server sends it as a word. */
export const isNoNumber = (value: unknown): boolean => value === "nan" || value === "inf" || value === "-inf";

/** Heights from 0 to 1, for a small histogram. */
export function heights(counts: readonly number[]): number[] {
  const most = Math.max(...counts, 1);
  return counts.map((count) => count / most);
}
