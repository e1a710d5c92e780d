// A year as weeks, Monday first, for drawing a calendar. Days are ISO dates; no zone is involved.

export interface Week {
  /** Monday to Sunday; undefined before the first and after the last day of the year. */
  days: (string | undefined)[];
  /** Short name of the month that begins in this week. */
  month: string | undefined;
}

const DAY = 86_400_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function weeksOf(year: number): Week[] {
  const first = Date.UTC(year, 0, 1);
  const end = Date.UTC(year + 1, 0, 1);
  const monday = first - weekday(first) * DAY;
  const weeks: Week[] = [];
  for (let start = monday; start < end; start += 7 * DAY) {
    const days = Array.from({ length: 7 }, (_, at) => start + at * DAY).map((day) =>
      day >= first && day < end ? iso(day) : undefined,
    );
    const begins = days.find((day) => day?.endsWith("-01"));
    weeks.push({ days, month: begins && MONTHS[Number(begins.slice(5, 7)) - 1] });
  }
  return weeks;
}

/** 0 is Monday. */
const weekday = (at: number): number => (new Date(at).getUTCDay() + 6) % 7;
const iso = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Parts of a day's square, from the bottom: what went well, what failed, what goes on, what is planned. */
export interface Share {
  state: string;
  part: number;
}

const ORDER = ["success", "running", "queued", "failed", "planned"];

export function sharesOf(all: Record<string, number>): Share[] {
  const { planned = 0, ...made } = all;
  // What is planned counts where nothing else is: today's runs are judged by those that there were.
  const counts = Object.values(made).some((count) => count > 0) ? made : { planned };
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return [];
  const rank = (state: string) => (ORDER.includes(state) ? ORDER.indexOf(state) : ORDER.length);
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([one], [other]) => rank(one) - rank(other))
    .map(([state, count]) => ({ state, part: count / total }));
}

/** The day that an arrow key leads to, within the year. */
export function dayAfter(day: string, key: string): string | undefined {
  const step = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -7, ArrowRight: 7 }[key];
  if (step === undefined) return undefined;
  const next = iso(Date.parse(`${day}T00:00:00Z`) + step * DAY);
  return next.slice(0, 4) === day.slice(0, 4) ? next : undefined;
}
