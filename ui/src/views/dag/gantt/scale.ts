// Time on a line: what part of it is shown, and where the ticks are. Instants in milliseconds.

export interface Span {
  start: number;
  end: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((n) => n * DAY),
];

/** Ticks at even distances, at most `most` of them, counted from the start of the whole. */
export function ticks(shown: Span, origin: number, most: number): number[] {
  const length = shown.end - shown.start;
  if (!(length > 0) || most < 1) return [];
  const step = STEPS.find((one) => length / one <= most) ?? Math.ceil(length / most / DAY) * DAY;
  const first = Math.ceil((shown.start - origin) / step);
  const found: number[] = [];
  for (let at = first; origin + at * step <= shown.end && found.length <= most; at += 1) found.push(origin + at * step);
  return found;
}

/** `+1m 30s`: an offset from the start. */
export function offsetText(milliseconds: number): string {
  if (milliseconds === 0) return "0";
  if (milliseconds < SECOND) return `${Math.round(milliseconds)} ms`;
  const parts: [string, number][] = [
    ["d", DAY],
    ["h", HOUR],
    ["m", MINUTE],
    ["s", SECOND],
  ];
  let rest = milliseconds;
  const words: string[] = [];
  for (const [name, size] of parts) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) words.push(`${count}${name}`);
  }
  if (milliseconds < 10 * SECOND && rest > 0) return `${(milliseconds / SECOND).toFixed(1)}s`;
  return words.slice(0, 2).join(" ");
}

/** Where an instant is, 0 to 1 within what is shown. */
export const fraction = (at: number, shown: Span): number => (at - shown.start) / (shown.end - shown.start);

/** `by` > 1 shows more, < 1 less, around the instant at `focus` (0 to 1), never more than the whole. */
export function zoomed(shown: Span, whole: Span, by: number, focus: number): Span {
  const length = Math.min(whole.end - whole.start, Math.max(1, (shown.end - shown.start) * by));
  const at = shown.start + (shown.end - shown.start) * focus;
  const start = Math.min(Math.max(whole.start, at - length * focus), whole.end - length);
  return { start, end: start + length };
}

export function moved(shown: Span, whole: Span, by: number): Span {
  const length = shown.end - shown.start;
  const start = Math.min(Math.max(whole.start, shown.start + by * length), whole.end - length);
  return { start, end: start + length };
}

/** For the URL: tenths of a per cent of the whole. Undefined where all is shown. */
export function spanText(shown: Span, whole: Span): string | undefined {
  const length = whole.end - whole.start;
  const [from, to] = [shown.start, shown.end].map((at) => Math.round(((at - whole.start) / length) * 1000));
  return from === 0 && to === 1000 ? undefined : `${from}-${to}`;
}

export function spanOf(text: string | undefined, whole: Span): Span {
  const found = /^(\d{1,4})-(\d{1,4})$/.exec(text ?? "");
  const [from, to] = [Number(found?.[1] ?? 0), Number(found?.[2] ?? 1000)];
  if (from >= to || to > 1000) return whole;
  const length = whole.end - whole.start;
  return { start: whole.start + (from / 1000) * length, end: whole.start + (to / 1000) * length };
}
