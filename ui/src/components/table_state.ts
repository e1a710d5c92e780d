// What of a table's state is in the URL: `sort=-started`, `f=owner:ann`.
import { useNavigate, useSearch } from "@tanstack/react-router";

export interface Sorting {
  id: string;
  desc: boolean;
}

export function sortingOf(text: string | undefined): Sorting | undefined {
  if (!text) return undefined;
  return text.startsWith("-") ? { id: text.slice(1), desc: true } : { id: text, desc: false };
}

/** The next of: ascending, descending, as the rows came. */
export function nextSort(now: Sorting | undefined, id: string): string | undefined {
  if (now?.id !== id) return id;
  return now.desc ? undefined : `-${id}`;
}

export function filtersOf(texts: readonly string[] | undefined): Map<string, string> {
  const pairs = (texts ?? []).map((one) => /^([^:]+):(.+)$/s.exec(one)?.slice(1) ?? []);
  return new Map(pairs.flatMap(([id, value]) => (id && value ? [[id, value]] : [])));
}

export function withFilter(texts: readonly string[] | undefined, id: string, value: string): string[] | undefined {
  const kept = filtersOf(texts);
  if (value) kept.set(id, value);
  else kept.delete(id);
  return kept.size > 0 ? [...kept].map(([name, what]) => `${name}:${what}`) : undefined;
}

/** Smaller, equal or greater; numbers by size, text as people sort it, nothing last. */
export function compareValues(left: Value, right: Value): number {
  if (left === right) return 0;
  if (left === null || left === undefined || left === "") return 1;
  if (right === null || right === undefined || right === "") return -1;
  if (typeof left === "number" && typeof right === "number") return left - right;
  return collator.compare(String(left), String(right));
}

export type Value = string | number | null | undefined;
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

export interface TableState {
  sort?: string;
  filters?: string[];
  change: (patch: { sort?: string; f?: string[] }) => void;
}

export function useTableState(): TableState {
  const search: { sort?: string; f?: string[] } = useSearch({ strict: false });
  const navigate = useNavigate();
  return {
    sort: search.sort,
    filters: search.f,
    change: (patch) => void navigate({ to: ".", search: (old) => ({ ...old, ...patch }), replace: true }),
  };
}
