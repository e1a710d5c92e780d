// The runs of the next hour on a line of time, and as a list.
import { Link } from "@tanstack/react-router";
import type { NextLine } from "~/api/schema";
import { When } from "~/components/When";
import { shortTime } from "~/time/format";
import { useNow } from "~/time/now";
import { useZone } from "~/time/zone";
import css from "./home.module.css";
import { hourMarks } from "./hour";

const SHOWN = 8;

export function NextHour({ lines }: { lines: NextLine[] }) {
  const now = useNow();
  const zone = useZone();
  return (
    <>
      <div className={css.hour} aria-hidden>
        {hourMarks(lines, now).map((mark) => (
          <span
            key={mark.percent}
            className={css.mark}
            style={{ left: `${mark.percent}%`, height: 8 + Math.min(14, mark.count * 3) }}
            title={`${mark.names.slice(0, 5).join(", ")} at ${shortTime(mark.at, zone, now)}`}
          />
        ))}
        <span className={css.ends}>
          <span>now</span>
          <span>30 min</span>
          <span>1 h</span>
        </span>
      </div>
      <ul className={css.lines}>
        {lines.slice(0, SHOWN).map((line) => (
          <li key={`${line.dag_id} ${line.at}`} className={css.line}>
            <div className={css.words}>
              <Link to="/dags/$dagId" params={{ dagId: line.dag_id }} className={css.name}>
                {line.dag_id}
              </Link>
            </div>
            <div className={css.side}>
              <When at={line.at} relative />
            </div>
          </li>
        ))}
      </ul>
      {lines.length > SHOWN && <p className={css.none}>and {lines.length - SHOWN} more</p>}
    </>
  );
}
