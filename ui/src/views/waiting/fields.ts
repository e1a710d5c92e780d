// A question's form fields, from how they were kept: name → {value, description, schema}. Pure.
import type { ParamField } from "~/api/schema";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function fieldsOf(params: Record<string, unknown>): ParamField[] {
  return Object.entries(params).map(([name, kept]) => {
    const isField = isRecord(kept) && ("schema" in kept || "value" in kept);
    const initial = isField ? kept.value : kept;
    return {
      name,
      schema: isField && isRecord(kept.schema) ? kept.schema : {},
      default: initial ?? null,
      has_default: initial !== undefined && initial !== null,
      description: isField && typeof kept.description === "string" ? kept.description : "",
    };
  });
}
