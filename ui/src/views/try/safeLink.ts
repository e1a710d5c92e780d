// Links that tasks give (extra links): only to the web, never a script.
export function safeLink(url: string): boolean {
  try {
    return ["http:", "https:"].includes(new URL(url, "https://here.invalid").protocol);
  } catch {
    return false;
  }
}
