// What a param's JSON Schema means for its form field: which control, what it says, which value was meant. Pure.
import type { ParamField } from "~/api/schema";

export type Control =
  | "switch"
  | "number"
  | "select"
  | "multiselect"
  | "date"
  | "datetime"
  | "time"
  | "lines"
  | "long"
  | "secret"
  | "suggest"
  | "json"
  | "text";

type Json = Record<string, unknown>;

const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Schema types of a param without "null"; a param without a type takes what its default is. */
export function typesOf(field: ParamField): string[] {
  const said = field.schema.type;
  const list = Array.isArray(said)
    ? said.filter((one): one is string => typeof one === "string")
    : said
      ? [String(said)]
      : [];
  const known = list.filter((one) => one !== "null");
  return known.length > 0 ? known : [typeOfValue(field.default)];
}

function typeOfValue(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (value === null || value === undefined) return "string";
  return typeof value === "object" ? "object" : typeof value;
}

/** Whether it may be left empty: null is in its types, or it has a default that is null. */
export function mayBeEmpty(field: ParamField): boolean {
  const said = field.schema.type;
  const takesNull = said === "null" || (Array.isArray(said) && said.includes("null"));
  return takesNull || (field.has_default && field.default === null && said === undefined);
}

export interface Option {
  value: string;
  label: string;
}

/** The values it may have (`enum`), or is offered (`examples`), with the labels that `values_display` gives. */
export function optionsOf(field: ParamField): Option[] {
  const values = field.schema.enum ?? field.schema.examples;
  const labels = isRecord(field.schema.values_display) ? field.schema.values_display : {};
  if (!Array.isArray(values)) return [];
  return values
    .filter((value) => value !== null)
    .map((value) => ({ value: asText(value), label: String(labels[asText(value)] ?? asText(value)) }));
}

export function controlOf(field: ParamField): Control {
  const { schema } = field;
  const types = typesOf(field);
  if (Array.isArray(schema.enum)) return "select";
  if (types.includes("array")) return arrayControl(schema, optionsOf(field).length > 0);
  if (types.includes("object")) return "json";
  if (types.length > 1) return types.every((one) => one === "integer" || one === "number") ? "number" : "text";
  if (types[0] === "boolean") return "switch";
  if (types[0] === "integer" || types[0] === "number") return "number";
  return textControl(schema);
}

function arrayControl(schema: Json, hasOptions: boolean): Control {
  if (hasOptions) return "multiselect";
  const items = isRecord(schema.items) ? schema.items.type : undefined;
  return items === undefined || items === "string" ? "lines" : "json";
}

function textControl(schema: Json): Control {
  if (schema.format === "date") return "date";
  if (schema.format === "date-time") return "datetime";
  if (schema.format === "time") return "time";
  if (schema.format === "multiline") return "long";
  if (schema.format === "password") return "secret";
  return Array.isArray(schema.examples) && schema.examples.length > 0 ? "suggest" : "text";
}

export const asText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

const SHORT_LIST = 60;

/** JSON as people write it: a short list of plain values on one line, all else indented. */
export function tidyJson(value: unknown): string {
  const isPlain = Array.isArray(value) && value.every((one) => typeof one !== "object" || one === null);
  const short = isPlain ? `[${value.map((one) => JSON.stringify(one)).join(", ")}]` : "";
  return short && short.length <= SHORT_LIST ? short : JSON.stringify(value, null, 2);
}

/** What a control holds at first. */
export function initialOf(field: ParamField, given?: unknown): unknown {
  const value = given === undefined ? field.default : given;
  const control = controlOf(field);
  if (control === "switch") return value === true;
  if (control === "lines") return Array.isArray(value) ? value.map(asText).join("\n") : "";
  if (control === "multiselect") return Array.isArray(value) ? value.map(asText) : [];
  if (control === "json") return value === null || value === undefined ? "" : tidyJson(value);
  if (control === "number") return typeof value === "number" ? value : "";
  if (control === "datetime") return typeof value === "string" ? localOf(value) : "";
  return value === null || value === undefined ? "" : asText(value);
}

/** Whatever is typed into them is a text, also none. */
const TYPED: ReadonlySet<Control> = new Set(["text", "long", "secret", "suggest"]);

export type Read = { value: unknown } | { error: string };

/** The value that a control's content means, or what is wrong with it. */
export function readField(field: ParamField, held: unknown): Read {
  const control = controlOf(field);
  if (held === "" || held === null || held === undefined) {
    if (mayBeEmpty(field)) return { value: null };
    return TYPED.has(control) ? emptyText(field) : { error: "This is required" };
  }
  switch (control) {
    case "number":
      return numberOf(field, Number(held));
    case "select":
      return { value: enumValue(field, String(held)) };
    case "lines":
      return sized(
        field,
        String(held)
          .split("\n")
          .filter((line) => line.trim() !== ""),
      );
    case "multiselect":
      return sized(field, held as unknown[]);
    case "json":
      return jsonOf(field, String(held));
    case "datetime":
      return { value: withZone(String(held)) };
    case "text":
    case "long":
    case "secret":
    case "suggest":
      return typedText(field, String(held));
    default:
      return { value: held };
  }
}

