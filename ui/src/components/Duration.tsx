// How long something took, or has been taking: it counts on while there is no end.
import { durationText, secondsBetween } from "~/time/format";
import { useNow } from "~/time/now";

interface Props {
  start?: string | null;
  end?: string | null;
  /** Instead of two instants. */
  seconds?: number | null;
}

export function Duration({ start, end, seconds }: Props) {
  const ticking = seconds == null && Boolean(start) && !end;
  const now = useNow(ticking);
  if (seconds == null && !start) return <span className="quiet">–</span>;
  return <span className="numbers">{durationText(seconds ?? secondsBetween(start, end, now))}</span>;
}
