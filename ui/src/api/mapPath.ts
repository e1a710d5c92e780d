// Map paths of mapped instances: [] is the unmapped one, nested groups have several indexes. In URLs and queries the
// indexes stand with dots between them; the unmapped instance has none.

export function mapText(mapPath: readonly number[] | undefined): string | undefined {
  return mapPath && mapPath.length > 0 ? mapPath.join(".") : undefined;
}

export function mapPathOf(text: string | undefined): number[] {
  return text && /^\d+(\.\d+)*$/.test(text) ? text.split(".").map(Number) : [];
}

/** `train [3]`, `train [0, 3]`: an instance as people read it. */
export function instanceName(taskId: string, mapPath: readonly number[] | undefined): string {
  return mapPath && mapPath.length > 0 ? `${taskId} [${mapPath.join(", ")}]` : taskId;
}
