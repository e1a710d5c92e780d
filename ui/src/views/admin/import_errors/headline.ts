// The line of a traceback that says what is wrong: the last one that is not indented. Pure.
export function headline(trace: string): string {
  const lines = trace.split("\n").filter((line) => line.trim() !== "");
  return lines.findLast((line) => !/^\s/.test(line)) ?? lines.at(-1) ?? "";
}
