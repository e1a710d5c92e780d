// An instant, in the zone the viewer chose; the whole of it, and how long ago, on hover.
import { Tooltip } from "@mantine/core";
import { fullTime, relativeText, shortTime } from "~/time/format";
import { useNow } from "~/time/now";
import { useZone } from "~/time/zone";

interface Props {
  /** ISO 8601, as the server says it. */
  at: string | null | undefined;
  /** "3 min ago" instead of the time of day; renewed each second. */
  relative?: boolean;
}

export function When({ at, relative = false }: Props) {
  const zone = useZone();
  const now = useNow(relative);
  const date = at ? new Date(at) : undefined;
  if (!date || Number.isNaN(date.getTime())) return <span className="quiet">–</span>;
  const [shown, told] = [relativeText(date, now), fullTime(date, zone)];
  return (
    <Tooltip label={relative ? told : `${told} · ${shown}`}>
      <time dateTime={at ?? undefined} className="numbers">
        {relative ? shown : shortTime(date, zone, now)}
      </time>
    </Tooltip>
  );
}
