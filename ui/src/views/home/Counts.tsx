// The day in figures; each leads to the list behind it.
import { Link } from "@tanstack/react-router";
import { StateBadge } from "~/components/StateBadge";
import css from "./home.module.css";

interface Props {
  counts: Record<string, number>;
  late: number;
  waiting: number;
}

export function Counts({ counts, late, waiting }: Props) {
  const number = (name: string) => counts[name] ?? 0;
  return (
    <div className={css.counts}>
      <Link to="/dags" search={{ show: "running" }} className={css.figure}>
        <Figure value={number("running")} label="running" state="running" />
      </Link>
      <Link to="/dags" search={{ show: "running" }} className={css.figure}>
        <Figure value={number("queued")} label="queued" state="queued" />
      </Link>
      <Link to="/dags" search={{ show: "failed" }} className={css.figure}>
        <Figure value={number("failed_24h")} label="failed in 24 h" state="failed" />
      </Link>
      <Link to="/dags" className={css.figure}>
        <Figure value={number("succeeded_24h")} label="succeeded in 24 h" state="success" />
      </Link>
      <Link to="/waiting" className={css.figure}>
        <Figure value={waiting} label="waiting for people" state="deferred" />
      </Link>
      <span className={css.figure}>
        <Figure value={late} label="late" state="up_for_retry" />
      </span>
    </div>
  );
}

function Figure({ value, label, state }: { value: number; label: string; state: string }) {
  return (
    <>
      <span className={css.value} data-zero={value === 0 || undefined}>
        {value > 0 && <StateBadge state={state} variant="icon" size={15} />}
        <span className="numbers">{value.toLocaleString("en")}</span>
      </span>
      <span className={css.label}>{label}</span>
    </>
  );
}
