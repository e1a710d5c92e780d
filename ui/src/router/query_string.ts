// Search parameters as plain text: `?q=7&tags=a&tags=b`. The router's own way would quote texts that look like numbers.
import type { RawSearch } from "./search";

export function parseSearch(query: string): RawSearch {
  const found: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const before = found[name];
    found[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return found;
}

export function stringifySearch(search: RawSearch): string {
  const made = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "") made.append(name, String(one));
    }
  }
  const text = made.toString();
  return text ? `?${text}` : "";
}
