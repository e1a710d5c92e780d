// Params of a fork as they are typed. Pure.
interface Typed {
  params: Record<string, unknown>;
  error?: string;
}

/** Nothing typed: nothing changes. */
export function paramsOf(text: string): Typed {
  if (!text.trim()) return { params: {} };
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found === "object" && found !== null && !Array.isArray(found))
      return { params: found as Record<string, unknown> };
  } catch {
    // said below
  }
  return { params: {}, error: 'Write a JSON object, such as {"rate": 0.2}' };
}
