// Which keys were meant: pure, so that it can be tested. A shortcut is written as `?`, `j`, `g d` or `shift+r`.

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** A second key of a sequence such as `g d` counts only this long after the first. */
export const SEQUENCE_MILLISECONDS = 1200;

/** What a press adds to a sequence; undefined for presses with a modifier, which belong to the browser. */
export function pressed(press: Press): string | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined;
  if (press.key.length === 1) return press.key;
  return NAMED.has(press.key) ? press.key.toLowerCase() : undefined;
}

const NAMED = new Set(["Enter", "Escape", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"]);

export interface Match {
  /** The shortcut that was completed, if one was. */
  hit?: string;
  /** What to keep as the beginning of a longer one. */
  rest: string;
}

export function match(before: string, key: string, known: Iterable<string>): Match {
  const all = [...known];
  for (const candidate of before ? [`${before} ${key}`, key] : [key]) {
    if (all.includes(candidate)) return { hit: candidate, rest: "" };
    if (all.some((one) => one.startsWith(`${candidate} `))) return { rest: candidate };
  }
  return { rest: "" };
}
