// Types of the OpenAPI document by name, and URLs of what is no JSON: logs, artifacts, streams.
import type { components } from "./schema";

/** A type of the OpenAPI document by its name: `Schema<"RunPage">`; `schema.d.ts` exports each by its name too. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

type QueryValue = string | number | boolean | readonly string[] | null | undefined;

/** A path with every part encoded: path`/dags/${id}/runs`. */
export function path(strings: TemplateStringsArray, ...parts: (string | number)[]): string {
  return strings.reduce(
    (made, text, at) => made + text + (at < parts.length ? encodeURIComponent(parts[at] ?? "") : ""),
    "",
  );
}

export function withQuery(where: string, query: Record<string, QueryValue>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return text ? `${where}?${text}` : where;
}
