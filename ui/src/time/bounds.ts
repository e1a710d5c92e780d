// Where a day begins and ends in a zone. Pure.

/** UTC instants of the first moment of the day and of the next day's; undefined where the day is none. */
export function dayBounds(day: string, zone: string): [start: string | undefined, end: string | undefined] {
  const noon = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(noon)) return [undefined, undefined];
  const next = new Date(noon + 86_400_000).toISOString().slice(0, 10);
  return [midnight(day, zone), midnight(next, zone)];
}

function midnight(day: string, zone: string): string {
  const asUtc = Date.parse(`${day}T00:00:00Z`);
  // The offset may differ between the guess and what it leads to, where clocks change that night: guess twice.
  const first = asUtc - offset(asUtc, zone);
  return new Date(asUtc - offset(first, zone)).toISOString();
}

/** Milliseconds that the zone is ahead of UTC at the instant. */
function offset(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(new Date(at));
  const p = Object.fromEntries(parts.map((part) => [part.type, Number(part.value)])) as Record<string, number>;
  const local = Date.UTC(p.year ?? 0, (p.month ?? 1) - 1, p.day, p.hour, p.minute, p.second);
  return local - Math.floor(at / 1000) * 1000;
}
