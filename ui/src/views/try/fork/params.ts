// What is typed beside the params of a run, as the runs to make: one value changes a param, several make a run each. Pure.
export interface Plan {
  /** Params with another value in every run. */
  params: Record<string, unknown>;
  /** Params with several: a run for every combination. */
  sweep: Record<string, unknown[]>;
  runs: number;
  errors: Record<string, string>;
}

export function planOf(present: Readonly<Record<string, unknown>>, typed: Readonly<Record<string, string>>): Plan {
  const plan: Plan = { params: {}, sweep: {}, runs: 1, errors: {} };
  for (const [name, text] of Object.entries(typed)) {
    if (!text.trim()) continue;
    const values = valuesOf(text.trim(), present[name]);
    if (typeof values === "string") plan.errors[name] = values;
    else if (values.length === 1) plan.params[name] = values[0];
    else {
      plan.sweep[name] = values;
      plan.runs *= values.length;
    }
  }
  return plan;
}

/** The values that a text means for a param, or what is wrong with it. A list in brackets is JSON: for values with commas
 * in them. */
export function valuesOf(text: string, present: unknown): unknown[] | string {
  if (text.startsWith("[") || text.startsWith("{")) return jsonValues(text, present);
  const pieces = text.split(",").map((piece) => piece.trim());
  if (pieces.some((piece) => piece === "")) return "A value is missing between two commas";
  const values = pieces.map((piece) => pieceOf(piece, present));
  return new Set(values.map((value) => JSON.stringify(value))).size < values.length
    ? "The same value is there twice"
    : values;
}

function jsonValues(text: string, present: unknown): unknown[] | string {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return "This is not JSON";
  }
  if (!Array.isArray(found)) return [found];
  // For a param that is a list, a list is one value, unless it is a list of lists.
  const isOne = Array.isArray(present) && !found.every((one) => Array.isArray(one));
  if (isOne) return [found];
  return found.length > 0 ? found : "An empty list makes no run";
}

/** What is a text now stays one: `1e3` of a param with the value "abc" is no number. */
function pieceOf(piece: string, present: unknown): unknown {
  if (typeof present === "string" && !piece.startsWith('"')) return piece;
  try {
    return JSON.parse(piece) as unknown;
  } catch {
    return piece;
  }
}