function emptyText(field: ParamField): Read {
  const needed = Number(field.schema.minLength ?? 0) > 0 || !field.has_default || field.schema.minLength === undefined;
  const isOwnDefault = field.has_default && field.default === "";
  return needed && !isOwnDefault ? { error: "This is required" } : { value: "" };
}

function numberOf(field: ParamField, value: number): Read {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = field.schema as Record<
    string,
    number | undefined
  >;
  const types = typesOf(field);
  if (!Number.isFinite(value)) return { error: "This is not a number" };
  if (types.includes("integer") && !types.includes("number") && !Number.isInteger(value))
    return { error: "A whole number" };
  if (minimum !== undefined && value < minimum) return { error: `At least ${minimum}` };
  if (maximum !== undefined && value > maximum) return { error: `At most ${maximum}` };
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return { error: `More than ${exclusiveMinimum}` };
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return { error: `Less than ${exclusiveMaximum}` };
  if (multipleOf !== undefined && Math.abs(value / multipleOf - Math.round(value / multipleOf)) > 1e-9)
    return { error: `A multiple of ${multipleOf}` };
  return { value };
}

function typedText(field: ParamField, text: string): Read {
  const types = typesOf(field);
  if (types.length > 1 && !types.includes("string")) return jsonOf(field, text);
  const { minLength, maxLength, pattern } = field.schema;
  if (typeof minLength === "number" && text.length < minLength) return { error: `At least ${minLength} characters` };
  if (typeof maxLength === "number" && text.length > maxLength) return { error: `At most ${maxLength} characters` };
  if (typeof pattern === "string" && !fits(pattern, text)) return { error: `This has to look like ${pattern}` };
  return { value: text };
}

/** Patterns of Python that JavaScript cannot read are left to the server. */
function fits(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return true;
  }
}

function sized(field: ParamField, value: unknown[]): Read {
  const { minItems, maxItems } = field.schema;
  if (typeof minItems === "number" && value.length < minItems) return { error: `At least ${minItems}` };
  if (typeof maxItems === "number" && value.length > maxItems) return { error: `At most ${maxItems}` };
  return { value };
}

function jsonOf(field: ParamField, text: string): Read {
  const read = readJson(text);
  if ("error" in read) return read;
  const types = typesOf(field);
  if (types.length === 1 && types[0] === "object" && !isRecord(read.value)) return { error: "A JSON object: { … }" };
  if (types.length === 1 && types[0] === "array" && !Array.isArray(read.value)) return { error: "A JSON list: [ … ]" };
  return Array.isArray(read.value) ? sized(field, read.value) : read;
}

export function readJson(text: string): Read {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { error: `Not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function enumValue(field: ParamField, held: string): unknown {
  const values = Array.isArray(field.schema.enum) ? field.schema.enum : [];
  return values.find((value) => asText(value) === held) ?? held;
}

/** An instant in the viewer's own zone, as its control holds it; what says no zone is in the viewer's already. */
function localOf(said: string): string {
  const at = new Date(said);
  if (!/(Z|[+-]\d\d:?\d\d)$/i.test(said) || Number.isNaN(at.getTime())) return said.slice(0, 16);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** `2026-11-21T08:00` of a control is in the viewer's own zone: said with its offset, so that it means one instant. */
export function withZone(local: string): string {
  const at = new Date(local);
  if (Number.isNaN(at.getTime())) return local;
  const offset = -at.getTimezoneOffset();
  const pad = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, "0");
  return `${local.length === 16 ? `${local}:00` : local}${offset < 0 ? "-" : "+"}${pad(offset / 60)}:${pad(offset % 60)}`;
}

export interface Section {
  title: string;
  fields: ParamField[];
}

/** Fields under the headings that `section` gives, in the order they came; those without one first. */
export function sectionsOf(fields: readonly ParamField[]): Section[] {
  const found = new Map<string, ParamField[]>([["", []]]);
  for (const field of fields) {
    if ("const" in field.schema) continue;
    const title = typeof field.schema.section === "string" ? field.schema.section : "";
    found.set(title, [...(found.get(title) ?? []), field]);
  }
  return [...found].filter(([, list]) => list.length > 0).map(([title, list]) => ({ title, fields: list }));
}

export interface Filled {
  params: Record<string, unknown>;
  errors: Record<string, string>;
}

/** Every field's value by its name; only what differs from the defaults is sent, so that the run's record stays short.
 * What was left as it opened is the default, however its control spells it (an instant, in the viewer's zone). */
export function readForm(fields: readonly ParamField[], held: Readonly<Record<string, unknown>>): Filled {
  const filled: Filled = { params: {}, errors: {} };
  for (const field of fields) {
    if ("const" in field.schema) continue;
    if (field.has_default && isSame(held[field.name], initialOf(field))) continue;
    const read = readField(field, held[field.name]);
    if ("error" in read) filled.errors[field.name] = read.error;
    else if (!field.has_default || !isSame(read.value, field.default)) filled.params[field.name] = read.value;
  }
  return filled;
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
