// Instants and durations as text: pure, so that tests can say the zone and the present instant.

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", ...options });
  formats.set(key, made);
  return made;
}

function parts(at: Date, zone: string): Record<string, string> {
  const found = format(zone, {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  }).formatToParts(at);
  return Object.fromEntries(found.map((part) => [part.type, part.value]));
}

/** `2026-11-21 08:30:05 CET`: the whole of it, for tooltips and details. */
export function fullTime(at: Date, zone: string): string {
  const p = parts(at, zone);
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}:${p.second} ${p.timeZoneName}`;
}

/** `2026-11-21` in the zone. */
export function dayOf(at: Date, zone: string): string {
  const p = parts(at, zone);
  return `${p.year}-${p.month}-${p.day}`;
}

/** As short as stays clear: `08:30:05` today, `21 Nov 08:30` this year, `2025-11-21 08:30` before. */
export function shortTime(at: Date, zone: string, now: Date): string {
  const p = parts(at, zone);
  const today = parts(now, zone);
  if (dayOf(at, zone) === dayOf(now, zone)) return `${p.hour}:${p.minute}:${p.second}`;
  const month = format(zone, { month: "short" }).format(at);
  if (p.year === today.year) return `${Number(p.day)} ${month} ${p.hour}:${p.minute}`;
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}`;
}

/** `21 Nov 08:30` this year, today as well; `2025-11-21 08:30` before: of a row of instants that are compared. */
export function dayTime(at: Date, zone: string, now: Date): string {
  const p = parts(at, zone);
  const day = p.year === parts(now, zone).year ? `${Number(p.day)} ${format(zone, { month: "short" }).format(at)}` : "";
  return `${day || `${p.year}-${p.month}-${p.day}`} ${p.hour}:${p.minute}`;
}

const UNITS: [string, number][] = [
  ["d", 86_400],
  ["h", 3_600],
  ["m", 60],
  ["s", 1],
];

/** `3 ms`, `1.24 s`, `12.4 s`, `3m 20s`, `2h 5m`, `3d 4h`. Negative durations (a clock that was set back) are zero. */
export function durationText(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds <= 0) return "0 s";
  if (seconds < 0.9995) return `${Math.max(1, Math.round(seconds * 1000))} ms`;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const at = UNITS.findIndex(([, size]) => whole >= size);
  const [name, size] = UNITS[at] ?? ["s", 1];
  const next = UNITS[at + 1];
  const rest = next ? Math.floor((whole % size) / next[1]) : 0;
  return `${Math.floor(whole / size)}${name}${next && rest > 0 ? ` ${rest}${next[0]}` : ""}`;
}

/** `now`, `12 s ago`, `in 3 min`, `2 h ago`, `4 d ago`: one unit, rounded down. */
export function relativeText(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const size = Math.abs(seconds);
  if (size < 1) return "now";
  const [name, unit] = size < 60 ? ["s", 1] : size < 3600 ? ["min", 60] : size < 86_400 ? ["h", 3600] : ["d", 86_400];
  const said = `${Math.floor(size / Number(unit))} ${name}`;
  return seconds < 0 ? `${said} ago` : `in ${said}`;
}

export function secondsBetween(start: string | null | undefined, end: string | null | undefined, now: Date): number {
  if (!start) return 0;
  return ((end ? Date.parse(end) : now.getTime()) - Date.parse(start)) / 1000;
}

/** `1 234 567`, `12.3 k` stay out of here: numbers are shown whole, grouped; bytes by this. */
export function bytesText(bytes: number): string {
  const names = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let at = 0;
  while (value >= 999.5 && at < names.length - 1) {
    value /= 1000;
    at += 1;
  }
  return at === 0 ? `${Math.round(value)} B` : `${value < 9.995 ? value.toFixed(1) : Math.round(value)} ${names[at]}`;
}
