// Readers of search parameters. A URL comes from anywhere: what doesn't fit is dropped, never an error.

export type RawSearch = Record<string, unknown>;

/** Text of a bounded length; numbers are taken as text, because `?q=7` arrives as a number. */
export function text(raw: RawSearch, name: string, longest = 500): string | undefined {
  const value = raw[name];
  const found = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  return typeof found === "string" && found !== "" ? found.slice(0, longest) : undefined;
}

export function choice<const T extends string>(raw: RawSearch, name: string, allowed: readonly T[]): T | undefined {
  return allowed.find((one) => one === raw[name]);
}

export function integer(raw: RawSearch, name: string, lowest: number, highest: number): number | undefined {
  const value = Number(raw[name]);
  return raw[name] !== "" && raw[name] != null && Number.isInteger(value) && value >= lowest && value <= highest
    ? value
    : undefined;
}

export function flag(raw: RawSearch, name: string): boolean | undefined {
  const value = raw[name];
  if (value === true || value === "true" || value === 1) return true;
  return value === false || value === "false" || value === 0 ? false : undefined;
}

/** A list of texts, at most fifty; a single text is a list of one. */
export function texts(raw: RawSearch, name: string): string[] | undefined {
  const value = raw[name];
  const list = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const found = list.filter((one): one is string => typeof one === "string" && one !== "").slice(0, 50);
  return found.length > 0 ? found : undefined;
}

/** Indexes of a mapped instance, outermost first, with dots between: `3`, `0.12`. */
export function mapPath(raw: RawSearch, name: string): string | undefined {
  const value = text(raw, name, 100);
  return value && /^\d+(\.\d+)*$/.test(value) ? value : undefined;
}

const SOMEWHERE = "http://tradewind.invalid";

/** A path of this site to go back to after signing in; anything that could lead elsewhere is dropped. */
export function samePlace(raw: RawSearch, name: string): string | undefined {
  const value = text(raw, name, 2000);
  if (!value?.startsWith("/") || value.startsWith("//") || value.includes("\\")) return undefined;
  const parsed = new URL(value, SOMEWHERE);
  return parsed.origin === SOMEWHERE ? parsed.pathname + parsed.search + parsed.hash : undefined;
}

type Optional<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/** A reader of all search parameters of a route, each of which may be left out of links to it. What is dropped is said to
 * be undefined: the router puts what is read over what the URL says, and a name that was left out would show through. */
export function reader<T extends object>(read: (raw: RawSearch) => T): (raw: RawSearch) => Optional<T> {
  return (raw) => read(raw) as Optional<T>;
}
