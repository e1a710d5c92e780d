// A DAG's last runs as small bars: colour and tooltip say the state, height how long each took against the others.
import { Link } from "@tanstack/react-router";
import type { RunBar } from "~/api/schema";
import { stateColour, stateLook } from "~/theme/states";
import { durationText, fullTime, secondsBetween } from "~/time/format";
import { useZone } from "~/time/zone";
import css from "./RunBars.module.css";

interface Props {
  dagId: string;
  /** The oldest first. */
  runs: RunBar[];
  /** Room for this many bars, so that those of several DAGs end at one edge. */
  slots?: number;
}

const LOWEST_PERCENT = 22;
const EMPTY = Array.from({ length: 50 }, (_, at) => `empty ${at}`);

export function RunBars({ dagId, runs, slots = 14 }: Props) {
  const zone = useZone();
  const now = new Date();
  const lengths = runs.map((run) => secondsBetween(run.started_at, run.ended_at, now));
  const longest = Math.max(...lengths, 0.001);
  return (
    <span className={css.bars}>
      {EMPTY.slice(0, Math.max(0, slots - runs.length)).map((key) => (
        <span key={key} className={css.slot} aria-hidden />
      ))}
      {runs.map((run, at) => {
        const seconds = lengths[at] ?? 0;
        const said = `${stateLook(run.state).label}, ${fullTime(new Date(run.run_after), zone)}, ${durationText(seconds)}`;
        // The root keeps long runs from flattening all others.
        const height = LOWEST_PERCENT + (100 - LOWEST_PERCENT) * Math.sqrt(seconds / longest);
        return (
          <Link
            key={run.run_id}
            to="/dags/$dagId/runs/$runId"
            params={{ dagId, runId: run.run_id }}
            preload={false}
            className={css.slot}
            title={said}
            aria-label={said}
          >
            <span
              className={css.bar}
              data-state={run.state}
              style={{ height: `${height}%`, background: stateColour(run.state) }}
            />
          </Link>
        );
      })}
    </span>
  );
}
