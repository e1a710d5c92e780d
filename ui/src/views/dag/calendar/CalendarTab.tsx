// A year of days: how the runs of each went, and which are planned.
import { ActionIcon, Group, Loader } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react";
import { ErrorCard } from "~/components/ErrorCard";
import { stateColour, stateLook } from "~/theme/states";
import { dayOf } from "~/time/format";
import { useNow } from "~/time/now";
import { useZone } from "~/time/zone";
import page from "../dag.module.css";
import { calendarQuery } from "../queries";
import type { TabProps } from "../TabLinks";
import css from "./calendar.module.css";
import { DayRuns } from "./DayRuns";
import { dayAfter, sharesOf, weeksOf } from "./weeks";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

export default function CalendarTab({ dagId }: TabProps) {
  const zone = useZone();
  const today = dayOf(useNow(false), zone);
  const search = useSearch({ from: "/shell/dags/$dagId" });
  const navigate = useNavigate({ from: "/dags/$dagId" });
  const year = search.year ?? Number(today.slice(0, 4));
  const days = useQuery(calendarQuery(dagId, year, zone));
  const counts = useMemo(() => new Map(days.data?.map((one) => [one.day, one.counts])), [days.data]);
  const put = (part: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const day = search.day ?? (counts.has(today) ? today : undefined);
  const go = (by: number) => put({ year: year + by, day: undefined });
  if (days.error && !days.data) return <ErrorCard error={days.error} onRetry={() => days.refetch()} />;
  return (
    <>
      <div className={page.tools}>
        <Group gap={4}>
          <ActionIcon variant="default" size={28} aria-label="The year before" onClick={() => go(-1)}>
            <IconChevronLeft size={15} />
          </ActionIcon>
          <strong className="numbers">{year}</strong>
          <ActionIcon variant="default" size={28} aria-label="The year after" onClick={() => go(1)}>
            <IconChevronRight size={15} />
          </ActionIcon>
        </Group>
        {days.isFetching && <Loader size="xs" aria-label="Loading" />}
        <span className={page.grow} />
        <Legend />
      </div>
      <Year year={year} counts={counts} today={today} chosen={day} onChoose={(day) => put({ day })} />
      <Totals counts={counts} />
      {day && <DayRuns dagId={dagId} day={day} zone={zone} counts={counts.get(day)} />}
    </>
  );
}

interface YearProps {
  year: number;
  counts: Map<string, Record<string, number>>;
  today: string;
  chosen: string | undefined;
  onChoose: (day: string) => void;
}

function Year({ year, counts, today, chosen, onChoose }: YearProps) {
  const weeks = useMemo(() => weeksOf(year), [year]);
  const box = useRef<HTMLTableElement>(null);
  const entry = chosen?.startsWith(`${year}-`) ? chosen : today.startsWith(`${year}-`) ? today : `${year}-01-01`;
  const scroller = useRef<HTMLDivElement>(null);
  // On a phone the year is wider than the screen: what matters is in sight.
  useEffect(() => {
    const day = box.current?.querySelector<HTMLElement>(`[data-day="${entry}"]`)?.closest("td");
    if (scroller.current && day) scroller.current.scrollLeft = day.offsetLeft - scroller.current.clientWidth / 2;
  }, [entry]);
  const onKeyDown = (event: KeyboardEvent) => {
    const day = event.target instanceof HTMLElement ? event.target.dataset.day : undefined;
    const next = day && dayAfter(day, event.key);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    box.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus();
  };
  return (
    <div ref={scroller} className={css.scroller}>
      <table ref={box} className={css.year} aria-label={`Runs of ${year}`} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <td />
            {weeks.map((week, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: weeks have no other name
              <td key={at} className={css.month}>
                <span>{week.month}</span>
              </td>
            ))}
          </tr>
        </thead>
        <tbody>
          {WEEKDAYS.map((name, row) => (
            <tr key={name}>
              <th scope="row" className={css.weekday}>
                {row % 2 === 0 ? name : <span className={css.unseen}>{name}</span>}
              </th>
              {weeks.map((week, at) => {
                const day = week.days[row];
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: weeks have no other name
                  <td key={at}>
                    {day && (
                      <Day
                        day={day}
                        counts={counts.get(day)}
                        isToday={day === today}
                        isChosen={day === chosen}
                        isEntry={day === entry}
                        onChoose={onChoose}
                      />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DayProps {
  day: string;
  counts: Record<string, number> | undefined;
  isToday: boolean;
  isChosen: boolean;
  /** The one that Tab comes to; the arrows lead on. */
  isEntry: boolean;
  onChoose: (day: string) => void;
}

function Day({ day, counts, isToday, isChosen, isEntry, onChoose }: DayProps) {
  const shares = sharesOf(counts ?? {});
  const words = Object.entries(counts ?? {}).map(([state, count]) => `${count} ${nameOf(state)}`);
  const label = `${day}: ${words.join(", ") || "no run"}`;
  return (
    <button
      type="button"
      className={css.day}
      data-day={day}
      data-today={isToday || undefined}
      data-chosen={isChosen || undefined}
      data-planned={(shares.length > 0 && shares.every(({ state }) => state === "planned")) || undefined}
      data-failed={(counts?.failed ?? 0) > 0 || undefined}
      tabIndex={isEntry ? 0 : -1}
      aria-label={label}
      aria-pressed={isChosen}
      title={label}
      onClick={() => onChoose(day)}
    >
      {shares
        .filter(({ state }) => state !== "planned")
        .map(({ state, part }) => (
          <span key={state} style={{ flexGrow: part, background: stateColour(state) }} />
        ))}
    </button>
  );
}

const nameOf = (state: string): string => (state === "planned" ? "planned" : stateLook(state).label.toLowerCase());

function Legend() {
  return (
    <div className={css.legend}>
      <span>
        <i className={css.day} data-kind="success" /> all well
      </span>
      <span>
        <i className={css.day} data-failed data-kind="failed" /> a failure
      </span>
      <span>
        <i className={css.day} data-planned /> planned
      </span>
    </div>
  );
}

function Totals({ counts }: { counts: Map<string, Record<string, number>> }) {
  const sums: Record<string, number> = {};
  for (const day of counts.values())
    for (const [state, count] of Object.entries(day)) sums[state] = (sums[state] ?? 0) + count;
  const words = Object.entries(sums).map(([state, count]) => `${count} ${nameOf(state)}`);
  return <div className="quiet numbers">{words.join(" · ") || "No run in this year, and none planned."}</div>;
}
