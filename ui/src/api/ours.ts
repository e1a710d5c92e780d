// Paths and bodies of our own API as plain fetches: for what openapi-fetch's types don't know.
import { raw } from "./client";
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

const ROOT = "/api/tradewind/v1";

export async function ask<T>(where: string, query: Record<string, QueryValue> = {}, signal?: AbortSignal): Promise<T> {
  return (await (await raw(withQuery(ROOT + where, query), { signal })).json()) as T;
}

export async function change<T>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  where: string,
  sent?: unknown,
): Promise<T> {
  const headers = { "Content-Type": "application/json" };
  const init = sent === undefined ? { method } : { method, headers, body: JSON.stringify(sent) };
  const answer = await raw(ROOT + where, init);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}
